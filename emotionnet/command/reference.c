/* reference.c: see reference.h. */
#include "emotionnet/command/reference.h"

#include "emotionnet/command/input.h"
#include "emotionnet/features/enrol.h"

void reference_option(Options *options, OptionWords *clips)
{
	option_words(options, clips, "reference CLIP...",
	        "other clips of the speaker, best in several emotions, for a model that normalises by speaker");
}

static bool give(
        Checkpoint *model, Arena *arena, const Reference clips[], int count, Error *error)
{
	Dataset *reference = ARENA_ARRAY(arena, Dataset, 1);
	if (!enrol_reference(reference, arena, &model->frontend, clips, count, error))
		return false;
	model->frontend.reference = reference;
	return true;
}

bool reference_give(Ensemble *ensemble, const OptionWords *clips, Arena *arena,
        int channel, bool skip_bad, Error *error)
{
	int takers = 0;
	for (int m = 0; m < ensemble->count; m++)
		takers += frontend_by_speaker(&ensemble->models[m].frontend);
	if (!clips->count)
		return true;
	if (!takers)
		return error_set(error,
		        "--reference: %s does not normalise by speaker: clips of the speaker are of no use to it",
		        ensemble->paths[0]);
	Reference *read = ARENA_ARRAY(arena, Reference, (size_t)clips->count);
	for (int i = 0; i < clips->count; i++) {
		Error why;
		read[i].name = clips->items[i];
		if (!input_sound(&read[i].clip, clips->items[i], channel, skip_bad, arena,
		            &why))
			return error_set(error, "--reference %s", why.text);
	}
	for (int m = 0; m < ensemble->count; m++)
		if (frontend_by_speaker(&ensemble->models[m].frontend) &&
		        !give(&ensemble->models[m], arena, read, clips->count, error))
			return false;
	return true;
}
