# MINE=1: the parts B that the student has passed, in place of the library's (tutorials/lesson/mine.h). What counts is the
# copy that was kept when it passed, not the file that is being edited.

PASSED     := $(patsubst .progress/passed/%/exercise.c,%,$(wildcard .progress/passed/*/exercise.c))
MINE_PARTS := $(patsubst tutorials/%/mine.c,%,$(wildcard $(PASSED:%=tutorials/%/mine.c)))
MINE_NAMES := $(foreach part,$(MINE_PARTS),$(firstword $(subst -, ,$(part))))
MINE_OUT   := $(if $(filter release,$(VARIANT)),build/mine,$(OBJECTS)/mine)

# The functions that a chapter's part stands for: the first line of its mine.c, here 01-tensors:matmul_at.
WRAPS      := $(shell awk 'FNR == 1 && $$2 == "wrap:" { split(FILENAME, path, "/"); for (i = 3; i < NF; i++) print path[2] ":" $$i }' \
	$(wildcard tutorials/*/mine.c) /dev/null)
wraps       = $(patsubst $(1):%,%,$(filter $(1):%,$(WRAPS)))
MINE_WRAPS := $(foreach part,$(MINE_PARTS),$(foreach name,$(call wraps,$(part)),-Wl$(COMMA)--wrap=$(name)))
MINE_LINK  := $(MINE_PARTS:%=$(MINE_OUT)/%/part.o) $(MINE_OUT)/parts.o
need_parts  = $(if $(MINE_PARTS),,$(error MINE=1: no part B has been passed yet. make learn leads to the first))

# Of a part nothing can be seen but the functions it stands for: its names cannot clash with others'.
define mine_part
$(MINE_OUT)/$(1)/exercise.o: .progress/passed/$(1)/exercise.c $(OBJECTS)/flags
	@mkdir -p $$(@D)
	$$(call say,cc,$$<)$$(filter-out -Werror,$$(COMPILE)) -MMD -MP -c $$< -o $$@

$(MINE_OUT)/$(1)/part.o: $(MINE_OUT)/$(1)/exercise.o $(OBJECTS)/tutorials/$(1)/mine.o
	@$$(LD) -r $$^ -o $$@.all
	@$(or $(OBJCOPY),objcopy) $(foreach name,$(call wraps,$(1)),-G __wrap_$(name)) $$@.all $$@

$(MINE_OUT)/$(1)/chapter: $(MINE_LINK) $(filter-out %/lesson/mine_parts.o,\
                         $(call chapter_objects,$(1),$(MINE_PARTS:%=tutorials/%/mine.c)))
	@mkdir -p $$(@D)
	$$(call say,link,$$@)$$(COMPILE) $$^ $(MINE_WRAPS) $$(LIBS) -o $$@
endef
$(foreach part,$(CHAPTERS),$(eval $(call mine_part,$(part))))

$(MINE_OUT)/parts: always
	@mkdir -p $(@D)
	@echo '$(MINE_NAMES)' | cmp -s - $@ || echo '$(MINE_NAMES)' >$@

$(MINE_OUT)/parts.o: tutorials/lesson/mine_parts.c $(MINE_OUT)/parts $(OBJECTS)/flags
	@$(COMPILE) -DMINE_PARTS='"$(MINE_NAMES)"' -c $< -o $@

# Frames that were cached without these parts are not theirs (Makefile: FRONT_END).
$(MINE_OUT)/features/cache.o: emotionnet/features/cache.c $(MINE_PARTS:%=.progress/passed/%/exercise.c) $(MINE_OUT)/parts \
                             $(HEARING) $(OBJECTS)/flags
	@mkdir -p $(@D)
	@$(COMPILE) -c $< -o $@

$(MINE_OUT)/emotionnet: $(MINE_LINK) $(MINE_OUT)/features/cache.o $(OBJECTS)/$(MAIN:%.c=%.o) $(LIBRARY)
	$(call say,link,$@)$(COMPILE) $^ $(MINE_WRAPS) $(LIBS) -o $@

$(MINE_OUT)/milestone: $(MINE_LINK) $(patsubst %.c,$(OBJECTS)/%.o,$(wildcard tutorials/milestone/*.c)) $(LIBRARY)
	$(call say,link,$@)$(COMPILE) $^ $(MINE_WRAPS) $(LIBS) -o $@

.PHONY: milestone
milestone:              ## train EmotionNet with your own parts, each compared with the library's first
	$(need_parts)@$(MAKE) --no-print-directory $(MINE_OUT)/milestone $(MINE_OUT)/emotionnet $(PROGRAM)
	@PARTS=$(MINE_OUT)/milestone MINE=$(MINE_OUT)/emotionnet LIBRARY=$(PROGRAM) tutorials/milestone/milestone.sh $(ALIKE)

# Less than without MINE=1: a product in three plain loops takes its time.
ifdef MINE
run: $(need_parts)$(MINE_OUT)/emotionnet
	@echo 'With your parts of chapter $(MINE_NAMES) in place of the library'"'"'s.'
	$(MINE_OUT)/emotionnet compare --plain --fusion late,middle --stage 600,150,300 --epochs 12 $(ALIKE)
endif
