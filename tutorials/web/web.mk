# The chapters for a browser: the same C, compiled to WebAssembly. tutorials/web/README.md.

WASM       := build/wasm
WASM_CC    := clang
WASM_STACK := 8388608   # bytes, as the first thread has elsewhere
WASM_BEGIN := 134217728 # bytes of memory at first; it grows
# What wasi-libc has in part, and what it lacks (tutorials/web/wasi/), comes before all else.
COMPILE_WASM = $(WASM_CC) --target=wasm32-wasi -msimd128 -isystem tutorials/web/wasi -D_WASI_EMULATED_MMAN \
	-D_WASI_EMULATED_SIGNAL $(LANGUAGE) -O3
LINK_WASM    = $(WASM_CC) --target=wasm32-wasi -O3 -lwasi-emulated-mman -lwasi-emulated-signal \
	-Wl,--strip-all -Wl,-z,stack-size=$(strip $(WASM_STACK)) -Wl,--initial-memory=$(strip $(WASM_BEGIN))

LIVE       := build/live
LIVE_SOURCES := tutorials/web/live/inside.c tutorials/web/live/lab.c emotionnet/serve/talk.c emotionnet/serve/why.c
WASM_LIBRARY := $(WASM)/libchapters.a
WASM_AR      = $(shell $(WASM_CC) -print-prog-name=llvm-ar)
WASM_CHAPTERS := $(TEXTS:%=$(WASM)/%.wasm) $(TEXTS:%=$(WASM)/relaxed/%.wasm)

.PHONY: wasm web bench-web web-serve live-native
wasm: $(WASM_CHAPTERS) $(WASM)/bits.wasm $(WASM)/relaxed/bits.wasm ## the chapters' programs as WebAssembly, in build/wasm (clang, lld, wasi-libc)

# Each program twice: for every browser, and in build/wasm/relaxed with the multiply-add of relaxed SIMD, for those
# where it is exact (tensor/fma_wasm.h). wasm_kind FOLDER,FLAGS,SOURCE,SOURCE IN ITS PLACE
define wasm_kind
$(1)/%.o: %.c $(wildcard tutorials/web/wasi/*.h tutorials/web/wasi/*/*.h)
	@mkdir -p $$(@D)
	$$(call say,wasm,$$<)$$(COMPILE_WASM) $(2) -MMD -MP $$(if $$(filter %/features/cache.c,$$<),-DFRONT_END='"wasm"') -c $$< -o $$@

# Without the commands, which listen and serve as a page cannot.
$(1)/libchapters.a: $(patsubst %.c,$(1)/%.o,$(filter-out emotionnet/command/% emotionnet/serve/% $(3),$(SOURCES)) $(4) $(LESSON) $(DRAWING))
	@rm -f $$@
	@$$(WASM_AR) rcs $$@ $$^

# What tests/bits compares.
$(1)/bits.wasm: $(1)/tests/bits/bits.o $(1)/tests/support/utterances.o $(1)/libchapters.a
	$$(call say,link,$$@)$$(LINK_WASM) $$^ -o $$@

# What tests/tutorials/web_limits.mjs lets go wrong: its memory cannot grow.
$(1)/trouble.wasm: $(1)/tests/tutorials/trouble.o $(1)/libchapters.a
	$$(call say,link,$$@)$$(LINK_WASM) -Wl,--max-memory=$$(strip $$(WASM_BEGIN)) $$^ -o $$@

# Chapter 0 needs nothing of the library.
$(1)/00-one-page.wasm: $(1)/tutorials/00-one-page/emotionnet.o
	$$(call say,link,$$@)$$(LINK_WASM) $$^ -o $$@

$(foreach chapter,$(CHAPTERS),$(eval $(call chapter_wasm,$(chapter),$(1))))
endef
define chapter_wasm
$(2)/$(1).wasm: $(patsubst %.c,$(2)/%.o,$(chapter_sources)) $(2)/libchapters.a
	$$(call say,link,$$@)$$(LINK_WASM) $$^ -o $$@
endef
$(eval $(call wasm_kind,$(WASM)/relaxed,-DFMA_RELAXED)) # the longer name first: make 3.81 takes the first that fits
$(eval $(call wasm_kind,$(WASM),,tensor/matmul_tile.c,tutorials/web/matmul_tile.c))

# Chapter 0 tells of three things to change in its one file: the program with each of them.
CHANGE_1 := s/TRAIN = 60 \* EACH/TRAIN = 3 * EACH/
CHANGE_2 := s/adam(net, \.005)/adam(net, .5)/
CHANGE_3 := s/x->grad\[at + k - 1\] +=/x->grad[at + k - 1] =/
CHANGED  := $(patsubst %,$(WASM)/00-one-page-%.wasm,1 2 3)
$(WASM)/00-one-page-%.wasm: tutorials/00-one-page/emotionnet.c
	@mkdir -p $(@D) && sed '$(CHANGE_$*)' $< >$(@:.wasm=.c)
	$(call say,wasm,$@)$(COMPILE_WASM) -c $(@:.wasm=.c) -o $(@:.wasm=.o) && $(LINK_WASM) $(@:.wasm=.o) -o $@

# The compiler for warm-ups is another project's. Where it cannot be had, the pages do without.
$(WASM)/compiler.tar: tutorials/web/kit.sh tutorials/web/printf.c $(wildcard tutorials/lesson/warmup.[ch])
	@mkdir -p $(@D)
	@tutorials/web/kit.sh $(or $(XCC),build/xcc) $@ || echo 'web: without a compiler for warm-ups: tutorials/web/README.md'

# Warm-ups that ask for a number or a text alone: their checks, for pages without that compiler (typed.h).
$(WASM)/typed: $(wildcard tutorials/[0-9]*/warmups/*.c tutorials/lesson/warmup.[ch] tutorials/web/typed.[ch])
	@rm -rf $@ && mkdir -p $@
	$(call say,wasm,warm-ups that are answered)for file in $$(grep -L WARMUP_NUMBER $(filter %.c,$(wildcard tutorials/[0-9]*/warmups/*.c))); do \
		rest=$${file#tutorials/} && \
		$(COMPILE_WASM) -include tutorials/web/typed.h $$file tutorials/lesson/warmup.c tutorials/web/typed.c -Wl,--strip-all \
			-o $@/$${rest%%/*}-$$(basename $$file .c).wasm || { rm -r $@; exit 1; }; \
	done

# The program that the page live/ has inside it: functions in place of a main.
LIVE_CALLS := room model choose hear law
LAB_CALLS  := corpus sound ask
$(WASM)/live.wasm: $(patsubst %.c,$(WASM)/%.o,$(LIVE_SOURCES)) $(WASM_LIBRARY)
	$(call say,link,$@)$(LINK_WASM) -mexec-model=reactor -Wl,--allow-undefined \
		$(LIVE_CALLS:%=-Wl,--export=inside_%) $(LAB_CALLS:%=-Wl,--export=lab_%) $^ -o $@

# The same functions natively, for tests/tutorials/proof_web.sh.
LIVE_NATIVE := $(OBJECTS)/tests/tutorials/live_native
$(LIVE_NATIVE): $(LIVE_NATIVE).o $(patsubst %.c,$(OBJECTS)/%.o,$(filter tutorials/%,$(LIVE_SOURCES))) $(LIBRARY)
	$(call say,link,$@)$(COMPILE) $^ $(LIBS) -o $@
live-native: $(LIVE_NATIVE)
	@echo $(LIVE_NATIVE)

# The models of the page live/, one for each strategy that compare shows, and its report: made once (make clean).
LIVE_SETTING := --stage 3000,300,300 --plain --modality-dropout 0.2 --embed 24 --text-hidden 24 --speech-hidden 32 \
	--fusion-hidden 24 --dropout 0.2 --rate 0.003 --schedule one-cycle --epochs 13
$(LIVE)/report.html: | $(PROGRAM)
	@mkdir -p $(@D)
	$(call say,train,the models of build/web/live)$(PROGRAM) compare $(LIVE_SETTING) --models $(LIVE)/models \
		--report $@ >$(LIVE)/compare.log 2>&1 || { cat $(LIVE)/compare.log; exit 1; }

web: wasm $(CHANGED) $(WASM)/compiler.tar $(WASM)/typed $(WASM)/live.wasm $(LIVE)/report.html ## the book with its programs in it, in build/web: files for any web server (pandoc, and what make wasm needs)
	@tutorials/book/book.sh build/web $(TEXTS) >/dev/null
	@tutorials/web/live/live.sh build/web/live $(WASM)/live.wasm $(LIVE) '$(LIVE_SETTING)'
	@tutorials/web/web.sh build/web $(WASM) $(TEXTS)

bench-web: wasm $(CHAPTERS:%=$(OBJECTS)/tutorials/%/chapter) ## what WebAssembly costs beside native, each chapter, some minutes (ROUNDS=3 KINDS="made relaxed")
	@ROUNDS="$(ROUNDS)" KINDS="$(KINDS)" tests/bench/web.sh $(OBJECTS)/tutorials $(WASM) $(CHAPTERS)

web-serve: web          ## shows build/web on this machine alone: http://127.0.0.1:8000 (PORT=)
	@python3 -m http.server --bind 127.0.0.1 --directory build/web $(or $(PORT),8000)

-include $(shell find $(WASM) -name '*.d' 2>/dev/null)
