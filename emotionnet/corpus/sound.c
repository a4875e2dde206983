/* sound.c: the sound of an utterance: from its file, or made by the corpus. */
#include "emotionnet/corpus/sound.h"
#include "audio/wav.h"
#include "tensor/plot/escape.h"

#include <string.h>

bool sound_read(Clip *clip, Arena *arena, const Corpus *corpus, int index, Error *error)
{
	const Utterance *utterance = &corpus->utterances[index];
	if (corpus->sound)
		return corpus->sound(corpus, index, arena, clip, error);
	WavPart part = { .start = utterance->start, .channel = corpus->channel };
	part.end = utterance->end < 0 ? 0 : utterance->end;
	part.salvage = corpus->skip_bad;
	Error why;
	if (!wav_read_part(clip, arena, utterance->wav, part, &why))
		return error_set(error, "%s", why.text);
	if (clip->cut_short && corpus->warnings)
		terminal_print(corpus->warnings, "Used what is there: %s:%d: %s\n",
		        corpus->source, utterance->line, why.text);
	return true;
}

const char *sound_hint(const char *why)
{
	return strstr(why, "--skip-bad") ? "" : ". Hint: --skip-bad goes on without it.";
}
