#include "emotionnet/features/cache.h"
#include "audio/mel/settings.h"
#include "audio/wav.h"
#include "emotionnet/stage/stage.h"
#include "tensor/elementary.h"
#include "tensor/file/file.h"
#include "tests/support/harness.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A bit that flips anywhere in an entry costs the entry: other frames are never read. */
START_TEST(cache_entry_changed_anywhere_is_made_anew)
{
	Arena *arena = arena_new("test");
	const char *path = arena_format(arena, "%s/1.safetensors", harness_directory());
	Heard heard = { .frames = tensor_full(arena, (real)0.75, SHAPE(3, 2)),
		.begin = 0.1 + 0.2,
		.seconds = 1.0 / 3,
		.rate = 8000 };
	Heard read = { .rate = 0 };
	const FrameSettings two = { .mel.bands.count = 2 };
	const FrameSettings three = { .mel.bands.count = 3 };
	ck_assert(!cache_read(&read, arena, path, &two)); /* there is none */
	cache_write(&heard, path);
	ck_assert(cache_read(&read, arena, path, &two));
	ASSERT_TENSOR_SAME(read.frames, heard.frames);
	ck_assert_int_eq(read.rate, 8000);
	ck_assert(read.begin == heard.begin && read.seconds == heard.seconds);
	ck_assert(!cache_read(&read, arena, path, &three));
	Bytes whole;
	ck_assert(file_read(&whole, arena, path, NULL));
	unsigned char *bytes = arena_copy(arena, whole.data, whole.size + 1);
	for (size_t i = 0; i < whole.size; i += 3) {
		bytes[i] ^= 64;
		FILE *out = fopen(path, "wb");
		ck_assert_uint_eq(fwrite(bytes, 1, whole.size, out), whole.size);
		ck_assert_int_eq(fclose(out), 0);
		ck_assert_msg(!cache_read(&read, arena, path, &two), "byte %zu", i);
		bytes[i] ^= 64;
	}
	arena_free(arena);
}
END_TEST

/* A link that somebody left in the folder leads to nobody's file. */
START_TEST(cache_entry_that_is_a_link_is_replaced_not_followed)
{
	Arena *arena = arena_new("test");
	const char *entry = arena_format(arena, "%s/2.safetensors", harness_directory());
	const char *other = arena_format(arena, "%s/corpus.csv", harness_directory());
	Heard heard = { .frames = tensor_full(arena, 1, SHAPE(3, 2)), .rate = 16000 };
	Heard read = { .rate = 0 };
	const FrameSettings two = { .mel.bands.count = 2 };
	FILE *out = fopen(other, "wb");
	fputs("id,split", out);
	ck_assert_int_eq(fclose(out), 0);
	ck_assert_int_eq(symlink(other, entry), 0);
	ck_assert(!cache_read(&read, arena, entry, &two));
	cache_write(&heard, entry);
	ck_assert(cache_read(&read, arena, entry, &two));
	Bytes left;
	ck_assert(file_read(&left, arena, other, NULL));
	ck_assert_str_eq((const char *)left.data, "id,split");
	arena_free(arena);
}
END_TEST

/* A clip of a file with half a second of silence before the voice, and how it is read. */
typedef struct World {
	Arena *arena;
	Utterance utterances[2];
	Corpus corpus;
	FrameSettings settings;
	VarySettings vary;
} World;

static void world_new(World *world)
{
	enum { RATE = 16000, QUIET = RATE / 2 };
	Arena *arena = arena_new("test");
	Clip clip = { .count = 2 * RATE, .rate = RATE };
	clip.samples = ARENA_ARRAY(arena, real, 2 * RATE);
	for (int n = QUIET; n < clip.count; n++)
		clip.samples[n] = (real)(0.3 * double_sin(0.1 * n));
	const char *wav = arena_format(arena, "%s/voice.wav", harness_directory());
	ck_assert(wav_write(wav, &clip, WAV_16_BIT, arena, NULL));
	*world = (World){ .arena = arena,
		.utterances = { { .id = "a", .wav = wav, .end = -1 },
		        { .id = "b", .wav = wav, .end = -1 } },
		.settings = { .max_seconds = 10, .trim = true },
		.vary = {
		        .copies = 1, .noise = 10, .speed = 0.1, .gain = 6, .seed = 5 } };
	world->corpus = (Corpus){
		.source = "voices", .utterances = world->utterances, .count = 2
	};
	mel_preset(&world->settings.mel, "torchaudio");
	world->settings.plan = mel_plan(arena, &world->settings.mel, RATE);
}

static FrameSource source_of(const World *world, int copy)
{
	return (FrameSource){ .corpus = &world->corpus,
		.settings = &world->settings,
		.vary = &world->vary,
		.cache = arena_format(world->arena, "%s/frames", harness_directory()),
		.copy = copy };
}

/* Found again bit by bit, with the place where the trimmed clip begins. */
START_TEST(cache_trimmed_and_varied_frames_are_kept)
{
	World w;
	world_new(&w);
	for (int copy = 0; copy < 2; copy++) {
		FrameSource source = source_of(&w, copy);
		Heard made, kept = { .begin = 0 };
		Error error;
		ck_assert(frames_of_utterance(&made, w.arena, w.arena, &source, &error));
		const char *entry = cache_entry(w.arena, &source);
		ck_assert(cache_read(&kept, w.arena, entry, &w.settings));
		ASSERT_TENSOR_SAME(kept.frames, made.frames);
		ck_assert(made.begin > 0.3 && kept.begin == made.begin);
		ASSERT_CLOSE(made.seconds, 1.6, copy ? 0.2 : 0.03, 0);
		ck_assert(kept.seconds == made.seconds);
		/* It is the entry that is read: what stands there comes back. */
		tensor_fill(kept.frames, (real)0.25);
		cache_write(&kept, entry);
		ck_assert(frames_of_utterance(&made, w.arena, w.arena, &source, &error));
		ASSERT_TENSOR_SAME(made.frames, kept.frames);
	}
	arena_free(w.arena);
}
END_TEST

/* Functionals, beside the frames and alone, with what could not be measured. */
START_TEST(cache_functionals_are_kept)
{
	World w;
	world_new(&w);
	for (Hears hears = HEARS_BOTH; hears <= HEARS_FUNCTIONALS; hears++) {
		w.settings.hears = hears;
		frames_plan(w.arena, &w.settings);
		FrameSource source = source_of(&w, 0);
		Heard made, kept = { .begin = 0 };
		Error error;
		ck_assert(frames_of_utterance(&made, w.arena, w.arena, &source, &error));
		const char *entry = cache_entry(w.arena, &source);
		ck_assert(cache_read(&kept, w.arena, entry, &w.settings));
		Tensor a = hears == HEARS_BOTH ? made.whole : made.frames;
		Tensor b = hears == HEARS_BOTH ? kept.whole : kept.frames;
		ck_assert_int_eq(a.shape[0], 1);
		ck_assert_int_eq(a.shape[1], functionals_count());
		ck_assert_int_eq(b.shape[1], functionals_count());
		ck_assert_mem_eq(a.data, b.data, tensor_count(a) * sizeof(real));
		ck_assert_int_eq(made.frames.shape[0] > 1, hears == HEARS_BOTH);
	}
	arena_free(w.arena);
}
END_TEST

START_TEST(cache_entry_is_another_for_each_setting_and_copy)
{
	enum { MOST = 16 };
	World w;
	world_new(&w);
	const char *names[MOST];
	int count = 0;
	FrameSource clip = source_of(&w, 0), copy = source_of(&w, 1), other = copy;
	names[count++] = cache_entry(w.arena, &clip);
	names[count++] = cache_entry(w.arena, &copy);
	other.copy = 2;
	names[count++] = cache_entry(w.arena, &other);
	other = copy;
	other.utterance = 1; /* it draws other numbers, of the same file */
	names[count++] = cache_entry(w.arena, &other);
	other = clip;
	other.utterance = 1;
	ck_assert_str_eq(cache_entry(w.arena, &other), names[0]);
	w.settings.trim = false;
	names[count++] = cache_entry(w.arena, &clip);
	w.settings.trim = true;
	w.settings.pitch = true;
	names[count++] = cache_entry(w.arena, &clip);
	w.settings.pitch = false;
	w.settings.hears = HEARS_BOTH;
	names[count++] = cache_entry(w.arena, &clip);
	w.settings.hears = HEARS_FUNCTIONALS;
	names[count++] = cache_entry(w.arena, &clip);
	w.settings.hears = HEARS_FRAMES;
	VarySettings vary = w.vary;
	w.vary.noise = 11;
	names[count++] = cache_entry(w.arena, &copy);
	w.vary = vary;
	w.vary.speed = 0.2;
	names[count++] = cache_entry(w.arena, &copy);
	w.vary = vary;
	w.vary.gain = 7;
	names[count++] = cache_entry(w.arena, &copy);
	w.vary = vary;
	w.vary.seed = 6;
	names[count++] = cache_entry(w.arena, &copy);
	ck_assert_str_eq(cache_entry(w.arena, &clip), names[0]); /* drawn from no seed */
	for (int i = 0; i < count; i++)
		for (int k = 0; k < i; k++)
			ck_assert_msg(strcmp(names[i], names[k]), "%d and %d", k, i);
	clip.cache = NULL;
	ck_assert(!cache_entry(w.arena, &clip));
	arena_free(w.arena);
}
END_TEST

static const char *stage_entry(
        Arena *arena, StageOptions options, const World *world, int utterance, int copy)
{
	Corpus corpus;
	stage_make(&corpus, arena, options);
	FrameSource source = source_of(world, copy);
	source.corpus = &corpus;
	source.utterance = utterance;
	return cache_entry(arena, &source);
}

/* The n-th utterance of a split is the same in a larger corpus, and nothing else is. */
START_TEST(cache_entry_of_the_embedded_corpus_is_its_recipe_and_id)
{
	World w;
	world_new(&w);
	StageOptions few = stage_defaults(), many = few, other = few;
	few.train = few.validation = few.test = 2;
	many.train = many.validation = many.test = 5;
	const char *first = stage_entry(w.arena, few, &w, 1, 0);
	ck_assert_str_eq(first, stage_entry(w.arena, many, &w, 1, 0));
	ck_assert_str_eq(stage_entry(w.arena, few, &w, 2, 0),
	        stage_entry(w.arena, many, &w, 5, 0));
	ck_assert_str_ne(first, stage_entry(w.arena, few, &w, 0, 0));
	ck_assert_str_ne(first, stage_entry(w.arena, few, &w, 1, 1));
	other.seed++;
	ck_assert_str_ne(first, stage_entry(w.arena, other, &w, 1, 0));
	other = stage_defaults();
	other.snr++;
	ck_assert_str_ne(first, stage_entry(w.arena, other, &w, 1, 0));
	other = stage_defaults();
	other.mixture[0]++;
	ck_assert_str_ne(first, stage_entry(w.arena, other, &w, 1, 0));
	arena_free(w.arena);
}
END_TEST

TEST_MAIN("cache", cache_entry_changed_anywhere_is_made_anew,
        cache_entry_that_is_a_link_is_replaced_not_followed,
        cache_entry_of_the_embedded_corpus_is_its_recipe_and_id,
        cache_trimmed_and_varied_frames_are_kept, cache_functionals_are_kept,
        cache_entry_is_another_for_each_setting_and_copy)
