#include "emotionnet/trials/tuned_model.h"

#include "emotionnet/language/encoder_lm.h"

/* Those of the comparison, for a text that the model cuts by itself. */
static Settings settings_for(
        Arena *arena, const Settings *settings, const char *path, const char *how)
{
	Settings defaults = settings_defaults(), own = *settings;
	own.modalities = "text";
	own.fusion = NULL;
	own.text_encoder = arena_format(arena, "%s:%s", encoder_lm.name, path);
	own.speech_encoder = defaults.speech_encoder;
	own.face_encoder = defaults.face_encoder;
	own.tune = how;
	own.random_weights = own.streaming = false;
	own.vectors = NULL;
	own.freeze_vectors = own.frontend.characters = false;
	own.frontend.vary = defaults.frontend.vary;
	own.train.mask_bands = own.train.mask_frames = 0;
	own.quiet = true;
	return own;
}

const TunedModel *tuned_model(Arena *arena, const Settings *settings, const char *path,
        const char *how, Error *error)
{
	TunedModel *tuned = ARENA_NEW(arena, TunedModel);
	tuned->how = how;
	tuned->settings = settings_for(arena, settings, path, how);
	if (!settings_open(&tuned->settings, arena, error))
		return NULL;
	int longest = encoder_lm_longest(tuned->settings.pretrained[MODALITY_TEXT]);
	if (tuned->settings.frontend.max_words > longest)
		tuned->settings.frontend.max_words = longest;
	return settings_resolve(&tuned->settings, &tuned->config, &tuned->frontend, error)
	               ? tuned
	               : NULL;
}
