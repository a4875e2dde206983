/* A saved model that was changed in any way is refused by its name, or answers with
 * probabilities: it never crashes, stops or hangs the program. With its checksum as it was,
 * it is always refused; the dangerous kind has the right one. CHANGES=20000 in the
 * environment tries more of them (make proof). */
#include "audio/mel/settings.h"
#include "tensor/file/crc32.h"
#include "tests/support/answers.h"
#include "tests/support/harness.h"
#include "text/vocabulary_text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHANGES = 500, BATCH = 50, SECONDS = 60, HEADER_AT = sizeof(uint64_t) };

/* ---- the models -------------------------------------------------------------------- */

static Checkpoint model_of(Arena *arena, const char *fusion, bool lstm)
{
	static const char *const names[] = { "anger", "joy" };
	static real numbers[9] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	ModalitySet both = { .has = {
		                     [MODALITY_TEXT] = true, [MODALITY_SPEECH] = true } };
	Checkpoint c = {
		.config = { .reads = both,
		        .fusion = fusion_find(fusion),
		        .encoder[MODALITY_TEXT] = { .kind = lstm ? &encoder_words_lstm
		                                                 : &encoder_words_cnn,
		                .embed = 2,
		                .hidden = 6 },
		        .encoder[MODALITY_SPEECH] = { .kind = lstm ? &encoder_frames_lstm
		                                                   : &encoder_frames_cnn,
		                .in = 9,
		                .hidden = 4 },
		        .classes = 2,
		        .hidden = 2 },
		.frontend = { .reads = both,
		        .width[MODALITY_SPEECH] = 9,
		        .max_words = 50,
		        .frames = { .max_seconds = 7.5, .pitch = lstm },
		        .labels = labels_new(arena, names, 2),
		        .rate = 16000,
		        .mean[MODALITY_SPEECH] = numbers,
		        .scale[MODALITY_SPEECH] = numbers },
		.params = params_new(arena),
		.source = "corpus",
		.speakers = "ann\nbob",
	};
	Error error;
	mel_preset(&c.frontend.frames.mel, "torchaudio");
	c.frontend.frames.mel.bands.count = 9 - (lstm ? FRAMES_PITCH : 0);
	ck_assert_msg(vocabulary_from_text(&c.frontend.vocabulary, arena, "test",
	                      "<pad>\n<unk>\nglad\nbad", &error),
	        "%s", error.text);
	checkpoint_widths(&c);
	Rng rng = rng_new(5);
	model_new(arena, &c.params, &c.config, &rng);
	return c;
}

/* ---- changes ----------------------------------------------------------------------- */

typedef struct Changed {
	unsigned char *data;
	size_t size, header; /* the header ends at data[HEADER_AT + header] */
} Changed;

static void replace(Arena *arena, Changed *c, size_t at, size_t old, const char *new)
{
	size_t size = strlen(new);
	unsigned char *data = arena_alloc(arena, c->size - old + size);
	memcpy(data, c->data, at);
	memcpy(data + at, new, size);
	memcpy(data + at + size, c->data + at + old, c->size - at - old);
	c->data = data;
	c->size += size - old;
	if (at < HEADER_AT + c->header)
		c->header += size - old;
}

static size_t below(Rng *rng, size_t size)
{
	return (size_t)rng_below(rng, (int)size);
}

/* A whole number or word of the header by one that means something else. */
static void change_word(Arena *arena, Changed *c, Rng *rng)
{
	static const char *const others[] = { "0", "1", "-1", "2", "3", "5", "8192",
		"8193", "100000", "2147483647", "2147483648", "18446744073709551615",
		"1e30", "1e308", "1e-300", "0.5", "nan", "inf", "", "no", "yes", "text",
		"speech", "face", "text,speech", "cnn", "lstm", "vector", "early",
		"middle", "late", "mlp", "gated", "corpus", "speaker", "running", "words",
		"characters", "\\u000a", "F64", "F16", "hann", "slaney", "htk" };
	static const char word[] = "-.0123456789abcdefghijklmnopqrstuvwxyzEFABGIU";
	size_t at = HEADER_AT + below(rng, c->header), end = at;
	while (at > HEADER_AT && strchr(word, c->data[at - 1]) && c->data[at - 1])
		at--;
	while (end < c->size && strchr(word, c->data[end]) && c->data[end])
		end++;
	replace(arena, c, at, end - at,
	        others[below(rng, sizeof others / sizeof *others)]);
}

/* What stands between two quotes by what stands between two others. */
static void change_value(Arena *arena, Changed *c, Rng *rng)
{
	size_t at[2], size[2];
	for (int i = 0; i < 2; i++) {
		const unsigned char *end = c->data + HEADER_AT + c->header;
		const unsigned char *begin = c->data + HEADER_AT + below(rng, c->header);
		const unsigned char *open = memchr(begin, '"', (size_t)(end - begin));
		const unsigned char *close =
		        open ? memchr(open + 1, '"', (size_t)(end - open - 1)) : NULL;
		if (!close)
			return;
		at[i] = (size_t)(open + 1 - c->data);
		size[i] = (size_t)(close - open - 1);
	}
	replace(arena, c, at[0], size[0],
	        arena_format(arena, "%.*s", (int)size[1], c->data + at[1]));
}

static void change(Arena *arena, Changed *c, Rng *rng, size_t place)
{
	static const char bytes[] = "0129-\",:[]{}\\ ae\x01\x7f\xff";
	switch (rng_below(rng, 5)) {
	case 0: /* a bit, of every place in turn */
		c->data[place % c->size] ^= (unsigned char)(1 << rng_below(rng, 8));
		break;
	case 1:
		c->data[place % c->size] = (unsigned char)bytes[below(rng, sizeof bytes)];
		break;
	case 2: /* some bytes are lost */
		replace(arena, c, below(rng, c->size - 8), 1 + below(rng, 8), "");
		break;
	case 3:
		change_value(arena, c, rng);
		break;
	default:
		change_word(arena, c, rng);
	}
}

/* The length of the header and the checksum as they should be. */
static void mend(Changed *c)
{
	Bytes header = { c->data + HEADER_AT, c->header };
	uint64_t length = c->header;
	char *digits = safetensors_digits(header), sum[9];
	memcpy(c->data, &length, sizeof length);
	if (!digits)
		return;
	size_t before = (size_t)((unsigned char *)digits - c->data), after = before + 8;
	uint32_t crc = crc32_add(0, c->data, before);
	crc = crc32_add(crc, c->data + after, c->size - after);
	snprintf(sum, sizeof sum, "%08x", (unsigned)crc);
	memcpy(digits, sum, 8);
}

/* ---- trying them ------------------------------------------------------------------- */

/* 0: as it should be. */
static int try(Arena *arena, const Changed *c, bool mended, const char *path)
{
	FILE *out = fopen(path, "wb");
	if (!out || fwrite(c->data, 1, c->size, out) != c->size || fclose(out))
		return 1;
	Checkpoint checkpoint;
	SafetensorsFile file;
	Tensor answers;
	Error error = { "" };
	if (!checkpoint_load(&checkpoint, arena, path, &error))
		return strstr(error.text, path) ? 0 : 2;
	/* one that has lost its checksum is loaded, with a note */
	if (!mended && safetensors_open(&file, arena, path, &error) && file.summed)
		return 3;
	if (!answers_of(&answers, arena, &checkpoint, &error))
		return *error.text ? 0 : 4;
	return answers_are_good(answers) ? 0 : 5;
}

/* The n-th change, the same in every run. */
static int try_change(Bytes whole, int n, const char *path)
{
	Arena *arena = arena_new("a change");
	Rng all = rng_new(1), rng = rng_split(&all, (uint64_t)n);
	Changed c = { arena_copy(arena, whole.data, whole.size), whole.size, 0 };
	bool mended = n % 4 != 0;
	memcpy(&c.header, c.data, sizeof c.header);
	for (int i = 0; i <= n % 3 / 2; i++)
		change(arena, &c, &rng, (size_t)n / 4 * 97);
	if (mended)
		mend(&c);
	bool same = c.size == whole.size && !memcmp(c.data, whole.data, c.size);
	int wrong = same ? 0 : try(arena, &c, mended, path);
	arena_free(arena);
	return wrong;
}

/* In a process of its own; where that goes wrong, one by one, to tell which. */
static void try_batch(Bytes whole, int first, int end, const char *path)
{
	pid_t child = fork();
	if (!child) {
		alarm(SECONDS);
		if (!freopen("/dev/null", "w", stderr))
			_exit(9);
		for (int n = first; n < end; n++) {
			int wrong = try_change(whole, n, path);
			if (wrong)
				_exit(wrong);
		}
		_exit(0);
	}
	int status;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	for (int n = first; status && n < end && end > first + 1; n++)
		try_batch(whole, n, n + 1, path);
	ck_assert_msg(status == 0, "change %d: signal %d, exit status %d", first,
	        WTERMSIG(status), WEXITSTATUS(status));
}

static void try_model(const char *fusion, bool lstm)
{
	Arena *arena = arena_new("test");
	const char *more = getenv("CHANGES");
	int changes = more ? atoi(more) : CHANGES;
	Checkpoint model = model_of(arena, fusion, lstm);
	const char *path = arena_format(arena, "%s/model", harness_directory());
	Bytes whole;
	Error error;
	ck_assert_msg(checkpoint_save(&model, path, &error), "%s", error.text);
	ck_assert_msg(file_read(&whole, arena, path, &error), "%s", error.text);
	for (int n = 0; n < changes; n += BATCH)
		try_batch(whole, n, n + BATCH, path);
	arena_free(arena);
}

START_TEST(changed_model_of_convolutions_is_refused_or_answers)
{
	try_model("early", false);
}
END_TEST

START_TEST(changed_model_of_lstms_is_refused_or_answers)
{
	try_model("middle", true);
}
END_TEST

/* The test itself: what is changed in nothing answers, and a wrong answer is noticed. */
START_TEST(changed_model_unchanged_answers)
{
	Arena *arena = arena_new("test");
	Checkpoint model = model_of(arena, "early", false);
	const char *path = arena_format(arena, "%s/model", harness_directory());
	Bytes whole;
	Error error;
	ck_assert(checkpoint_save(&model, path, &error));
	ck_assert(file_read(&whole, arena, path, &error));
	Changed c = { arena_copy(arena, whole.data, whole.size), whole.size, 0 };
	ck_assert_int_eq(try(arena, &c, true, path), 0);
	ck_assert_int_eq(try(arena, &c, false, path), 3);
	ck_assert(!answers_are_good(tensor_zeros(arena, SHAPE(1, 2))));
	arena_free(arena);
}
END_TEST

TEST_MAIN("changed models", changed_model_of_convolutions_is_refused_or_answers,
        changed_model_of_lstms_is_refused_or_answers, changed_model_unchanged_answers)
