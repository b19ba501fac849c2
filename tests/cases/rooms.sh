#!/bin/sh
# The include law (tests/rooms.sh) on small made-up trees: it lets a lawful one pass and names every kind
# of breach with its file and line.
law=$PWD/tests/rooms.sh
n=0

# put PATH LINE...: a file of the tree; headers get a guard around the lines (so line 1 is line 3).
put() {
	f=$1
	shift
	mkdir -p "$(dirname "$f")"
	case $f in
	*.h)
		g=$(echo "$f" | tr 'a-z/.' 'A-Z__')
		printf '%s\n' "#ifndef $g" "#define $g" "$@" "#endif" >"$f"
		;;
	*) printf '%s\n' "$@" >"$f" ;;
	esac
}
lawful() {
	n=$((n + 1))
	cd "$TMPDIR" && mkdir "t$n" && cd "t$n" || exit 3
	put gen/base/str.h '#include <stddef.h>'
	put gen/base/word.def 'WORD(a)'
	put gen/base/str.c '#include "base/str.h"' '#include "base/word.def"' '#include <sys/stat.h>'
	put gen/xml/xml.h '#include "base/str.h"'
	put gen/xml/xml_in.h
	put gen/xml/xml.c '#include "xml/xml.h"' '#include "xml/xml_in.h"' '#include <libxml/tree.h>' \
		'#include <libxslt/xslt.h>' '#include <libexslt/exslt.h>'
	put gen/record/record.h '#include "xml/xml.h"'
	put gen/block/block.h '#include "base/str.h"'
	put gen/layout/bind.c '#include "record/record.h"' '#include "block/block.h"'
	put gen/text/text.h '#include "block/block.h"'
	put gen/text/font.c '#include "text/text.h"' '#include <hb.h>' '#include <hb-subset.h>' '#include <ft2build.h>' \
		'#include FT_FREETYPE_H'
	put gen/list/list.h '#include "text/text.h"'
	put gen/flow/flow.h '#include "list/list.h"' '#include "text/text.h"' '#include "block/block.h"' '#include "image/image.h"'
	put gen/image/image.h '#include "base/str.h"'
	put gen/image/image.c '#include <png.h>'
	put gen/out/out.h '#include "list/list.h"' '#include "text/text.h"'
	put gen/out/out_pdf.c '#include "out/out.h"' '#include <hpdf.h>' '#include <hpdf_utils.h>' '#include <libdeflate.h>'
	put gen/import/import.h '#include "xml/xml.h"'
	put gen/genpdf.h '#include <stddef.h>'
	put gen/genpdf.c '#include "genpdf.h"' '#include "flow/flow.h"' '#include "out/out.h"' '#include "import/import.h"'
	put gen/main.c '#include "genpdf.h"' '#include <stdio.h>'
}
# breach NAME FILE:LINE WORDS: the tree as it stands must fail with exactly this one breach.
breach() {
	if sh "$law" . >said; then
		echo "not ok $1: passed"
	elif [ "$(grep -c '^gen/' said)" = 1 ] && grep -q "^$2: .*$3" said; then
		echo "ok $1"
	else
		echo "not ok $1: wanted $2: $3, said:"
		cat said
	fi
	lawful
}
lines() { awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) print "\tx();" }'; }

lawful
if sh "$law" . >said; then echo 'ok a lawful tree passes'; else echo 'not ok a lawful tree passes'; cat said; fi

put gen/block/x.c '' '#include "text/text.h"'
breach 'left never includes right' gen/block/x.c:2 'block/ may not include text/'
put gen/xml/x.c '#include "record/record.h"'
breach 'xml knows no record' gen/xml/x.c:1 'xml/ may not include record/'
put gen/base/x.c '#include "xml/xml.h"'
breach 'base knows nobody' gen/base/x.c:1 'base/ may not include xml/'
put gen/out/x.c '#include "out/out.h"' '#include "block/block.h"'
breach 'out never sees block' gen/out/x.c:2 'out/ may not include block/'
put gen/flow/x.c '#include "layout/layout.h"'
breach 'flow never sees layout' gen/flow/x.c:1 'flow/ may not include layout/'
put gen/import/x.c '#include "layout/layout.h"'
breach 'import knows no layout' gen/import/x.c:1 'import/ may not include layout/'
put gen/list/x.c '#include "image/image.h"'
breach 'only flow and out see image' gen/list/x.c:1 'list/ may not include image/'
put gen/text/x.c '#include "genpdf.h"'
breach 'no room includes the conductor' gen/text/x.c:1 'text/ may not include genpdf/'
put gen/record/x.c '#include "xml/xml_in.h"'
breach 'a room is entered by its door' gen/record/x.c:1 'its door is xml/xml.h'
put gen/genpdf.c '#include "genpdf.h"' '#include "xml/xml_in.h"'
breach 'so does the conductor' gen/genpdf.c:2 'its door is xml/xml.h'
put gen/genpdf.h '#include "list/list.h"'
breach 'the public door shows no room' gen/genpdf.h:3 'shows no room'
put gen/main.c '#include "genpdf.h"' '#include "base/str.h"'
breach 'main.c knows the public door only' gen/main.c:2 'genpdf.h only'
put gen/record/x.c '#  include <libxml/tree.h>'
breach 'wall of xml' gen/record/x.c:1 'wall of xml/'
put gen/layout/x.c '#include <libexslt/exslt.h>'
breach 'wall of xml for libexslt' gen/layout/x.c:1 'wall of xml/'
put gen/out/x.c '#include <hb-ot.h>'
breach 'wall of text for HarfBuzz' gen/out/x.c:1 'wall of text/'
put gen/flow/x.c '#include <ft2build.h>'
breach 'wall of text for FreeType' gen/flow/x.c:1 'wall of text/'
put gen/flow/x.c '#include FT_OUTLINE_H'
breach 'wall of text for FreeType macros' gen/flow/x.c:1 'wall of text/'
put gen/flow/x.c '#include <hpdf.h>'
breach 'wall of out' gen/flow/x.c:1 'wall of out/'
put gen/text/x.c '#include <libdeflate.h>'
breach 'libdeflate in out only' gen/text/x.c:1 'wall of out/'
put gen/out/z.c '#include <hpdf.h>'
breach 'libharu in one file only' gen/out/z.c:1 'gen/out/out_pdf.c already'
put gen/main.c '#include "genpdf.h"' '#include <libxml/tree.h>'
breach 'main.c knows no library' gen/main.c:2 'wall of xml/'
put gen/text/x.c '#include <cairo.h>'
breach 'no library without a wall' gen/text/x.c:1 'known wall'
put gen/text/x.c '#include "text.h"'
breach 'a name without its room' gen/text/x.c:1 'write ROOM/FILE.h'
put gen/text/x.c '#include "../text/text.h"'
breach 'a relative name' gen/text/x.c:1 'relative'
put gen/shed/x.c '#include <stdio.h>'
breach 'a room that is not in the house' gen/shed/x.c:1 'no room of the house'
put gen/helper.c '#include <stdio.h>'
breach 'a file between the rooms' gen/helper.c:1 'files directly in gen/'
printf '%s\n' '/* a */' '#include <stddef.h>' >gen/text/x.h
breach 'header without a guard' gen/text/x.h:1 'without a guard'
: >gen/text/x.h
breach 'empty header' gen/text/x.h:1 'without a guard'
printf '%s\n' '#ifndef GEN_LIST_LIST_H' '#define GEN_LIST_LIST_H' '#endif' >gen/text/x.h
breach 'two headers with one guard' gen/text/x.h:2 'is taken by gen/list/list.h'
{ echo 'int x;'; lines 800; } >gen/text/x.c
breach 'file of 801 lines' gen/text/x.c:801 '801 lines'
{ echo 'void y(void);'; echo; echo 'static int'; echo 'x(int a,'; echo '  int b)'; echo '{'; lines 77; echo '}'; } >gen/text/x.c
breach 'function of 81 lines' gen/text/x.c:4 'function of 81 lines'

{ lines 800; } >gen/text/x.c
{ echo 'void y(int a,'; echo '  int b);'; echo 'static int x(void) {'; lines 78; echo '}'; echo 'int z(void) {'; lines 70; echo '}'; } >gen/text/y.c
if sh "$law" . >said; then echo 'ok 800 lines and 80 lines pass'; else echo 'not ok 800 lines and 80 lines pass'; cat said; fi
cd "$TMPDIR" && mkdir none && cd none && mkdir gen
if sh "$law" . >said; then echo 'not ok a tree without sources fails'; else echo 'ok a tree without sources fails'; fi
