#!/bin/sh
# The contract of records: every example is valid, every broken copy is refused, and drafts say what records say.
# Takes: records/, tests/import/drafts.py; xmllint and PYTHON.  Gives: ok / not ok / skip lines.
root=$(cd "$(dirname "$0")/../.." && pwd) && cd "$root" || exit 3
py=${PYTHON:-/usr/bin/python3}
schema=records/schema
long=records/monthly-plan-2031-05.xml
short=records/monthly-plan-2031-06.xml
drafts=tests/import/drafts.py
command -v xmllint >/dev/null || { echo "not ok records xmllint is not installed (Debian: libxml2-utils)"; exit 1; }
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT

valid() { xmllint --nonet --noout --relaxng "$1" "$2" >"$tmp/why" 2>&1; }
kind_of() { xmllint --nonet --xpath 'string(/record/@kind)' "$1"; }
say() { if [ "$1" = 0 ]; then echo "ok $2"; else echo "not ok $2 $3"; fi; }

for r in records/*.xml; do
	valid "$schema/$(kind_of "$r").rng" "$r"
	say $? "records-valid-$(basename "$r" .xml)" "$(head -n 1 "$tmp/why")"
done

# edit SED-SCRIPT RECORD: a changed copy in $tmp/copy.xml; false when nothing changed.
edit() { sed -E "$1" "$2" >"$tmp/copy.xml" && ! cmp -s "$2" "$tmp/copy.xml"; }

# refuse NAME SED-SCRIPT [RECORD]: the copy must still be XML and must be refused.
refuse() {
	if ! edit "$2" "${3:-$long}"; then echo "not ok records-refuse-$1 the edit changes nothing"
	elif ! xmllint --nonet --noout "$tmp/copy.xml" 2>/dev/null; then echo "not ok records-refuse-$1 the copy is not XML"
	elif valid "$schema/monthly-plan.rng" "$tmp/copy.xml"; then echo "not ok records-refuse-$1 accepted"
	elif ! grep -q 'fails to validate' "$tmp/why"; then echo "not ok records-refuse-$1 $(head -n 1 "$tmp/why")"
	else echo "ok records-refuse-$1"; fi
}
# accept NAME SED-SCRIPT [RECORD]
accept() {
	if ! edit "$2" "${3:-$long}"; then echo "not ok records-accept-$1 the edit changes nothing"; return; fi
	valid "$schema/monthly-plan.rng" "$tmp/copy.xml"
	say $? "records-accept-$1" "$(head -n 1 "$tmp/why")"
}

refuse unknown-element      's,<(/?)heading>,<\1headline>,g'
refuse unknown-inline       's,<(/?)document-ref>,<\1bold>,g'
refuse unknown-attribute    's,<p>,<p indent="2">,'
refuse namespace            's,<record ,<record xmlns="urn:x" ,'
refuse wrong-kind           's,kind="monthly-plan",kind="plan",'
refuse no-kind              's, kind="monthly-plan",,'
refuse wrong-version        's,version="1",version="2",'
refuse wrong-lang           's,zh-Hans,zh-CN,'
refuse bad-year             's,year="2031",year="31",'
refuse no-title             '/<title>/d'
refuse two-titles           's,<title>.*,&<title>x</title>,'
refuse title-after-body     '/<title>/d; s,</body>,</body><title>x</title>,'
refuse title-text-and-line  's,<title>,&<line>x</line>,'
refuse no-body              '/<body>/,/<\/body>/d'
refuse body-without-part    '/<section/,/<\/section>/d'
refuse item-in-body         's,<body>,<body><item number="1."><p>x</p></item>,'
refuse section-no-number    's,<section number="一、">,<section>,'
refuse section-no-heading   '/<heading>/d'
refuse section-text         's,<heading>,x<heading>,'
refuse three-levels         's,<section number="（,<section number="零、"><heading>x</heading>&,; s,^ {6}</section>,&</section>,' "$short"
refuse items-and-groups     's,<section number="（二）">,<item number="9."><p>x</p></item>&,' "$short"
refuse item-no-number       's,<item number="3.">,<item>,'
refuse item-empty-number    's,<item number="3.">,<item number="">,'
refuse item-blank-number    's,<item number="3.">,<item number=" ">,'
refuse number-two-spaces    's,number="18\. ",number="18.  ",'
refuse number-space-before  's,number="18\. ",number=" 18.",'
refuse item-no-text         's,<p>审核[^<]*</p>,,'
refuse item-bare-text       's,<p>(审核[^<]*)</p>,\1,'
refuse p-after-responsible  's,(<responsible .*社会救助科.*),\1<p>x</p>,'
refuse role-unknown         's,role="cooperating",role="helping",'
refuse role-missing         's, role="cooperating",,'
refuse label-blank          's,label="负责科室：",label="",'
refuse responsible-no-unit  's,<unit>局办公室</unit>,局办公室,'
refuse unit-in-unit         's,<unit>局办公室</unit>,<unit><unit>局</unit></unit>,'
refuse date-not-a-day       's,when="2031-05-29",when="2031-02-30",'
refuse date-not-a-month     's,when="2031-06",when="2031-13",'
refuse date-chinese         's,when="2031-05-29",when="2031年5月29日",'
refuse date-zone            's,when="2031-05-29",when="2031-05-29Z",'
refuse date-no-value        's,<date when="2031-05-29">,<date>,'
refuse metadata-date-type   's,type="published",type="sent",'
refuse metadata-text        's,<category value="工作计划"/>,<category>工作计划</category>,'
refuse metadata-no-value    's,<category value="工作计划"/>,<category/>,'
refuse metadata-label       's,<category value="工作计划"/>,<category label="类别" value="工作计划"/>,'
refuse empty-head           '/<head>/,/<\/head>/c\<head/>'
refuse head-after-title     's,<title>.*,&<head><issuing-authority>x</issuing-authority></head>,; /^  <head>/,/<\/head>/d'
refuse empty-signature      '/<signature>/,/<\/signature>/c\<signature/>'
refuse date-before-signer   's,<signature>,&<date when="2031"/>,'
refuse to-role              's,role="send",role="post",'
refuse to-no-label          's, label="发：",,'
refuse empty-distribution   '/<distribution>/,/<\/distribution>/c\<distribution/>'
refuse distribution-early   's,<signature>,<distribution><to role="file" label="存：">x</to></distribution>&,' "$short"
refuse sup-with-inline      's,<sup>2</sup>,<sup><em>2</em></sup>,'
refuse break-of-a-line      's,</heading>,<br/></heading>,'

accept no-metadata          '/<metadata>/,/<\/metadata>/d'
accept no-head              '/<head>/,/<\/head>/d'
accept no-signature         '/<signature>/,/<\/signature>/d'
accept no-distribution      '/<distribution>/,/<\/distribution>/d'
accept no-year              's, year="2031",,'
accept traditional          's,zh-Hans,zh-Hant-HK,'
accept title-lines          's,<title>.*,<title><line>甲</line><line>乙</line></title>,'
accept two-authorities      's,<issuing-authority>.*,&<issuing-authority>乙局</issuing-authority>,'
accept item-two-paragraphs  's,<p>审核,<p>甲。</p>&,'
accept item-nobody          's,<responsible .*各业务科室.*,,'
accept responsible-brackets 's,<responsible .*各业务科室.*,<responsible role="responsible">（<unit>甲科</unit>、<person>乙某</person>）</responsible>,'
accept empty-date           's,(<date when="2031-05-29")>[^<]*</date>,\1/>,'
accept signature-date-only  '/<signature>/,/<\/signature>/c\<signature><date when="2031-06"/></signature>'
accept attachments          's,<signature>,<attachments-note label="附件："><attachment-ref number="1.">甲表</attachment-ref><attachment-ref number="2.">乙表</attachment-ref></attachments-note>&,'
accept correction           's,审核行政,审<sic corr="核">合</sic>行政,'
accept slogan-break         's,<heading>[^<]*,&<br role="slogan"/>乙,'

# Drafts: the text equation holds for every variant, and the drafts kept in records/drafts are what the script makes.
squeezed() { "$py" -c 'import re,sys; print(re.sub(r"[\s\ufeff]+", "", open(sys.argv[1], encoding="utf-8").read()))' "$1"; }
for r in "$long" "$short"; do
	"$py" $drafts text "$r" >"$tmp/want"
	for v in $("$py" $drafts variants); do
		name=records-draft-$v-$(basename "$r" .xml)
		if ! "$py" $drafts make "$v" "$r" >"$tmp/draft" 2>"$tmp/why"; then echo "not ok $name $(tail -n 1 "$tmp/why")"; continue; fi
		squeezed "$tmp/draft" >"$tmp/got"
		cmp -s "$tmp/want" "$tmp/got"; say $? "$name" "its characters are not the record's"
	done
	"$py" $drafts same "$r" "$r" 2>/dev/null; say $? "records-same-$(basename "$r" .xml)" "a record differs from itself"
done
differ() {
	if ! edit "$2" "$long"; then echo "not ok records-differ-$1 the edit changes nothing"
	elif "$py" $drafts same "$long" "$tmp/copy.xml" 2>/dev/null; then echo "not ok records-differ-$1 not seen"
	else echo "ok records-differ-$1"; fi
}
differ number  's,number="18\. ",number="18.",'
differ text    's,审核行政,审核  行政,'
differ unit    's,<unit>规划财务科</unit>、<unit>社会救助科</unit>,<unit>规划财务科、社会救助科</unit>,'
differ role    's,role="cooperating",role="lead",'
differ when    's,when="2031-05-29",when="2031-05-28",'

while read -r file variant record; do
	"$py" $drafts make "$variant" "records/$record" | cmp -s - "records/drafts/$file"
	say $? "records-kept-$file" "differs: $drafts make $variant records/$record > records/drafts/$file"
done <<-LIST
	monthly-plan-2031-05.txt wrapped monthly-plan-2031-05.xml
	monthly-plan-2031-05-paged.txt paged monthly-plan-2031-05.xml
	monthly-plan-2031-05-joined.txt joined monthly-plan-2031-05.xml
	monthly-plan-2031-05-word.txt word monthly-plan-2031-05.xml
	monthly-plan-2031-06.txt own-line monthly-plan-2031-06.xml
LIST
