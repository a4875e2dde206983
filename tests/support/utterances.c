#include "tests/support/utterances.h"

#include "emotionnet/experiment/kinds.h"

/* Up to three n-grams a word; some word has none. */
static void add_ngrams(Example *example, Arena *arena, Rng *rng)
{
	size_t words = (size_t)example->words;
	int *ends = ARENA_ARRAY(arena, int, words);
	int *grams = ARENA_ARRAY(arena, int, 3 * words);
	int count = 0;
	for (int w = 0; w < example->words; w++) {
		for (int more = rng_below(rng, 4); more > 0; more--)
			grams[count++] = 1 + rng_below(rng, UTTERANCE_VOCABULARY - 1);
		ends[w] = count;
	}
	example->gram_ends = ends;
	example->grams = grams;
}

static Example example_new(Arena *arena, int index, Rng *rng)
{
	Example example = { .label = rng_below(rng, UTTERANCE_CLASSES),
		.utterance = index };
	int words = index % 9 == 0 ? 0 : 1 + rng_below(rng, UTTERANCE_WORDS);
	bool silent = index % 7 == 3 && words;
	int frames = silent ? 0 : 4 + rng_below(rng, UTTERANCE_FRAMES - 3);
	int *ids = ARENA_ARRAY(arena, int, (size_t)words);
	int *spans = ARENA_ARRAY(arena, int, 2 * (size_t)words);
	for (int w = 0; w < words; w++) {
		ids[w] = 1 + rng_below(rng, UTTERANCE_VOCABULARY - 1);
		spans[2 * w] = frames * w / words;
		spans[2 * w + 1] = frames * (w + 1) / words;
		if (frames && spans[2 * w + 1] == spans[2 * w])
			spans[2 * w + 1]++;
	}
	Tensor sound = tensor_new(arena, SHAPE(frames, UTTERANCE_MELS));
	for (int i = 0; i < frames * UTTERANCE_MELS; i++)
		sound.data[i] = (real)rng_normal(rng);
	example.steps[MODALITY_SPEECH] = sound;
	example.words = words;
	example.ids = ids;
	example.spans = spans;
	return example;
}

Dataset utterances_new(Arena *arena, int count, Rng *rng)
{
	Dataset data = { .count = count, .width[MODALITY_SPEECH] = UTTERANCE_MELS };
	data.items = ARENA_ARRAY(arena, Example, (size_t)count);
	for (int i = 0; i < count; i++)
		data.items[i] = example_new(arena, i, rng);
	Rng own = rng_split(rng, 1);
	for (int i = 0; i < count; i++)
		add_ngrams(&data.items[i], arena, &own);
	return data;
}

const EncoderKind *encoder_called(ModalityKind modality, const char *name)
{
	const EncoderKind *kind;
	return encoder_find(&kind, modality, name, NULL) ? kind : NULL;
}

ModelConfig utterances_model(const char *fusion, const char *text, const char *speech)
{
	return (ModelConfig){
		.reads = { .has = { [MODALITY_TEXT] = true, [MODALITY_SPEECH] = true } },
		.fusion = fusion_find(fusion),
		.encoder[MODALITY_TEXT] = { .kind = encoder_called(MODALITY_TEXT, text),
		        .in = UTTERANCE_VOCABULARY,
		        .embed = 13,
		        .hidden = 24,
		        .dropout = (real)0.1 },
		.encoder[MODALITY_SPEECH] = { .kind = encoder_called(
		                                      MODALITY_SPEECH, speech),
		        .in = UTTERANCE_MELS,
		        .hidden = 24,
		        .dropout = (real)0.1 },
		.classes = UTTERANCE_CLASSES,
		.hidden = 18,
		.dropout = (real)0.1,
	};
}
