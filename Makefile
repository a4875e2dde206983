# make help says what there is. Everything that is built goes to build/.

CC      ?= cc
MODE    ?= release
ARCH    ?= native
O       ?=
WERROR  ?=
THREADS ?=
V       ?=

# All cores, unless make -j says how many.
CORES := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(CORES)
endif

# None of make's own rules is used; looking for one to make each .d file takes longer than all else.
MAKEFLAGS += -r

ifeq ($(origin CC),default)
CC := cc
endif

# --- how to compile ------------------------------------------------------------------------------
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wdouble-promotion -Wmissing-prototypes \
            -Wstrict-prototypes -Wvla -Wundef -Wpointer-arith $(if $(WERROR),-Werror)

# The bits must not depend on the compiler: nothing is fused or reordered unless the source says so.
# No errno and no traps are promised, so that loops over exp and sqrt may become vector instructions.
EXACT := -ffp-contract=off -fno-math-errno -fno-trapping-math

# One processor (native), or any of its family (baseline), or what the compiler calls it.
supports = $(shell $(CC) $(1) -x c -c /dev/null -o /dev/null 2>/dev/null && echo $(1))
ifeq ($(ARCH),native)
MACHINE := $(or $(call supports,-march=native),$(call supports,-mcpu=native))
MACHINE += $(call supports,-mprefer-vector-width=512)
else ifneq ($(ARCH),baseline)
MACHINE := -march=$(ARCH)
endif

ifeq ($(MODE),release)
OPTIMISE := -O$(or $(O),3) -g
else ifeq ($(MODE),debug)
OPTIMISE := -O0 -g3 -DARENA_DEBUG
else ifeq ($(MODE),sanitize)
OPTIMISE := -O1 -g -DARENA_DEBUG -fsanitize=address,undefined -fno-sanitize-recover=all \
            -fno-omit-frame-pointer
else ifeq ($(MODE),thread)
OPTIMISE := -O1 -g -fsanitize=thread
else ifeq ($(MODE),double)
OPTIMISE := -O2 -g -DREAL_IS_DOUBLE
else ifeq ($(MODE),coverage)
OPTIMISE := -O0 -g --coverage -fprofile-update=atomic
else ifeq ($(MODE),fuzz)
OPTIMISE := -O1 -g -DARENA_DEBUG -fsanitize=fuzzer-no-link,address,undefined \
            -fno-sanitize-recover=all -fno-omit-frame-pointer
else
$(error MODE=$(MODE) is not known. Modes: release debug sanitize thread double \
        coverage fuzz)
endif

LANGUAGE = -std=c11 -D_POSIX_C_SOURCE=200809L -I. $(WARNINGS) $(EXACT)
COMPILE  = $(CC) $(LANGUAGE) $(MACHINE) $(OPTIMISE) -pthread $(FRONT_END) $(CFLAGS)
COMMA := ,
# A library that nothing is taken from would only be looked for at every start.
NEEDED := $(if $(filter Linux,$(shell uname)),-Wl$(COMMA)--as-needed)
LIBS    = $(NEEDED) -lm -pthread $(LDFLAGS)

# The plain build lies in build/, every other beside it under its own name.
VARIANT := $(MODE)$(if $(filter cc,$(CC)),,-$(notdir $(CC)))$(if $(filter native,$(ARCH)),,-$(ARCH))
VARIANT := $(VARIANT)$(if $(O),-O$(O))
OBJECTS := build/$(VARIANT)
PROGRAM := $(if $(filter release,$(VARIANT)),build/emotionnet,$(OBJECTS)/bin/emotionnet)

# --- what there is -------------------------------------------------------------------------------
FOLDERS := tensor autograd layers optim audio text emotionnet
MAIN    := emotionnet/command/main.c
SOURCES := $(filter-out $(MAIN),$(wildcard $(FOLDERS:%=%/*.c) $(FOLDERS:%=%/*/*.c)))
LIBRARY := $(OBJECTS)/libemotionnet.a
PAGE    := $(wildcard emotionnet/serve/page/*)
TESTS   := $(patsubst tests/%.c,%,$(wildcard $(foreach t,$(or $(T),*/test_* */*/test_*),tests/$(t).c)))

BENCH   := $(OBJECTS)/bench
BITS    := $(OBJECTS)/bits
FUZZERS := $(patsubst tests/%.c,%,$(wildcard tests/fuzz/$(or $(F),fuzz_*).c))

SCRIPTS := $(wildcard $(foreach t,$(or $(T),*/test_* */*/test_*),tests/$(t).sh))
PROOFS  := $(wildcard tests/*/proof_*.sh)

.PHONY: all run orderings measure language weights recognise reading test test-build proof bits bits-build bits-needed coverage bench bench-build bench-profile bench-compare bench-growth bench-live fuzz fuzz-build
.PHONY: deps help clean format format-check
all: $(PROGRAM)

# `make run` shows the strategies on less than a third of the embedded corpus, so that it takes less than a minute.
ALIKE := $(if $(THREADS),--threads $(THREADS))

ifndef MINE
run: $(PROGRAM)         ## train and compare the fusion strategies on a small embedded corpus
	$(PROGRAM) compare --plain --stage 900,200,300 --epochs 15 $(ALIKE)
endif

orderings: $(PROGRAM)   ## the same on all of it, SEEDS=5, and hold them to what theory says (CELL=1/4: a share)
	@EMOTIONNET=$(PROGRAM) tests/measure/orderings.sh $(ALIKE)

# `make deps test` installs before it builds, with any -j.
test: $(filter deps,$(MAKECMDGOALS)) ## build and run every test (T=tensor/test_matmul: one of them)
	@pkg-config --exists check 2>/dev/null || \
		{ echo 'The tests need Check and pkg-config: make deps installs them.' >&2; exit 1; }
	@$(MAKE) --no-print-directory test-build
	@EMOTIONNET=$(PROGRAM) tests/support/run.sh $(TESTS:%=$(OBJECTS)/tests/%) $(SCRIPTS)

# What takes longer than a test may, one after the other. Proofs of the course need the instrumented build.
proof: $(PROGRAM)       ## what takes longer than make test: the course as its users meet it, changed models, bits, fuzzers, orderings
	@$(MAKE) --no-print-directory MODE=sanitize exercise-build
	@EVERY=1 TRAIN=1 JOBS=1 EMOTIONNET=build/sanitize/bin/emotionnet tests/support/run.sh $(PROOFS)
	@CHANGES=20000 CK_TIMEOUT_MULTIPLIER=20 $(MAKE) --no-print-directory MODE=sanitize test T=hardening/test_changed_models
	@TRIPLES=100000000 CK_TIMEOUT_MULTIPLIER=60 $(MAKE) --no-print-directory test T=tensor/test_fma
	@$(MAKE) --no-print-directory bits
	@$(MAKE) --no-print-directory fuzz SECONDS=120
	@$(MAKE) --no-print-directory measure orderings

bits:                   ## train in many builds and compare every bit (COMPILERS="cc clang")
	@MAKE='$(MAKE)' tests/bits/bits.sh $(COMPILERS)

coverage:               ## which lines the tests run, in per cent, folder by folder
	@tests/support/coverage.sh clear
	@$(MAKE) --no-print-directory MODE=coverage test
	@tests/support/coverage.sh show $(FOLDERS)

bench: $(BENCH)         ## what the machine allows, and how near to it training and prediction are (CASES=, THREADS="1 2", SECONDS=)
	@mkdir -p build/bench
	@$(BENCH) -t '$(or $(THREADS),1 2)' $(SECONDS:%=-s %) -o build/bench/roofline.svg $(CASES)

# Its last line says where the program is: tests/bench/test_bench.sh reads it.
bench-build: $(BENCH)
	@echo $(BENCH)

bench-profile: $(BENCH) ## where the time of a training step goes, operation by operation (CASE=gpt)
	@$(BENCH) -p $(SECONDS:%=-s %) $(CASE)

bench-compare: $(BENCH) ## the same beside PyTorch, onnxruntime and soxr, in alternating rounds (PY=V/bin/python3, ROUNDS=3)
	@CC='$(CC)' tests/bench/compare.sh $(BENCH) '$(PY)' '$(or $(ROUNDS),3)' '$(or $(THREADS),1 2)' '$(or $(SECONDS),0.5)' $(CASES)

bench-growth: $(BENCH) $(PROGRAM) ## seconds and memory as a corpus, its parts or a sequence grow (MOST=100000)
	@mkdir -p build/bench
	@$(BENCH) -g $(or $(MOST),1000000) -o build/bench/growth.svg $(PROGRAM)

bench-live: $(PROGRAM)  ## what listening costs on one core: real-time factor, delays, memory of a minute and an hour (MODEL=, MINUTES=60)
	@EMOTIONNET=$(PROGRAM) tests/bench/live.sh $(MODEL)

fuzz:                   ## feed every parser broken input for SECONDS=30 each, with clang (F=fuzz_csv: one)
	@$(MAKE) --no-print-directory MODE=fuzz CC=clang fuzz-build
	@tests/fuzz/run.sh '$(or $(SECONDS),30)' $(FUZZERS:%=build/fuzz-clang/%)

measure: $(PROGRAM)     ## train on published corpora in EMOTIONNET_DATA and hold the results to their floors
	@EMOTIONNET=$(PROGRAM) tests/measure/measure.sh

weights:                ## fetch two published language models (190 MB) into EMOTIONNET_WEIGHTS or build/weights
	@tests/measure/weights.sh

language: $(PROGRAM)    ## language models, pre-training and networks at growing numbers of labels; resumed (EMOTIONNET_DATA, PART=speech)
	@EMOTIONNET=$(PROGRAM) tests/measure/language.sh $(PART)

recognise: $(PROGRAM)   ## what share of the embedded corpus's words a speech recogniser follows
	@EMOTIONNET=$(PROGRAM) tests/measure/recognise.sh

reading:                ## the files that the model is made of, in reading order
	@find $(FOLDERS) -name '*.[ch]' | awk -v map=CONTRIBUTING.md -f tests/house/reading.awk

deps:                   ## install what the tests need: Check and pkg-config
	@tests/support/deps.sh

help:                   ## this list
	@printf 'Targets:\n'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile tutorials/chapters.mk tutorials/learn/learn.mk $(wildcard tutorials/web/web.mk) | \
		while IFS='	' read -r target what; do printf '  make %-14s %s\n' "$$target" "$$what"; done
	@printf '%s\n' 'Knobs (make test MODE=debug CC=clang):' \
		'  MODE=release   optimised for this processor (the default)' \
		'  MODE=debug     -O0, every allocation its own malloc' \
		'  MODE=sanitize  address and undefined-behaviour sanitizers' \
		'  MODE=thread    thread sanitizer' \
		'  MODE=double    real numbers are double: the gradient checks' \
		'  CC=clang       another compiler' \
		'  ARCH=baseline  any processor of this family; or a name for -march=' \
		'  O=2            another level of optimisation for MODE=release (default: 3)' \
		'  THREADS=2      threads of make run (default: all cores); of make bench: "1 2"' \
		'  CASES="mlp gemm"   cases or groups of make bench (default: all)' \
		'  WERROR=1       a warning is an error' \
		'  V=1            show the commands of the build' \
		'  CFLAGS=... LDFLAGS=...   further flags'

clean:                  ## remove build/
	rm -rf build

format:                 ## lay out the sources with clang-format
	clang-format -i $$(git ls-files '*.c' '*.h')

format-check:           ## say which sources clang-format would change
	clang-format --dry-run --Werror $$(git ls-files '*.c' '*.h')

# --- rules ---------------------------------------------------------------------------------------
say = $(if $(V),,@echo '  $(1) $(2)';)

$(PROGRAM): $(MAIN:%.c=$(OBJECTS)/%.o) $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,link,$@)$(COMPILE) $^ $(LIBS) -o $@

$(LIBRARY): $(SOURCES:%.c=$(OBJECTS)/%.o) $(PAGE:%=$(OBJECTS)/%.o)
	@rm -f $@
	@$(AR) rcs $@ $^

# What frames depend on, with MINE=1 the student's parts too: its hash is in the key of each cached clip.
HEARING := $(sort $(wildcard audio/*.[ch] audio/*/*.[ch] tensor/*.[ch] emotionnet/corpus/sound.c \
	emotionnet/features/frames.[ch] emotionnet/features/causal.[ch] emotionnet/features/vary.[ch] emotionnet/stage/*.[ch]))
FRONT_END = $(if $(filter %/features/cache.o,$@),-DFRONT_END='"$(firstword $(shell cat $(HEARING) $(filter .progress/%,$^) | cksum))"')
$(OBJECTS)/emotionnet/features/cache.o: $(HEARING)

# The parsers are fuzzed, not the products: and clang takes minutes to instrument the tiles.
ifeq ($(MODE),fuzz)
$(OBJECTS)/tensor/matmul_tile.o $(OBJECTS)/tensor/matmul_pack.o: OPTIMISE := -O1 -g
endif

# A change of flags builds anew; a change of neither builds nothing.
$(OBJECTS)/flags: always
	@mkdir -p $(@D)
	@echo '$(COMPILE) $(LIBS)' | cmp -s - $@ || echo '$(COMPILE) $(LIBS)' > $@
.PHONY: always

$(OBJECTS)/%.o: %.c $(OBJECTS)/flags
	@mkdir -p $(@D)
	$(call say,cc,$<)$(COMPILE) -MMD -MP -c $< -o $@

# The files of the page that listens, as C strings: live.css is page_live_css.
$(OBJECTS)/emotionnet/serve/page/%.c: emotionnet/serve/page/% emotionnet/serve/quote.sed
	@mkdir -p $(@D)
	@{ echo 'extern const char page_$(subst .,_,$*)[];'; echo 'const char page_$(subst .,_,$*)[] ='; \
		sed -f emotionnet/serve/quote.sed $<; echo ';'; } > $@

$(OBJECTS)/emotionnet/serve/page/%.o: $(OBJECTS)/emotionnet/serve/page/%.c $(OBJECTS)/flags
	$(call say,cc,$<)$(COMPILE) -c $< -o $@

CHECK_FLAGS = $(shell pkg-config --cflags --libs check 2>/dev/null)
test-build: $(PROGRAM) $(TESTS:%=$(OBJECTS)/tests/%)
	@true

# Its last line says where the program is: tests/bits/bits.sh reads it.
bits-build: $(BITS)
	@echo $(BITS)

# It needs half of the library: BITS_TAKES, or all where that is empty.
BITS_FROM := $(OBJECTS)/tests/bits/bits.o $(OBJECTS)/tests/support/utterances.o
$(BITS): $(BITS_FROM) $(if $(BITS_TAKES),$(OBJECTS)/libbits.a,$(LIBRARY))
	$(call say,link,$@)$(COMPILE) $^ $(LIBS) -o $@

# Sources of one name in several rooms are all compiled; the linker takes the right one.
$(OBJECTS)/libbits.a: $(BITS_TAKES:%.c=$(OBJECTS)/%.o)
	@rm -f $@
	@$(AR) rcs $@ $^

# The sources that the linker takes from the library for it; none where the linker does not tell.
bits-needed: $(BITS_FROM) $(LIBRARY)
	@$(COMPILE) $^ $(LIBS) -Wl,--trace,--trace -o $(BITS) 2>/dev/null | \
		sed -n 's|.*libemotionnet\.a[()]*\([a-z0-9_]*\)\.o.*|/\1.c|p' | sort -u >$(BITS).needed
	@printf '%s\n' $(SOURCES) | grep -F -f $(BITS).needed || true
	@echo tensor/arena_debug.c # in place of arena.c, where ARENA_DEBUG is on

fuzz-build: $(FUZZERS:%=$(OBJECTS)/%)

$(OBJECTS)/fuzz/fuzz_talk: $(OBJECTS)/tests/support/listener.o
$(OBJECTS)/fuzz/%: $(OBJECTS)/tests/fuzz/%.o $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,link,$@)$(COMPILE) -fsanitize=fuzzer $^ $(LIBS) -o $@

# Memory that runs out when a test says so: these calls go through the test.
CAN_FAIL := malloc calloc aligned_alloc posix_memalign free fopen fdopen
$(OBJECTS)/tests/hardening/test_out_of_memory: WRAP := $(foreach f,$(CAN_FAIL),-Xlinker --wrap=$f)

SUPPORT := $(patsubst %.c,$(OBJECTS)/%.o,$(wildcard tests/support/*.c))
$(OBJECTS)/tests/%: $(OBJECTS)/tests/%.o $(SUPPORT) $(LIBRARY)
	$(call say,link,$@)$(COMPILE) $(filter %.o,$^) $(LIBRARY) $(CHECK_FLAGS) $(LIBS) $(WRAP) -o $@

BENCH_FROM := $(wildcard tests/bench/*.c) tests/support/growth.c tests/support/comparisons.c
$(BENCH): $(BENCH_FROM:%.c=$(OBJECTS)/%.o) $(LIBRARY)
	$(call say,link,$@)$(COMPILE) $^ $(LIBS) -o $@

include tutorials/chapters.mk

.SECONDARY:
-include $(shell find $(OBJECTS) -name '*.d' 2>/dev/null)
