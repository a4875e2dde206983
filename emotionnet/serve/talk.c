#include "emotionnet/serve/talk.h"

#include "emotionnet/experiment/modalities.h"
#include "emotionnet/serve/why.h"
#include "tensor/file/folder.h"
#include "tensor/file/json_write.h"
#include "text/number.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1024 };

struct Talk {
	Arena *arena;
	TalkSettings settings;
	Live *live; /* NULL until the page has said how fast sound comes */
	Why *why;
	bool ended;
	bool off[MODALITIES];
};

Talk *talk_new(const TalkSettings *settings)
{
	Arena *arena = arena_new("talk");
	Talk *talk = ARENA_NEW(arena, Talk);
	*talk = (Talk){ .arena = arena, .settings = *settings };
	talk->why = why_new(arena, settings->ensemble);
	return talk;
}

void talk_free(Talk *talk)
{
	if (!talk)
		return;
	live_free(talk->live);
	arena_free(talk->arena);
}

/* ---- to the page ------------------------------------------------------------------- */

/* A message that is printed: begin it, print, end it. */
typedef struct Letter {
	FILE *out;
	char *text;
	size_t size;
} Letter;

static FILE *letter_begin(Letter *letter, const char *kind)
{
	*letter = (Letter){ .text = NULL };
	letter->out = open_memstream(&letter->text, &letter->size);
	if (!letter->out)
		error_out_of_memory("talk", BLOCK);
	fprintf(letter->out, "{\"kind\":\"%s\"", kind);
	return letter->out;
}

static void letter_end(Letter *letter, const Talk *talk)
{
	fputc('}', letter->out);
	if (fclose(letter->out))
		error_out_of_memory("talk", letter->size);
	talk->settings.tell(talk->settings.context, true, letter->text, letter->size);
	free(letter->text);
}

static void tell_error(const Talk *talk, const Error *error)
{
	Letter letter;
	json_put_text(letter_begin(&letter, "error"), "text", error->text);
	letter_end(&letter, talk);
}

static void put_modalities(FILE *out, const char *key, ModalitySet set)
{
	fprintf(out, ",\"%s\":", key);
	modalities_json(out, set);
}

/* Some model was trained with several modalities together and cannot do without one. */
static bool wants_all(const Ensemble *ensemble)
{
	bool wants = false;
	for (int m = 0; m < ensemble->count; m++)
		wants |= checkpoint_wants_all(&ensemble->models[m]);
	return wants;
}

static void tell_hello(const Talk *talk)
{
	if (talk->settings.bare)
		return;
	const Ensemble *ensemble = talk->settings.ensemble;
	const LiveSettings *live = &talk->settings.live;
	const Labels *labels = live_labels(talk->live);
	const char *rereads = live_rereads(talk->live);
	ModalitySet reads = { { false } };
	Letter letter;
	FILE *out = letter_begin(&letter, "hello");
	fprintf(out, ",\"models\":[");
	for (int m = 0; m < ensemble->count; m++) {
		fputs(m ? "," : "", out);
		json_text(out, path_name(ensemble->paths[m]));
	}
	fprintf(out, "],\"labels\":");
	json_names(out, labels->names, labels->count);
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		reads.has[kind] = live_reads(talk->live, kind);
	put_modalities(out, "reads", reads);
	json_put_flag(out, "all", wants_all(ensemble));
	if (rereads)
		json_put_text(out, "rereads", path_name(rereads));
	json_put(out, "abstain", live->abstain);
	json_put(out, "every", live->every);
	json_put(out, "end", live->end);
	json_put(out, "longest", live->longest);
	json_put(out, "hop", why_hop(talk->why));
	letter_end(&letter, talk);
}

static void tell_answer(const Talk *talk, const LiveAnswer *answer)
{
	const Labels *labels = live_labels(talk->live);
	Letter letter;
	FILE *out = letter_begin(&letter, "answer");
	json_put_flag(out, "final", answer->final);
	json_put(out, "turn", answer->turn);
	json_put(out, "begin", answer->begin);
	json_put(out, "heard", answer->heard);
	json_put(out, "received", answer->received);
	json_put(out, "delay", answer->delay);
	put_modalities(out, "has", answer->has);
	json_put_text(out, "text", answer->text);
	json_put_text(out, "label", labels->names[answer->label]);
	json_put_flag(out, "sure", answer->sure);
	fprintf(out, ",\"p\":[");
	for (int c = 0; c < labels->count; c++) {
		fputs(c ? "," : "", out);
		json_share(out, (double)answer->probabilities[c]);
	}
	fputc(']', out);
	letter_end(&letter, talk);
}

static void tell_why(const Talk *talk, const LiveAnswer *answer)
{
	Letter letter;
	FILE *out = letter_begin(&letter, "why");
	json_put(out, "turn", answer->turn);
	json_put_text(out, "label", live_labels(talk->live)->names[answer->label]);
	why_print(out, talk->why, talk->live, answer);
	letter_end(&letter, talk);
}

static void tell_answers(const Talk *talk)
{
	LiveAnswer answer;
	while (live_next(talk->live, &answer)) {
		tell_answer(talk, &answer);
		if (answer.final && !talk->settings.bare)
			tell_why(talk, &answer);
	}
}

/* Four bytes, the lower first, whatever the machine's order. */
static unsigned char *put_float(unsigned char *at, double value)
{
	float number = (float)value;
	uint32_t bits;
	memcpy(&bits, &number, sizeof bits);
	for (int i = 0; i < 4; i++)
		*at++ = (unsigned char)(bits >> 8 * i & 255);
	return at;
}

static void tell_frames(const Talk *talk)
{
	enum { HEAD = 12, BANDS_MOST = 255 };
	static unsigned char message[HEAD + 4 * LIVE_SHOWN * BANDS_MOST];
	double seconds;
	if (talk->settings.bare)
		return;
	Tensor frames = live_spectrogram(talk->live, &seconds);
	if (!tensor_count(frames) || frames.shape[1] > BANDS_MOST)
		return;
	message[0] = TALK_FRAMES;
	message[1] = (unsigned char)frames.shape[1];
	message[2] = live_speaking(talk->live);
	unsigned char *at = put_float(message + 4, seconds);
	at = put_float(at, live_level(talk->live));
	for (size_t i = 0; i < tensor_count(frames); i++)
		at = put_float(at, (double)frames.data[i]);
	talk->settings.tell(
	        talk->settings.context, false, message, (size_t)(at - message));
}

/* ---- from the page ----------------------------------------------------------------- */

static bool begin(Talk *talk, const char *rate)
{
	Error error;
	double number;
	if (!number_parse(rate, strlen(rate), &number) || number < LIVE_LEAST_RATE ||
	        number > LIVE_MOST_RATE)
		return false;
	live_free(talk->live);
	talk->settings.live.rate = (int)number;
	talk->live = live_new(talk->settings.ensemble, &talk->settings.live, &error);
	talk->ended = false;
	if (!talk->live) {
		tell_error(talk, &error);
		return false;
	}
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		live_switch(talk->live, kind, !talk->off[kind]);
	tell_hello(talk);
	tell_frames(talk); /* none yet, but they are kept from here on */
	return true;
}

static bool switch_to(Talk *talk, const char *words)
{
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		size_t size = strlen(modality_name(kind));
		if (strncmp(words, modality_name(kind), size) != 0)
			continue;
		bool on = !strcmp(words + size, " on");
		if (!on && strcmp(words + size, " off") != 0)
			return false;
		talk->off[kind] = !on;
		live_switch(talk->live, kind, on);
		return true;
	}
	return false;
}

static void hear_words(Talk *talk, const char *words)
{
	Error error;
	if (!live_text(talk->live, words, &error))
		tell_error(talk, &error);
}

static bool hear_samples(Talk *talk, const unsigned char *bytes, size_t size)
{
	real samples[BLOCK];
	if (size % 2)
		return false;
	while (size && !talk->ended) {
		int count = size / 2 < BLOCK ? (int)(size / 2) : BLOCK;
		for (int i = 0; i < count; i++) {
			int low = bytes[2 * i], high = bytes[2 * i + 1];
			samples[i] = (real)((high << 8 | low) - (high & 128) * 512) /
			             (real)32768;
		}
		for (int used = 0; used < count;) {
			used += live_sound(talk->live, samples + used, count - used);
			tell_answers(talk);
		}
		bytes += 2 * count;
		size -= 2 * (size_t)count;
		tell_frames(talk);
	}
	return true;
}

static bool hear_bytes(Talk *talk, const unsigned char *bytes, size_t size)
{
	if (size && bytes[0] == TALK_SOUND)
		return hear_samples(talk, bytes + 1, size - 1);
	if (size != 1 + LIVE_PICTURE * LIVE_PICTURE || bytes[0] != TALK_FACE)
		return false;
	live_picture(talk->live, bytes + 1);
	tell_answers(talk);
	return true;
}

/* What follows the word and a blank; NULL: it begins otherwise. */
static const char *after(const char *text, const char *word)
{
	size_t size = strlen(word);
	return strncmp(text, word, size) || text[size] != ' ' ? NULL : text + size + 1;
}

static bool hear_text(Talk *talk, const char *text)
{
	const char *rest;
	if ((rest = after(text, "rate")) != NULL)
		return begin(talk, rest);
	if (!talk->live)
		return false;
	if ((rest = after(text, "switch")) != NULL) {
		if (!switch_to(talk, rest))
			return false;
	} else if ((rest = after(text, "text")) != NULL) {
		hear_words(talk, rest);
	} else if (!strcmp(text, "face off")) {
		live_picture(talk->live, NULL);
	} else if (!strcmp(text, "end")) {
		live_end(talk->live);
		talk->ended = true;
		tell_frames(talk);
	} else {
		return false;
	}
	tell_answers(talk);
	return true;
}

bool talk_hear(Talk *talk, bool text, const unsigned char *bytes, size_t size)
{
	if (!text)
		return talk->live && hear_bytes(talk, bytes, size);
	if (size && memchr(bytes, 0, size))
		return false;
	char *copy = malloc(size + 1);
	if (!copy)
		error_out_of_memory("talk", size + 1);
	if (size)
		memcpy(copy, bytes, size);
	copy[size] = '\0';
	bool heard = hear_text(talk, copy);
	free(copy);
	return heard;
}
