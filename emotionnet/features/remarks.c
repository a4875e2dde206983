/* remarks.c: see remarks.h. */
#include "emotionnet/features/remarks.h"

#include "audio/voice/activity.h"
#include "tensor/file/json_write.h"

static const real QUIETEST = (real)(1.0 / 32768); /* one step of 16 bits */
static const real LOUDEST = 2;

static const struct {
	const char *one, *many; /* the second follows a number */
} texts[REMARKS] = {
	[REMARK_CUT] = { "the clip is longer than the model reads: only its beginning counts",
	        "clips were longer than --max-seconds and were cut" },
	[REMARK_CUT_SHORT] = { "the end of the recording is missing: the answer rests on what is there",
	        "recordings were cut short, and what is there was used" },
	[REMARK_NO_VOICE] = { "nothing in the clip lasts as long as a sound of speech: the answer rests on no voice",
	        "clips have nothing that lasts as long as a sound of speech" },
	[REMARK_SILENT] = { "the clip is silent: the answer rests on no sound",
	        "clips are silent" },
	[REMARK_DEAD] = { "a channel of the clip is silent, so that the mean of all is quieter. Hint: --channel 1 takes the first alone",
	        "clips have a channel that is silent" },
	[REMARK_LOUD] = { "the clip is louder than twice full scale: its samples should lie between -1 and 1",
	        "clips are louder than twice full scale" },
	[REMARK_RATE] = { "the clip has fewer samples a second than a model's training had, or than 16000: the upper part of its spectrum is empty, and the answer may err",
	        "clips have fewer samples a second than the training had" },
	[REMARK_ALONE] = { "nothing else is heard of the clip's speaker, by whom it is normalised",
	        "clips are of no named speaker, or his only one: too little to normalise them by speaker" },
	[REMARK_NO_WORDS] = { "the text is empty: the answer rests on no word",
	        "texts are empty" },
	[REMARK_UNKNOWN] = { "none of the words is known to the model: the answer rests on unknown words",
	        "texts have no known word" },
	[REMARK_WORDS_CUT] = { "the text is longer than the model reads: only its beginning counts",
	        "texts were longer than --max-words and were cut" },
};

static bool has_voice(const Clip *clip)
{
	Arena *scratch = arena_new("activity");
	ActivitySettings settings = activity_defaults();
	bool found = activity_find(scratch, clip, &settings).count > 0;
	arena_free(scratch);
	return found;
}

void remarks_of_clip(Remarks *remarks, const Clip *clip, int rate)
{
	real lowest = clip->samples[0], highest = lowest;
	for (int i = 1; i < clip->count; i++) {
		real x = clip->samples[i];
		lowest = x < lowest ? x : lowest;
		highest = x > highest ? x : highest;
	}
	/* what stays at one value, be it 0 or not, is no sound */
	bool silent = clip->count > 1 && highest - lowest <= 2 * QUIETEST;
	remarks->of[REMARK_SILENT] += silent;
	remarks->of[REMARK_NO_VOICE] += !silent && !has_voice(clip);
	remarks->of[REMARK_CUT_SHORT] += clip->cut_short;
	remarks->of[REMARK_LOUD] += highest >= LOUDEST || lowest <= -LOUDEST;
	remarks->of[REMARK_DEAD] += clip->dead_channel;
	remarks->of[REMARK_RATE] += clip->rate < rate;
}

void remarks_add(Remarks *sum, const Remarks *more)
{
	for (int r = 0; r < REMARKS; r++)
		sum->of[r] += more->of[r];
}

void remarks_most(Remarks *most, const Remarks *other)
{
	for (int r = 0; r < REMARKS; r++)
		if (most->of[r] < other->of[r])
			most->of[r] = other->of[r];
}

void remarks_print(FILE *out, const Remarks *remarks)
{
	for (int r = 0; r < REMARKS; r++)
		if (remarks->of[r])
			fprintf(out, "Note: %s.\n", texts[r].one);
}

void remarks_print_counts(FILE *out, const Remarks *remarks)
{
	for (int r = 0; r < REMARKS; r++)
		if (remarks->of[r])
			fprintf(out, "Note: %d %s.\n", remarks->of[r], texts[r].many);
}

void remarks_print_json(FILE *out, const Remarks *remarks)
{
	const char *before = ",\"remarks\":[";
	for (int r = 0; r < REMARKS; r++) {
		if (!remarks->of[r])
			continue;
		fputs(before, out);
		json_text(out, texts[r].one);
		before = ",";
	}
	if (before[1] == '\0')
		fputc(']', out);
}
