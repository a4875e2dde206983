# The chapters for a browser: the same C, compiled to WebAssembly. tutorials/web/README.md.

WASM      := build/wasm
WASM_CC   := clang
WASM_KEEP := 8388608 # bytes of stack, as the first thread has elsewhere
# What wasi-libc has in part, and what it lacks (tutorials/web/wasi/), comes before all else.
COMPILE_WASM = $(WASM_CC) --target=wasm32-wasi -msimd128 -isystem tutorials/web/wasi -D_WASI_EMULATED_MMAN \
	-D_WASI_EMULATED_SIGNAL -std=c11 -D_POSIX_C_SOURCE=200809L -I. $(WARNINGS) $(EXACT) -O3
LINK_WASM    = $(WASM_CC) --target=wasm32-wasi -O3 -lwasi-emulated-mman -lwasi-emulated-signal \
	-Wl,--strip-all -Wl,-z,stack-size=$(strip $(WASM_KEEP))

WASM_LIBRARY := $(WASM)/libchapters.a
WASM_AR      = $(shell $(WASM_CC) -print-prog-name=llvm-ar)
WASM_CHAPTERS := $(CHAPTERS:%=$(WASM)/%.wasm)

.PHONY: wasm
wasm: $(WASM_CHAPTERS) $(WASM)/bits.wasm ## the chapters' programs as WebAssembly, in build/wasm (clang, lld, wasi-libc)

$(WASM)/%.o: %.c $(wildcard tutorials/web/wasi/*.h tutorials/web/wasi/*/*.h)
	@mkdir -p $(@D)
	$(call say,wasm,$<)$(COMPILE_WASM) -MMD -MP $(if $(filter %/features/cache.c,$<),-DFRONT_END='"wasm"') -c $< -o $@

$(WASM_LIBRARY): $(patsubst %.c,$(WASM)/%.o,$(SOURCES) $(LESSON) $(DRAWING))
	@rm -f $@
	@$(WASM_AR) rcs $@ $^

define chapter_wasm
$(WASM)/$(1).wasm: $(patsubst %.c,$(WASM)/%.o,$(chapter_sources)) $(WASM_LIBRARY)
	$$(call say,link,$$@)$$(LINK_WASM) $$^ -o $$@
endef
$(foreach chapter,$(CHAPTERS),$(eval $(call chapter_wasm,$(chapter))))
$(WASM)/04-training.wasm: $(WASM)/tutorials/03-first-network/sentences.o
$(WASM)/11-two-modalities.wasm: \
	$(patsubst %,$(WASM)/tutorials/03-first-network/%.o,sentences network) $(WASM)/tutorials/05-six-emotions/heard.o

# What tests/bits compares.
$(WASM)/bits.wasm: $(WASM)/tests/bits/bits.o $(WASM)/tests/support/utterances.o $(WASM_LIBRARY)
	$(call say,link,$@)$(LINK_WASM) $^ -o $@
