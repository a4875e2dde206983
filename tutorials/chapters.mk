# The chapters: how they are built, run, checked, stepped through, graded. tutorials/README.md.

CHAPTERS := $(patsubst tutorials/%/chapter.c,%,$(wildcard tutorials/*/chapter.c))
CHAPTER   = $(filter $(CH) $(CH)-%,$(CHAPTERS))
LESSON   := $(patsubst %.c,$(OBJECTS)/%.o,$(wildcard tutorials/lesson*.c) tutorials/utterance.c)
GRADING   = build/sanitize$(if $(filter cc,$(CC)),,-$(notdir $(CC)))
FILE     ?= tutorials/$(CHAPTER)/exercise.c
RUN       = $(if $(MINE),mine,chapter)
need_chapter = $(if $(CHAPTER),,$(error CH=$(CH) is no chapter. There are: $(CHAPTERS)))

.PHONY: chapter chapters chapters-check chapters-build step step-build exercise exercise-build
.PHONY: exercises-check hint handout book

chapter:                ## run a chapter's program (CH=02; STEP=1 stops at its points; MINE=1: with your product)
	$(need_chapter)@$(MAKE) --no-print-directory $(OBJECTS)/tutorials/$(CHAPTER)/$(RUN)
	@$(OBJECTS)/tutorials/$(CHAPTER)/$(RUN) $(if $(STEP),--step)

step:                   ## step through a chapter in gdb (CH=02)
	$(need_chapter)@$(MAKE) --no-print-directory MODE=debug build/debug/tutorials/$(CHAPTER)/chapter
	@gdb -q -x tensor/debug.gdb -x tutorials/step.gdb build/debug/tutorials/$(CHAPTER)/chapter

step-build:
	@$(MAKE) --no-print-directory MODE=debug build/debug/tutorials/02-the-tape/chapter

exercise:               ## check your solution of a chapter's exercise (CH=02; FILE=path: another file)
	$(need_chapter)@$(MAKE) --no-print-directory MODE=sanitize exercise-build
	@OBJECTS=$(GRADING) tutorials/grade.sh $(CHAPTER) '$(FILE)'

hint:                   ## the next hint for a chapter's exercise (CH=02)
	$(need_chapter)@tutorials/hint.sh $(CHAPTER)

handout:                ## write a tree without solutions that builds (OUT=folder)
	@tutorials/handout.sh '$(OUT)'

chapters: chapters-build ## fill listings and numbers into every chapter.md, and its transcript
	@tutorials/chapters.sh fill '$(OBJECTS)/tutorials' $(CHAPTERS)

chapters-check: chapters-build ## fail where a chapter.md or transcript differs from its program
	@tutorials/chapters.sh check '$(OBJECTS)/tutorials' $(CHAPTERS)

exercises-check:        ## prove that solutions pass, stubs fail, wrong versions get their diagnosis
	@$(MAKE) --no-print-directory MODE=sanitize exercise-build
	@OBJECTS=$(GRADING) tutorials/exercises_check.sh $(CHAPTERS)

book:                   ## all chapters as HTML in build/book (pandoc)
	@tutorials/book.sh build/book $(CHAPTERS)

chapters-build: $(CHAPTERS:%=$(OBJECTS)/tutorials/%/chapter)

# A chapter's program: all of its folder but the exercise and its checks. Beside it the same with the
# product of exercise 1 in place of the library's (tutorials/mine.c).
chapter_parts = $(patsubst %.c,$(OBJECTS)/%.o,$(filter-out %/exercise.c %/checks.c,$(wildcard tutorials/$(1)/*.c)))
MINE_PARTS = $(OBJECTS)/tutorials/mine.o $(OBJECTS)/tutorials/01-tensors/exercise.o
define chapter_program
$(OBJECTS)/tutorials/$(1)/chapter: $(call chapter_parts,$(1)) $(LESSON) $(LIBRARY)
	$$(call say,link,$$@)$$(COMPILE) $$^ $$(LIBS) -o $$@
$(OBJECTS)/tutorials/$(1)/mine: $(call chapter_parts,$(1)) $(MINE_PARTS) $(LESSON) $(LIBRARY)
	$$(call say,link,$$@)$$(COMPILE) $$^ -Xlinker --wrap=matmul_at -Xlinker --wrap=matmul_from_at $$(LIBS) -o $$@
endef
$(foreach chapter,$(CHAPTERS),$(eval $(call chapter_program,$(chapter))))

# The student's file is compiled and linked by tutorials/grade.sh, once this is there.
exercise-build: $(OBJECTS)/tutorials/grade $(OBJECTS)/tutorials/compile \
		$(CHAPTERS:%=$(OBJECTS)/tutorials/%/checks.o)

ifeq ($(MODE),sanitize)
test-build: exercise-build
endif

$(OBJECTS)/tutorials/grade: $(OBJECTS)/tutorials/grade.o $(LIBRARY)
	$(call say,link,$@)$(COMPILE) $^ $(LIBS) -o $@

# How to compile an exercise.c, and what to link it with: two lines that tutorials/grade.sh reads. A learner's
# warning is told, but is no error, whatever WERROR says.
GRADER_PARTS := $(OBJECTS)/tutorials/checks.o $(patsubst %,$(OBJECTS)/tests/support/%.o,harness gradient golden)
$(OBJECTS)/tutorials/compile: $(GRADER_PARTS) $(LIBRARY) $(OBJECTS)/flags tutorials/chapters.mk
	@mkdir -p $(@D)
	@printf '%s\n' '$(filter-out -Werror,$(COMPILE))' '$(GRADER_PARTS) $(LIBRARY) $(CHECK_FLAGS) $(LIBS)' > $@
