# genpdf: the whole build in one file (GNU make). `make help` lists the targets.
# Everything made stands in $(B)/; plain `make` never touches the network.
# gen/ROOM/x.c -> $(B)/obj/ROOM/x.o -> $(B)/libgenpdf.a; gen/main.c + the library -> $(B)/genpdf.
#   B=build/x-me     a build of one's own beside the others
#   SAN=address,undefined   the same build under the sanitizers (with B=build/asan)
#   ROOMS='base xml' with a B of one's own: the library of these rooms only, while another does not compile

B      ?= build
PREFIX ?= /usr/local
PYTHON ?= /usr/bin/python3
CFLAGS ?= -O2 -g

# --- what it is made of ----------------------------------------------------
# One line per wall: the room that owns the libraries gets their flags, no other room does.
XML_PC  := libxml-2.0 libxslt libexslt
TEXT_PC := harfbuzz harfbuzz-subset freetype2
OUT_PC  := libdeflate
PDFIN_PC := libqpdf                      # loaded when a PDF is read (gen/pdfin/door.c), not linked
PC      := $(XML_PC) $(TEXT_PC) $(OUT_PC)
NO_PC   := hpdf.h                        # libharu: Debian's package has no .pc file
NO_PC_LIBS := -lhpdf -lm

LIB_DEBS  := gcc libc6-dev pkg-config libxml2-dev libxslt1-dev libharfbuzz-dev \
             libfreetype-dev libhpdf-dev libdeflate-dev libqpdf-dev
TEST_DEBS := libcmocka-dev libxml2-utils poppler-utils mupdf-tools qpdf ghostscript python3 python3-fitz python3-pikepdf \
             python3-fonttools python3-freetype python3-numpy python3-pil unicode-data jing strace groff-base
FUZZ_DEBS := clang libclang-rt-14-dev
BENCH_DEBS := valgrind
RIVAL_DEBS := weasyprint fop libreoffice-writer-nogui texlive-xetex texlive-lang-chinese nodejs npm
RIVAL_NPM  := @myriaddreamin/typst-ts-node-compiler
READER_DEBS := nodejs npm               # pdf.js and PDFium, which tests/long/readers.py gets by npm
TOOLS     := pdftotext mutool qpdf gs xmllint jing $(PYTHON)
PYMODULES := fitz pikepdf fontTools freetype numpy PIL

pc = $(shell pkg-config $(1) $(2) 2>/dev/null)
XML_CFLAGS  := $(call pc,--cflags,$(XML_PC))
TEXT_CFLAGS := $(call pc,--cflags,$(TEXT_PC))
OUT_CFLAGS  := $(call pc,--cflags,$(OUT_PC))
QPDF_SO     := $(shell readlink -f "$(call pc,--variable=libdir,$(PDFIN_PC))/libqpdf.so" | sed 's,.*/,,; s/\(\.so\.[0-9]*\).*/\1/')
PDFIN_CFLAGS := $(call pc,--cflags,$(PDFIN_PC)) -DQPDF_SO='"$(QPDF_SO)"'
LIBS        := $(call pc,--libs,$(PC)) $(NO_PC_LIBS)

BASE_FLAGS := -std=c11 -D_GNU_SOURCE -Igen -Wall -Wextra -Werror
ifdef SAN
BASE_FLAGS += -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer \
              -Wno-format-truncation  # gcc 12 sees null formats in what the sanitizers add
LDFLAGS    += -fsanitize=$(SAN)
endif

SRC  := $(sort $(if $(ROOMS),$(foreach room,$(ROOMS),$(wildcard gen/$(room)/*.c)),$(wildcard gen/*.c gen/*/*.c)))
OBJ  := $(SRC:gen/%.c=$(B)/obj/%.o)
UNIT := $(patsubst tests/unit/%.c,$(B)/tests/%,$(sort $(wildcard tests/unit/*.c)))
# Programs that test cases drive.
PROG := $(patsubst tests/progs/%.c,$(B)/tests/progs/%,$(sort $(wildcard tests/progs/*.c)))

# --- build -----------------------------------------------------------------
.PHONY: all rivals unit replays fuzzers fuzz need-fuzz bench benchers need-bench need-readers rooms fonts testfonts deps debs need need-fonts demo release pictures test regen asan \
        test-long install install-fonts clean help FORCE
.DELETE_ON_ERROR:
all: $(B)/genpdf $(B)/libgenpdf.a

$(B)/genpdf: $(B)/obj/main.o $(B)/libgenpdf.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/libgenpdf.a: $(filter-out $(B)/obj/main.o,$(OBJ)) $(B)/sources
	rm -f $@ && ar rcsD $@ $(filter %.o,$^)

$(B)/obj/%.o: gen/%.c Makefile | $(B)/libs.ok
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(BASE_FLAGS) $(CFLAGS) $(WALL) -MMD -MP -c -o $@ $<

$(B)/obj/xml/%.o:  WALL = $(XML_CFLAGS)
$(B)/obj/text/%.o: WALL = $(TEXT_CFLAGS)
$(B)/obj/out/%.o:  WALL = $(OUT_CFLAGS)
$(B)/obj/pdfin/%.o: WALL = $(PDFIN_CFLAGS)

# A source that went away must leave the library too.
$(B)/sources: FORCE
	@mkdir -p $(@D); echo '$(SRC)' | cmp -s - $@ || echo '$(SRC)' >$@

unit: $(UNIT) $(PROG)
$(B)/tests/%: tests/unit/%.c $(B)/libgenpdf.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(BASE_FLAGS) -Itests $(CFLAGS) $(WALL) -MMD -MP -MF $@.d -MT $@ $(LDFLAGS) -o $@ $< \
	    $(B)/libgenpdf.a $(LIBS) -lcmocka

# They look at fonts with the libraries' own eyes.
$(B)/tests/test_font $(B)/tests/test_glyph: WALL = $(TEXT_CFLAGS)

$(B)/tests/progs/%: tests/progs/%.c $(B)/libgenpdf.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(BASE_FLAGS) -Itests $(CFLAGS) -MMD -MP -MF $@.d -MT $@ $(LDFLAGS) -o $@ $< \
	    $(B)/libgenpdf.a $(LIBS)

# Fuzz targets: the program that tries inputs (clang's libFuzzer), and for the tests one that replays given ones.
# (pointer-overflow: clang minds NULL + 0, which gcc and the next C do not.)
FUZZ       := $(patsubst tests/fuzz/fuzz_%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_PARTS := tests/fuzz/fuzz.c tests/fuzz/through.c
FUZZ_XML   := record layout rng
FUZZ_MAKE   = B=$(B)/fuzz CC=clang SAN=fuzzer-no-link,address,undefined \
              CFLAGS='-O1 -g -Wno-error -Wno-unknown-warning-option -fno-sanitize=pointer-overflow'
FUZZ_BUILD  = $(CC) $(CPPFLAGS) $(BASE_FLAGS) -Itests $(CFLAGS) -Wl,--wrap=_exit
fuzzers: $(FUZZ:%=$(B)/fuzz-%)
replays: $(FUZZ:%=$(B)/tests/fuzz/%)
$(FUZZ_XML:%=$(B)/fuzz-%): tests/fuzz/mutate_xml.c
$(B)/fuzz-%: tests/fuzz/fuzz_%.c $(FUZZ_PARTS) $(B)/libgenpdf.a
	$(FUZZ_BUILD) -fsanitize=fuzzer $(LDFLAGS) -o $@ $(filter %.c %.a,$^) $(LIBS)
$(B)/tests/fuzz/%: tests/fuzz/fuzz_%.c $(FUZZ_PARTS) tests/fuzz/replay.c $(B)/libgenpdf.a
	@mkdir -p $(@D)
	$(FUZZ_BUILD) $(LDFLAGS) -o $@ $(filter %.c %.a,$^) $(LIBS)
$(FUZZ:%=$(B)/fuzz-%) $(FUZZ:%=$(B)/tests/fuzz/%): tests/fuzz/fuzz.h tests/fuzz/through.h

# What genpdf is measured by: the floor, and genpdf with a clock (tests/bench).
FLOOR_PC := harfbuzz harfbuzz-subset libdeflate
benchers: $(B)/bench/floor $(B)/bench/genpdf-stages
$(B)/bench/floor: tests/bench/floor.c
	@mkdir -p $(@D)
	$(CC) $(BASE_FLAGS) $(CFLAGS) $(call pc,--cflags,$(FLOOR_PC)) $(LDFLAGS) -o $@ $< $(call pc,--libs,$(FLOOR_PC))
$(B)/bench/genpdf-stages: tests/bench/stages.c gen/genpdf.c $(B)/obj/main.o $(B)/libgenpdf.a
	@mkdir -p $(@D)
	$(CC) $(BASE_FLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(filter %.o %.a,$^) $(LIBS)

-include $(OBJ:.o=.d) $(UNIT:=.d) $(PROG:=.d)

# --- what must be there ----------------------------------------------------
# Shell text that leaves the names of what is missing in $$missing.
find_missing_libs = missing=; \
	for c in $(CC) pkg-config; do command -v $$c >/dev/null || missing="$$missing $$c"; done; \
	for p in $(PC) $(PDFIN_PC); do pkg-config --exists $$p 2>/dev/null || missing="$$missing $$p"; done; \
	for h in $(NO_PC); do printf '\043include <%s>\n' $$h | $(CC) -E -x c - >/dev/null 2>&1 || \
	    missing="$$missing $$h"; done
find_missing_tools = \
	for c in $(TOOLS); do command -v $$c >/dev/null || missing="$$missing $$c"; done; \
	pkg-config --exists cmocka 2>/dev/null || missing="$$missing cmocka"; \
	for m in $(PYMODULES); do $(PYTHON) -c "import importlib.util as u,sys; \
	sys.exit(u.find_spec('$$m') is None)" 2>/dev/null || missing="$$missing python3:$$m"; done

$(B)/libs.ok: Makefile
	@mkdir -p $(@D); $(find_missing_libs); if [ -n "$$missing" ]; then \
	    echo "genpdf: missing:$$missing" >&2; \
	    echo "genpdf: run 'make deps' (Debian packages: $(LIB_DEBS))" >&2; exit 1; fi; touch $@

deps: debs fonts

INSTALL_DEBS = apt-get install -q -y --no-install-recommends $(LIB_DEBS) $(TEST_DEBS) $(MORE_DEBS)
debs:
	@if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as='sudo -n'; else \
	    $(find_missing_libs); $(find_missing_tools); \
	    [ -n "$$missing" ] || { echo 'libraries and tools are all here'; exit 0; }; \
	    echo "genpdf: missing:$$missing" >&2; echo 'genpdf: neither root nor sudo; run as root:' >&2; \
	    echo '  apt-get update && $(INSTALL_DEBS)' >&2; exit 1; fi; \
	$$as apt-get update -q && $$as env DEBIAN_FRONTEND=noninteractive $(INSTALL_DEBS)

fonts:
	@sh fonts/get.sh

# demo and test come here first: cheap when all is there, and only then no network.
need-fonts:
	@sh fonts/get.sh --check || $(MAKE) --no-print-directory fonts
need:
	@$(find_missing_libs); $(find_missing_tools); [ -z "$$missing" ] || \
	    { echo "missing:$$missing"; $(MAKE) --no-print-directory debs; }
	@$(MAKE) --no-print-directory need-fonts
need-fuzz:
	@echo 'int LLVMFuzzerTestOneInput(const char *p, unsigned long n) { return p && n > 9 ? 0 : 0; }' | \
	    clang -fsanitize=fuzzer,address,undefined -x c -o /dev/null - 2>/dev/null || \
	    $(MAKE) --no-print-directory debs MORE_DEBS='$(FUZZ_DEBS)'

need-bench:
	@command -v valgrind >/dev/null || $(MAKE) --no-print-directory debs MORE_DEBS='$(BENCH_DEBS)'

need-readers:
	@command -v node >/dev/null && command -v npm >/dev/null || $(MAKE) --no-print-directory debs MORE_DEBS='$(READER_DEBS)'

# --- run -------------------------------------------------------------------
# The sub-makes read the pkg-config answers anew, after `need` may have changed them.
demo:
	@$(find_missing_libs); [ -z "$$missing" ] || $(MAKE) --no-print-directory debs
	@$(MAKE) --no-print-directory need-fonts
	@$(MAKE) --no-print-directory all
	@sh examples/demo.sh $(B)

# Every record in the layout of its kind, and the checksums: the same bytes on every machine with the same fonts and libraries.
DIST = $(B)/dist
release: all
	@sh fonts/get.sh --check || $(MAKE) --no-print-directory fonts
	@rm -rf $(DIST) && mkdir -p $(DIST)
	$(B)/genpdf records/*.xml -o $(DIST)/
	@cd $(DIST) && LC_ALL=C sha256sum *.pdf >SHA256SUMS && cat SHA256SUMS

# The pictures that the README shows, anew from what the demo renders.
pictures: demo
	@for p in examples/*.png examples/tables/*.png; do cp $(B)/demo/$${p##*/} $$p && ls -l $$p || exit; done

rooms:
	@sh tests/rooms.sh

testfonts: $(B)/testfonts/fonts.xml
$(B)/testfonts/fonts.xml: tests/fonts/make.py
	$(PYTHON) tests/fonts/make.py $(B)/testfonts

test:
	@$(MAKE) --no-print-directory need
	@$(MAKE) --no-print-directory all rooms testfonts unit replays
	@B=$(B) PYTHON=$(PYTHON) sh tests/run.sh

# Golden dumps anew: each difference is shown first.  CASE=NAME: that case only.
regen: all testfonts
	@B=$(B) GENPDF=$(abspath $(B))/genpdf $(PYTHON) tests/cases/golden.py regen $(CASE)

# The same suite under the sanitizers, in a build of its own. A finding ends a program with status 120.
ASAN_ENV = ASAN_OPTIONS=exitcode=120:detect_stack_use_after_return=1 \
           UBSAN_OPTIONS=exitcode=120:print_stacktrace=1 \
           LSAN_OPTIONS=exitcode=120:print_suppressions=0:suppressions=$(abspath tests/fuzz/leaks.supp)
asan:
	@$(MAKE) --no-print-directory need
	@$(MAKE) --no-print-directory B=$(B)/asan SAN=address,undefined all testfonts unit replays
	@ln -sfn ../fonts $(B)/asan/fonts
	@$(ASAN_ENV) SAN=address,undefined B=$(B)/asan PYTHON=$(PYTHON) TEST_TIMEOUT=3600 sh tests/run.sh

# libFuzzer over tests/fuzz/fuzz_*.c, each for TIME seconds; ONLY='record wrap': these only.
TIME ?= 60
fuzz: need-fuzz
	@$(MAKE) --no-print-directory $(FUZZ_MAKE) testfonts fuzzers
	@$(PYTHON) tests/fuzz/make.py $(B)/fuzz/seeds
	@B=$(B)/fuzz sh tests/fuzz/run.sh $(TIME) $(ONLY)

# Instructions, time and memory against the floor (tests/bench/README.md); PAGES='12 500': these documents only.
bench: need-bench
	@$(MAKE) --no-print-directory need
	@$(MAKE) --no-print-directory all benchers
	@$(PYTHON) tests/bench/bench.py $(B)/bench $(abspath $(B))/genpdf $(PAGES)
	@$(PYTHON) tests/bench/tables.py $(abspath $(B))/genpdf

# The same text and table by other engines (tests/rivals/README.md). 500 MB are installed for it; nothing else needs them.
rivals: need all
	@for c in weasyprint fop soffice xelatex npm; do command -v $$c >/dev/null || missing="$$missing $$c"; done; \
	    [ -z "$$missing" ] || $(MAKE) --no-print-directory debs MORE_DEBS='$(RIVAL_DEBS)' || true
	@mkdir -p $(B)/rivals && cd $(B)/rivals && { [ -d node_modules/$(RIVAL_NPM) ] || npm install --no-fund --no-audit --prefix . $(RIVAL_NPM); } || true
	@$(PYTHON) -B tests/rivals/rivals.py $(abspath $(B))/genpdf $(B)/rivals/out

test-long: need-fuzz need-bench need-readers
	@$(MAKE) --no-print-directory need
	@$(MAKE) --no-print-directory all testfonts $(B)/bench/floor
	@B=$(B) PYTHON=$(PYTHON) TEST_TIMEOUT=3600 sh tests/run.sh long

# --- install ---------------------------------------------------------------
# bin/genpdf finds share/genpdf beside it, as $(B)/genpdf finds the checkout.
SHARE = $(DESTDIR)$(PREFIX)/share
install: all
	install -D $(B)/genpdf $(DESTDIR)$(PREFIX)/bin/genpdf
	install -D -m 644 genpdf.1 $(SHARE)/man/man1/genpdf.1
	install -D -m 644 fonts/fonts.xml $(SHARE)/genpdf/fonts/fonts.xml
	mkdir -p $(SHARE)/genpdf/records && cp -R records/schema records/new $(SHARE)/genpdf/records/
	cp -R layouts $(SHARE)/genpdf/
# The free fonts and their licences, for a machine without Debian's font packages (200 MB).
install-fonts:
	cd $(B)/fonts && find . -type f -exec install -D -m 644 {} $(abspath $(SHARE))/genpdf/fonts/{} \;

clean:
	rm -rf $(filter-out $(B)/fonts,$(wildcard $(B)/*))

help:
	@echo 'make              build/genpdf and build/libgenpdf.a (no network)'
	@echo 'make deps         Debian packages (root or sudo -n) and the fonts'
	@echo 'make fonts        the free fonts into build/fonts, out of Debian packages (no root needed)'
	@echo 'make demo         every records/*.xml to build/demo/*.pdf and *.png; gets what is missing first'
	@echo 'make release      every records/*.xml to build/dist/*.pdf, with SHA256SUMS'
	@echo 'make pictures     the pictures of examples/ anew from the demo'
	@echo 'make test         all tests; gets what is missing first.  ONLY=WORD: cases of that name'
	@echo 'make test-long    the slow ones (tests/long)'
	@echo 'make asan         the tests of make test, built with the address, leak and undefined-behaviour sanitizers'
	@echo 'make bench        instructions, time and memory against a floor (PAGES="12 500")'
	@echo 'make rivals       the same text and table by WeasyPrint, LibreOffice, XeLaTeX, FOP, Typst (installs 500 MB)'
	@echo 'make fuzz         the fuzz targets of tests/fuzz, a minute each (TIME=seconds; ONLY="record wrap")'
	@echo 'make regen        golden dumps anew, each difference shown first (CASE=NAME: one case)'
	@echo 'make rooms        the include law of the rooms'
	@echo 'make install      PREFIX=/usr/local DESTDIR=   (install-fonts: the fonts too)'
	@echo 'make clean        everything in build/ but the fonts'
