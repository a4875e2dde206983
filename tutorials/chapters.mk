# The chapters: how they are built, run, checked, stepped through, graded. tutorials/README.md.

CHAPTERS := $(patsubst tutorials/%/chapter.c,%,$(wildcard tutorials/*/chapter.c))
TEXTS    := $(patsubst tutorials/%/chapter.md,%,$(sort $(wildcard tutorials/*/chapter.md)))
THESE     = $(if $(CH),$(filter $(CH) $(CH)-%,$(TEXTS)),$(TEXTS))
CHAPTER   = $(filter $(CH) $(CH)-%,$(CHAPTERS))
GRADING   = build/sanitize$(if $(filter cc,$(CC)),,-$(notdir $(CC)))
FILE     ?= tutorials/$(CHAPTER)/exercise.c
LEARN    := $(OBJECTS)/tutorials/learn/learn
PLACE     = $(if $(MINE),$(need_parts)$(MINE_OUT),$(OBJECTS)/tutorials)/$(CHAPTER)/chapter
need_chapter = $(if $(CHAPTER),,$(error CH=$(CH) is no chapter. There are: $(CHAPTERS)))

.PHONY: chapter chapters chapters-check chapters-build step step-build exercise exercise-build
.PHONY: exercises-check handout book grade autograder book-pdf

# Chapter 0 is one file that needs nothing of the library: it is built as its text says.
ONE_PAGE := build/tutorials/00-one-page/emotionnet
$(ONE_PAGE): tutorials/00-one-page/emotionnet.c
	@mkdir -p $(@D)
	@$(CC) -O2 -std=c11 $< -lm -o $@

chapter:                ## run a chapter's program (CH=02; STEP=1 stops at its points; SET="units=4"; MINE=1: with your own parts)
ifneq ($(filter 00 00-one-page,$(CH)),)
chapter: $(ONE_PAGE)
	@$(ONE_PAGE)
else
chapter:
	$(need_chapter)@$(MAKE) --no-print-directory $(PLACE)
	@$(PLACE) $(if $(STEP),--step) $(patsubst %,--set %,$(SET))
endif

step:                   ## step through a chapter in gdb (CH=02)
	$(need_chapter)@$(MAKE) --no-print-directory MODE=sanitize $(GRADING)/tutorials/$(CHAPTER)/chapter
	@gdb -q -x tensor/debug.gdb -x tutorials/step.gdb $(GRADING)/tutorials/$(CHAPTER)/chapter

step-build:
	@$(MAKE) --no-print-directory MODE=sanitize CH=02 $(GRADING)/tutorials/02-the-tape/chapter

exercise: $(LEARN)      ## check your solution of a chapter's exercise (CH=02; FILE=path: another file)
	$(need_chapter)@$(MAKE) --no-print-directory MODE=sanitize exercise-build
	$(if $(filter tutorials/$(CHAPTER)/exercise.c,$(FILE)),$(RUN_LEARN) check $(firstword $(subst -, ,$(CHAPTER)))-b,\
		@OBJECTS=$(GRADING) tutorials/grade.sh $(CHAPTER) '$(FILE)')

grade:                  ## grade a class (DIR=submissions OUT=folder; CH=02: one chapter): grades.csv and a results.json each
	@$(MAKE) --no-print-directory MODE=sanitize exercise-build
	@OBJECTS=$(GRADING) DIR="$$DIR" OUT="$$OUT" tutorials/grader/class.sh $(if $(CH),$(CHAPTER),$(CHAPTERS))

autograder:             ## the zip that Gradescope takes (CH=05; OUT=file.zip)
	$(need_chapter)@OUT="$$OUT" tutorials/grader/autograder.sh $(CHAPTER)

handout:                ## write a tree without solutions that builds (OUT=folder)
	@tutorials/handout/handout.sh '$(OUT)'

chapters: chapters-build ## fill listings, numbers and times into the texts, and the glossary (CH=02: one)
	@tutorials/write/chapters.sh fill '$(OBJECTS)/tutorials' $(THESE)

chapters-check: chapters-build ## fail where a text differs from its program, or lacks its form
	@tutorials/write/chapters.sh check '$(OBJECTS)/tutorials' $(THESE)

exercises-check: $(LEARN) ## prove that solutions pass, stubs fail, wrong versions get their diagnosis (CH=02: one)
	@$(MAKE) --no-print-directory MODE=sanitize exercise-build
	@OBJECTS=$(GRADING) tutorials/write/exercises_check.sh $(if $(CH),$(CHAPTER),$(CHAPTERS))
	@LEARN=$(LEARN) OBJECTS=$(GRADING) MAKE='$(MAKE)' tutorials/write/parts_check.sh $(if $(CH),$(CHAPTER),$(CHAPTERS))

book:                   ## all chapters as HTML in build/book (pandoc)
	@tutorials/book/book.sh build/book $(TEXTS)

book-pdf: book          ## the same as build/book/book.pdf (pandoc, chromium)
	@tutorials/book/pdf.sh build/book

chapters-build: $(patsubst %,$(OBJECTS)/tutorials/%/chapter,$(if $(CH),$(CHAPTER),$(CHAPTERS)))

# Of the library only what a program needs, where one chapter is named: the sources that its #includes
# lead to. For all chapters at once the whole library is built.
INCLUDES = grep '^\#include "' $$(find $(FOLDERS) tutorials tests/support -name '*.[ch]') /dev/null
needs    = $(patsubst %.c,$(OBJECTS)/%.o,$(filter-out %/exercise.c %/checks.c %/mine.c,\
             $(shell $(INCLUDES) | awk -v roots='$(1)' -v without='$(2)' -f tutorials/write/needs.awk)))

DRAWING := $(wildcard tutorials/draw/*.c)
LESSON  := $(filter-out %/warmup.c %/warmup_main.c,$(wildcard tutorials/lesson/*.c))

# Chapter 4 trains on the sentences of chapter 3.
also_04-training := tutorials/03-first-network/sentences.c
# Chapter 8 reads one corpus, but the table of importers names them all.
also_08-sound := $(wildcard emotionnet/import/*.c)
# Chapter 11 says them too, to the network of chapter 3, and hears as chapter 5 does.
also_11-two-modalities := $(patsubst %,tutorials/%.c,03-first-network/sentences 03-first-network/network 05-six-emotions/heard)

# A chapter's program: all of its folder but the exercise and what goes with it. $(2): further sources
# whose needs it has.
chapter_sources = $(filter-out %/exercise.c %/checks.c %/worker.c %/mine.c,$(wildcard tutorials/$(1)/*.c)) $(also_$(1))
chapter_objects = $(if $(filter $(1),$(CHAPTER)),$(call needs,$(chapter_sources) $(LESSON) $(2)),\
                    $(patsubst %.c,$(OBJECTS)/%.o,$(chapter_sources) $(LESSON) $(DRAWING)) $(LIBRARY))
define chapter_program
$(OBJECTS)/tutorials/$(1)/chapter: $(call chapter_objects,$(1))
	$$(call say,link,$$@)$$(COMPILE) $$(filter-out %.a,$$^) $$(filter %.a,$$^) $$(LIBS) -o $$@
endef
$(foreach chapter,$(CHAPTERS),$(eval $(call chapter_program,$(chapter))))

$(OBJECTS)/tests/tutorials/test_draw: $(DRAWING:%.c=$(OBJECTS)/%.o)

# What tests/tutorials/test_lesson.sh talks with.
SAMPLE := $(OBJECTS)/tests/tutorials/lesson_sample
$(SAMPLE): $(SAMPLE).o $(patsubst %.c,$(OBJECTS)/%.o,$(LESSON) $(DRAWING)) $(LIBRARY)
	$(call say,link,$@)$(COMPILE) $^ $(LIBS) -o $@
test-build: $(if $(filter %/test_lesson.sh,$(SCRIPTS)),$(SAMPLE))

# One instrumented build for exercises, steps and the debugger. What stands here is stepped through:
# it is not optimised.
ifeq ($(MODE),sanitize)
INSTRUMENTED := $(OPTIMISE)
OPTIMISE = $(INSTRUMENTED) $(if $(filter $(OBJECTS)/tutorials/%,$@),-O0)
endif

# An exercise is a folder with an exercise.h, checks.c and worker.c: a chapter's, or the tests' own. For each there is
#     grade       the program that judges: its checks, the grader, no line of a student
#     worker.a    what a student's file is linked with, into the process that answers; then
#     library.a   what both need of the library, where one chapter is named
#     compile     how to compile it, and all that it is linked with: two lines that tutorials/grade.sh reads
# A learner is told of mistakes, not of conversions, and no warning is an error, whatever WERROR says.
EXERCISES  := $(patsubst %/checks.c,%,$(wildcard tutorials/[0-9]*/checks.c tests/tutorials/*/checks.c))
THIS       := $(filter-out tests/%,$(if $(CHAPTER),tutorials/$(CHAPTER)))
JUDGES      = $(filter-out %/limited.o,$(call needs,$(1)/checks.c tutorials/grader/grade.c)) $(OBJECTS)/tutorials/grader/checks.o
ANSWERS    := $(patsubst %,$(OBJECTS)/tutorials/grader/%.o,worker wire seal)
ANSWERS_USE = $(filter-out $(OBJECTS)/$(1)/worker.o $(ANSWERS),$(call needs,$(1)/worker.c $(1)/exercise.c))
# For all exercises at once everything below the models is built.
GRADER     := $(OBJECTS)/libgrader.a
JUDGES_ALL := $(patsubst %,$(OBJECTS)/tutorials/grader/%.o,grade results remote explain confine wire) \
	$(OBJECTS)/tutorials/grader/checks.o $(patsubst %,$(OBJECTS)/tests/support/%.o,harness gradient golden) $(GRADER)
library_of  = $(if $(THIS),$(OBJECTS)/$(1)/library.a,$(GRADER))

exercise-build: $(OBJECTS)/tutorials/grader/limited $(patsubst %,$(OBJECTS)/%/compile,$(or $(THIS),$(EXERCISES)))

ifeq ($(MODE),sanitize)
test-build: exercise-build
# A local variable that nobody set holds no 0 by luck, but a number that is always wrong.
NO_LUCK := $(call supports,-ftrivial-auto-var-init=pattern)
endif

$(GRADER): $(patsubst %.c,$(OBJECTS)/%.o,$(filter-out emotionnet/%,$(SOURCES)))
	@rm -f $@
	@$(AR) rcs $@ $^

define exercise_parts
$(OBJECTS)/$(1)/grade: $(OBJECTS)/$(1)/checks.o $(if $(THIS),$(call JUDGES,$(1)),$(JUDGES_ALL))
	$$(call say,link,$$@)$$(COMPILE) $$^ $$(CHECK_FLAGS) $$(LIBS) -o $$@

$(OBJECTS)/$(1)/worker.a: $(OBJECTS)/$(1)/worker.o $(ANSWERS)
	@rm -f $$@
	@$$(AR) rcs $$@ $$^

$(if $(THIS),$(OBJECTS)/$(1)/library.a: $(call ANSWERS_USE,$(1))
	@rm -f $$@
	@$$(AR) rcs $$@ $$^)

$(OBJECTS)/$(1)/compile: $(OBJECTS)/$(1)/grade $(OBJECTS)/$(1)/worker.a $(call library_of,$(1)) always
	@printf '%s\n' '$$(filter-out -W%,$$(COMPILE)) -Wall -Wextra -Wno-missing-field-initializers $(NO_LUCK)' \
		'$(OBJECTS)/$(1)/worker.a $(call library_of,$(1)) $$(LIBS)' >$$@
endef
$(foreach exercise,$(or $(THIS),$(EXERCISES)),$(eval $(call exercise_parts,$(exercise))))

$(OBJECTS)/tutorials/grader/limited: $(patsubst %,$(OBJECTS)/tutorials/grader/%.o,limited confine)
	$(call say,link,$@)$(COMPILE) $^ $(LIBS) -o $@

include tutorials/learn/mine.mk
include tutorials/learn/learn.mk
-include tutorials/web/web.mk # a handout has none
