# The student's tools: tutorials/learn/.

RUN_LEARN = @OBJECTS=$(GRADING) MAKE='$(MAKE)' $(LEARN)

.PHONY: learn quiz progress hint instructor warmups-build

learn: $(LEARN)         ## learn, from the first chapter to the last (DO="check 02-b": one command of it)
	$(RUN_LEARN) $(DO)

quiz: $(LEARN)          ## a chapter's questions, before it and after it (CH=02; WHEN=before or after)
	$(need_chapter)$(RUN_LEARN) quiz $(CHAPTER) $(WHEN)

progress: $(LEARN)      ## what you have done, how long it took, what the quizzes say
	$(RUN_LEARN) progress

hint: $(LEARN)          ## the next hint for a chapter's exercise (CH=02)
	$(need_chapter)$(RUN_LEARN) hint $(firstword $(subst -, ,$(CHAPTER)))-b

$(LEARN): $(patsubst %.c,$(OBJECTS)/%.o,$(wildcard tutorials/learn/*.c))
	$(call say,link,$@)$(COMPILE) $^ $(LIBS) -o $@

instructor:             ## solutions, rubrics, wrong versions, quizzes to print, slides (OUT=folder; SEED=7)
	@SEED='$(SEED)' tutorials/instructor/instructor.sh '$(OUT)'

# How to compile a chapter's warm-ups, and what to link them with: two lines that warmup.sh reads.
WARMUPS    = $(OBJECTS)/tutorials/$(CHAPTER)/compile_warmup
WARMED     = $(call needs,tutorials/lesson/warmup.c tutorials/lesson/warmup_main.c $(wildcard tutorials/$(CHAPTER)/warmups/*.c))
NEEDS_WARM = $(filter-out $(OBJECTS)/tutorials/$(CHAPTER)/%,$(WARMED))
warmups-build: $(if $(CHAPTER),$(NEEDS_WARM)) $(OBJECTS)/flags
	$(need_chapter)@mkdir -p $(@D) $(dir $(WARMUPS))
	@printf '%s\n' '$(filter-out -Werror,$(COMPILE))' '$(NEEDS_WARM) $(LIBS)' >$(WARMUPS)

test-build: $(if $(filter %/test_learn.sh,$(SCRIPTS)),$(LEARN))
