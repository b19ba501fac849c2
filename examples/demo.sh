#!/bin/sh
# demo.sh BUILD: every record of records/ in every layout of its kind, as BUILD/demo/*.pdf, and their pages as *.png.
# A layout is of a kind when its folder's name is KIND or KIND-x: RECORD.pdf and RECORD-x.pdf.
# And every record of examples/tables/ in the layout beside it that has its name: table-RECORD.pdf.
# Takes: BUILD/genpdf; pdftoppm for the pictures, which are left out without it.
cd "$(dirname "$0")/.." || exit 3
B=${1:-build}
out=$B/demo

render() { # RECORD LAYOUT NAME [SHOWN]
	"$B/genpdf" "$1" -l "$2" -o "$out/$3.pdf" || exit
	made=$out/$3.pdf
	if command -v pdftoppm >/dev/null; then
		pdftoppm -r 60 -gray -png "$out/$3.pdf" "$out/$3" || exit
		made="$made $(ls "$out" | grep -c "^$3-[0-9]*\.png$") PNG"
	fi
	echo "$1 + ${4:-layouts/$2} -> $made"
}

mkdir -p "$out" && rm -f "$out"/*.pdf "$out"/*.png || exit 3
for record in records/*.xml; do
	[ -f "$record" ] || { echo 'demo: no records/*.xml' >&2; exit 1; }
	kind=$(sed -n 's/.*<record[^>]* kind="\([^"]*\)".*/\1/p' "$record" | head -n 1)
	for layout in layouts/"$kind" layouts/"$kind"-*; do
		[ -f "$layout/layout.xml" ] || continue
		name=${layout#layouts/}
		render "$record" "$name" "$(basename "$record" .xml)${name#"$kind"}"
	done
done
for record in examples/tables/*.xml; do
	layout=${record%.xml}
	render "$record" "$layout/" "table-${layout##*/}" "$layout"
done
