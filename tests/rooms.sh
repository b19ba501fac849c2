#!/bin/sh
# rooms.sh [TREE]: the law of the rooms, read from every #include in TREE/gen. Prints FILE:LINE: fault for each
# breach; status 1 when there is one. The table below is the whole law; a new room is a new line.
cd "${1:-$(dirname "$0")/..}" || exit 3
find gen -type f \( -name '*.c' -o -name '*.h' -o -name '*.def' \) | LC_ALL=C sort | LC_ALL=C awk '
BEGIN {
	# room: what it may include beside itself. All of base/ is open; of another room ROOM/ROOM.h only.
	may["base"]   = ""
	may["xml"]    = "base"
	may["record"] = "base xml"
	may["block"]  = "base"
	may["layout"] = "base xml record block"
	may["text"]   = "base block"
	may["list"]   = "base block text"
	may["flow"]   = "base block text list image"
	may["out"]    = "base text list image"
	may["import"] = "base xml"
	may["image"]  = "base"
	may["pdfin"]  = "base"
	may["job"]    = "base genpdf"
	# walls: headers of a foreign library -> the one room that knows it.
	wall["^libxml/|^libxslt/|^libexslt/"] = "xml"
	wall["^hb(-.*)?\\.h$|^ft2build\\.h$|^freetype/|^freetype2/"] = "text"
	wall["^hpdf.*\\.h$|^libdeflate\\.h$"] = "out"
	wall["^png\\.h$|^jpeglib\\.h$|^turbojpeg\\.h$"] = "image"
	wall["^qpdf/"] = "pdfin"
	# libc, and what comes with the compiler.
	libc = "^(assert|ctype|dirent|dlfcn|errno|fcntl|float|ftw|getopt|iconv|inttypes|limits|locale|math|poll|pthread|signal" \
	       "|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|strings|time" \
	       "|unistd|wchar|sys/[a-z]+|sanitizer/[a-z_]+|immintrin|arm_neon)\\.h$"
	max_file = 800
	max_function = 80
}
function fault(line, text) { printf "%s:%d: %s\n", path, line, text; breaches++ }
function word_in(word, list) { return index(" " list " ", " " word " ") > 0 }

# The room of a path below gen/: a folder, "main" for the command, "genpdf" for the conductor (verify.c: of PDFs read back).
function room_of(p) {
	if (p ~ /\//) { sub(/\/.*/, "", p); return p }
	return p ~ /^main\.c$/ ? "main" : p ~ /^(genpdf\.[ch]|verify\.c)$/ ? "genpdf" : ""
}
function foreign(line, name,    w) {
	if (name ~ libc) return
	for (w in wall) if (name ~ w) {
		if (wall[w] != room) fault(line, "<" name "> belongs to the wall of " wall[w] "/")
		else if (name ~ /^hpdf/) {
			if (hpdf != "" && hpdf != path) fault(line, "libharu is included in " hpdf " already: one file only")
			hpdf = path
		}
		return
	}
	fault(line, "<" name "> is no header of libc or of a known wall")
}
function own(line, name,    to) {
	if (name ~ /^\.|\/\.\.?\//) { fault(line, "\"" name "\": write ROOM/FILE.h, not a relative path"); return }
	to = room_of(name)
	if (name !~ /\// && to != "genpdf") { fault(line, "\"" name "\": write ROOM/FILE.h"); return }
	if (name ~ /\// && !(to in may)) { fault(line, "\"" name "\": no room of that name"); return }
	if (to == room) return
	if (room == "main") {
		if (name != "genpdf.h") fault(line, "main.c includes genpdf.h only, not \"" name "\"")
		return
	}
	if (room != "genpdf" && !word_in(to, may[room])) { fault(line, room "/ may not include " to "/ (\"" name "\")"); return }
	if (room == "genpdf" && path ~ /\.h$/ && to != "base") { fault(line, "the public door shows no room (\"" name "\")"); return }
	if (to != "base" && to != "genpdf" && name != to "/" to ".h")
		fault(line, "\"" name "\" is inside " to "/: its door is " to "/" to ".h")
}
# A header opens with #ifndef X, #define X before anything else but comments, and no two share an X.
function guard(line, text,    part) {
	if (guarded == 2 || path !~ /\.h$/) return
	split(text, part, /[ \t]+/)
	if (guarded == 0 && part[1] == "#ifndef") { name_of_guard = part[2]; guarded = 1 }
	else if (guarded == 1 && part[1] == "#define" && part[2] == name_of_guard) {
		guarded = 2
		if (name_of_guard in guards) fault(line, "guard " name_of_guard " is taken by " guards[name_of_guard])
		guards[name_of_guard] = path
	} else guarded = 3
}
# Length of functions: from the line of the name at the margin to the closing brace at the margin.
function measure(line, text) {
	if (!opened && text ~ /^[A-Za-z_][^=;]*\(/) opened = line
	if (!opened) return
	if (text ~ /\{[ \t]*$/) body = 1
	else if (!body && text ~ /;[ \t]*$/) opened = 0
	if (text !~ /^\}/) return
	if (line - opened + 1 > max_function) fault(opened, "function of " line - opened + 1 " lines, at most " max_function)
	opened = body = 0
}
function check(    line, text, name, directives) {
	room = room_of(substr(path, 5))
	if (room == "") fault(1, "files directly in gen/ are main.c, genpdf.c, verify.c and genpdf.h")
	else if (room != "main" && room != "genpdf" && !(room in may)) fault(1, "gen/" room "/ is no room of the house")
	guarded = opened = body = 0
	while ((getline text < path) > 0) {
		line++
		if (text ~ /^[ \t]*#/) {
			sub(/^[ \t]*#[ \t]*/, "#", text)
			if (!directives++ || guarded == 1) guard(line, text)
			if (text ~ /^#include/) {
				name = text
				sub(/^#include[ \t]*/, "", name)
				if (name ~ /^</) { sub(/^</, "", name); sub(/>.*/, "", name); foreign(line, name) }
				else if (name ~ /^"/) { sub(/^"/, "", name); sub(/".*/, "", name); own(line, name) }
				else if (name ~ /^FT_/) { if (room != "text") fault(line, name " belongs to the wall of text/") }
				else fault(line, "#include " name ": write the name itself")
			}
		}
		if (path ~ /\.c$/) measure(line, text)
	}
	close(path)
	if (path ~ /\.h$/ && guarded != 2) fault(1, "header without a guard")
	if (line > max_file) fault(line, line " lines, at most " max_file)
}
{ path = $0; files++; check() }
END {
	if (!files) { print "gen: no sources"; exit 1 }
	if (breaches) { printf "rooms: %d breaches\n", breaches; exit 1 }
	printf "rooms: %d files, no breach\n", files
}'
