#!/bin/sh
# Gets the free fonts that fonts.xml names into build/fonts/, out of Debian packages that are
# downloaded and unpacked, never installed: no root, no TeX, no dpkg state. Licence texts go to
# build/fonts/licences/.
#   get.sh            fetch what is missing; does nothing when all is there
#   get.sh --check    silent; status 1 when a file is missing
#   get.sh --verify   compare every file with the sha256 in fonts.xml; status 1 when one differs
# A file that differs from its sha256 is used with a warning: apt has checked the package's own
# signature, so this is Debian's newer version and no damage.
here=$(cd "$(dirname "$0")" && pwd) || exit 1
xml=$here/fonts.xml
dir=${FONTS_DIR:-$here/../build/fonts}
mkdir -p "$dir/licences" && dir=$(cd "$dir" && pwd) || exit 1

# Values of the attributes named, one line an element, tab between them, "-" for one that is absent.
elements() { # ELEMENT ATTRIBUTE...
	awk -v names="$*" '
		{ all = all $0 "\n" }
		END {
			n = split(names, name, " ")
			while ((a = index(all, "<!--")) > 0) {
				rest = substr(all, a + 4)
				all = substr(all, 1, a - 1) substr(rest, index(rest, "-->") + 3)
			}
			k = split(all, tag, "<")
			for (i = 1; i <= k; i++) {
				if (tag[i] !~ "^" name[1] "[ \t\n]") continue
				line = ""
				for (j = 2; j <= n; j++) {
					value = "-"
					if (match(tag[i], "[ \t\n]" name[j] "=\"[^\"]*\"")) {
						value = substr(tag[i], RSTART, RLENGTH)
						value = substr(value, index(value, "\"") + 1)
						value = substr(value, 1, length(value) - 1)
					}
					line = line (j > 2 ? "\t" : "") value
				}
				print line
			}
		}' "$xml"
}
tab=$(printf '\t')
wanted() { elements family source file sha256 | grep -v "^-$tab" | sort -u; }
missing() { wanted | while IFS=$tab read -r package file sum; do
	[ -s "$dir/$file" ] || printf '%s\t%s\t%s\n' "$package" "$file" "$sum"; done; }
same() { [ "$2" = - ] || [ "$(sha256sum <"$dir/$1" | cut -d' ' -f1)" = "$2" ]; }

case $1 in
--check)
	[ -z "$(missing)" ]
	exit ;;
--verify)
	bad=$(missing | cut -f2 | sed 's/$/: missing/'
	wanted | while IFS=$tab read -r package file sum; do
		[ ! -s "$dir/$file" ] || same "$file" "$sum" || echo "$file: differs from fonts.xml"; done)
	[ -z "$bad" ] || { echo "$bad"; exit 1; }
	echo "fonts: all $(wanted | wc -l) files as in fonts.xml"
	exit ;;
'') ;;
*)
	echo "usage: get.sh [--check|--verify]" >&2
	exit 2 ;;
esac

list=$(missing)
[ -n "$list" ] || { echo "fonts: complete in $dir"; exit 0; }
for tool in apt-get dpkg-deb sha256sum; do
	command -v $tool >/dev/null && continue
	echo "fonts: no $tool here. Put these files into $dir by hand:" >&2
	echo "$list" | awk -F'\t' '{ print "  " $2 " (Debian package " $1 ")" }' >&2
	exit 1
done
if [ "$(id -u)" = 0 ]; then as=; root=y; elif sudo -n true 2>/dev/null; then as='sudo -n'; root=y; else root=; fi
tmp=$(mktemp -d "$dir/.get.XXXXXX") || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' INT TERM

quiet() { "$@" >"$tmp/log" 2>&1; }
download() { (cd "$tmp" && quiet apt-get -q -o APT::Sandbox::User=root download "$1"); }
fetch() { # PACKAGE: unpacked into $tmp/x
	rm -rf "$tmp/x" "$tmp"/*.deb
	if ! download "$1"; then
		# No package lists, or old ones.
		[ -n "$root" ] && [ -z "$updated" ] && updated=y && quiet $as apt-get update -q && download "$1" || {
			tail -n 3 "$tmp/log" >&2
			echo "fonts: cannot download $1" >&2
			[ -n "$root" ] || echo "fonts: package lists may be missing or old; as root: apt-get update" >&2
			return 1
		}
	fi
	quiet dpkg-deb -x "$tmp"/*.deb "$tmp/x" || { cat "$tmp/log" >&2; return 1; }
}
take() { # FROM TO: whole or not at all
	cp "$1" "$tmp/part" && chmod 644 "$tmp/part" && mv "$tmp/part" "$2"
}
licence() { # PACKAGE: its copyright file, and what fonts.xml names beside it
	[ ! -f "$tmp/x/usr/share/doc/$1/copyright" ] ||
		take "$tmp/x/usr/share/doc/$1/copyright" "$dir/licences/$1.copyright"
	elements package name licence-text | while IFS=$tab read -r name text; do
		[ "$name" = "$1" ] || continue
		case $text in
		*.gz) gzip -dc "$tmp/x/$text" >"$tmp/text" && take "$tmp/text" "$dir/licences/$1.licence" ;;
		*) take "$tmp/x/$text" "$dir/licences/$1.licence" ;;
		esac
	done
}

status=0
for package in $(echo "$list" | cut -f1 | sort -u); do
	echo "fonts: $package"
	fetch "$package" || { status=1; continue; }
	licence "$package"
	echo "$list" | grep "^$package$tab" >"$tmp/files"
	while IFS=$tab read -r package file sum; do
		from=$(find "$tmp/x" -type f -name "$file" | sort | head -n 1)
		if [ -z "$from" ]; then
			echo "fonts: $package has no $file" >&2
			status=1
			continue
		fi
		take "$from" "$dir/$file" || { status=1; continue; }
		same "$file" "$sum" ||
			echo "fonts: warning: $file differs from the sha256 in fonts.xml (a newer $package?); pages may differ" >&2
	done <"$tmp/files"
done
[ $status = 0 ] && echo "fonts: complete in $dir"
exit $status
