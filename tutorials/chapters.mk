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
.PHONY: exercises-check handout book book-pdf

chapter:                ## run a chapter's program (CH=02; STEP=1 stops at its points; MINE=1: with your own parts)
	$(need_chapter)@$(MAKE) --no-print-directory $(PLACE)
	@$(PLACE) $(if $(STEP),--step)

step:                   ## step through a chapter in gdb (CH=02)
	$(need_chapter)@$(MAKE) --no-print-directory MODE=sanitize $(GRADING)/tutorials/$(CHAPTER)/chapter
	@gdb -q -x tensor/debug.gdb -x tutorials/step.gdb $(GRADING)/tutorials/$(CHAPTER)/chapter

step-build:
	@$(MAKE) --no-print-directory MODE=sanitize CH=02 $(GRADING)/tutorials/02-the-tape/chapter

exercise: $(LEARN)      ## check your solution of a chapter's exercise (CH=02; FILE=path: another file)
	$(need_chapter)@$(MAKE) --no-print-directory MODE=sanitize exercise-build
	$(if $(filter tutorials/$(CHAPTER)/exercise.c,$(FILE)),$(RUN_LEARN) check $(firstword $(subst -, ,$(CHAPTER)))-b,\
		@OBJECTS=$(GRADING) tutorials/grade.sh $(CHAPTER) '$(FILE)')

handout:                ## write a tree without solutions that builds (OUT=folder)
	@tutorials/handout.sh '$(OUT)'

chapters: chapters-build ## fill listings, numbers and times into the texts, and the glossary (CH=02: one)
	@tutorials/chapters.sh fill '$(OBJECTS)/tutorials' $(THESE)

chapters-check: chapters-build ## fail where a text differs from its program, or lacks its form
	@tutorials/chapters.sh check '$(OBJECTS)/tutorials' $(THESE)

exercises-check: $(LEARN) ## prove that solutions pass, stubs fail, wrong versions get their diagnosis (CH=02: one)
	@$(MAKE) --no-print-directory MODE=sanitize exercise-build
	@OBJECTS=$(GRADING) tutorials/exercises_check.sh $(if $(CH),$(CHAPTER),$(CHAPTERS))
	@LEARN=$(LEARN) OBJECTS=$(GRADING) MAKE='$(MAKE)' tutorials/parts_check.sh $(if $(CH),$(CHAPTER),$(CHAPTERS))

book:                   ## all chapters as HTML in build/book (pandoc)
	@tutorials/book/book.sh build/book $(TEXTS)

book-pdf: book          ## the same as build/book/book.pdf (pandoc, chromium)
	@tutorials/book/pdf.sh build/book

chapters-build: $(patsubst %,$(OBJECTS)/tutorials/%/chapter,$(if $(CH),$(CHAPTER),$(CHAPTERS)))

# Of the library only what a program needs, where one chapter is named: the sources that its #includes
# lead to. For all chapters at once the whole library is built.
INCLUDES = grep '^\#include "' $$(find $(FOLDERS) tutorials tests/support -name '*.[ch]') /dev/null
needs    = $(patsubst %.c,$(OBJECTS)/%.o,$(filter-out %/exercise.c %/checks.c %/mine.c,\
             $(shell $(INCLUDES) | awk -v roots='$(1)' -v without='$(2)' -f tutorials/needs.awk)))

DRAWING := $(wildcard tutorials/draw*.c)
LESSON  := $(wildcard tutorials/lesson*.c) tutorials/utterance.c tutorials/mine_parts.c

# A chapter's program: all of its folder but the exercise and what goes with it.
chapter_sources = $(filter-out %/exercise.c %/checks.c %/mine.c,$(wildcard tutorials/$(1)/*.c))
chapter_objects = $(if $(filter $(1),$(CHAPTER)),$(call needs,$(chapter_sources) $(LESSON)),\
                    $(patsubst %.c,$(OBJECTS)/%.o,$(chapter_sources) $(LESSON) $(DRAWING)) $(LIBRARY))
define chapter_program
$(OBJECTS)/tutorials/$(1)/chapter: $(call chapter_objects,$(1))
	$$(call say,link,$$@)$$(COMPILE) $$^ $$(LIBS) -o $$@
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

# The student's file is compiled and linked by tutorials/grade.sh, once this is there.
exercise-build: $(OBJECTS)/tutorials/grade $(patsubst %,$(OBJECTS)/tutorials/%/compile,$(or $(CHAPTER),$(CHAPTERS)))

ifeq ($(MODE),sanitize)
test-build: exercise-build
endif

$(OBJECTS)/tutorials/grade: $(if $(CHAPTER),$(call needs,tutorials/grade.c,tutorials/checks.h),$(OBJECTS)/tutorials/grade.o $(LIBRARY))
	$(call say,link,$@)$(COMPILE) $^ $(LIBS) -o $@

# How to compile a student's file, and what to link it with: two lines that grade.sh reads.
# A learner's warning is told, but is no error, whatever WERROR says.
GRADER_PARTS := $(OBJECTS)/tutorials/checks.o $(patsubst %,$(OBJECTS)/tests/support/%.o,harness gradient golden)
exercise_sources = $(wildcard $(FILE) tutorials/checks.c tutorials/$(1)/checks.c tutorials/$(1)/exercise.c)
library_needs    = $(filter-out $(OBJECTS)/tutorials/$(1)/% $(FILE:%.c=$(OBJECTS)/%.o) $(FILE),\
                     $(call needs,$(exercise_sources)))
exercise_library = $(if $(filter $(1),$(CHAPTER)),$(OBJECTS)/tutorials/$(1)/library.a,$(LIBRARY))
define exercise_parts
$(OBJECTS)/tutorials/$(1)/compile: $(GRADER_PARTS) $(OBJECTS)/tutorials/$(1)/checks.o \
		$(call exercise_library,$(1)) $(OBJECTS)/flags always
	@printf '%s\n' '$$(filter-out -Werror,$$(COMPILE))' \
		'$(GRADER_PARTS) $(call exercise_library,$(1)) $$(CHECK_FLAGS) $$(LIBS)' >$$@

$(if $(filter $(1),$(CHAPTER)),$(OBJECTS)/tutorials/$(1)/library.a: $(call library_needs,$(1))
	@rm -f $$@
	@$$(AR) rcs $$@ $$^)
endef
$(foreach chapter,$(patsubst tutorials/%/checks.c,%,$(wildcard tutorials/*/checks.c)),\
	$(eval $(call exercise_parts,$(chapter))))

include tutorials/mine.mk
include tutorials/learn.mk
