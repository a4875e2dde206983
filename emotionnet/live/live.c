/* live.c: turns. All sound is brought to FRAMES_RATE and goes by in steps of 10 ms. Each step
 * the gate says whether somebody speaks; a turn opens after `start` seconds of that, with the
 * samples from `margin` seconds before its first; and while it is open, samples are given to
 * the ears. In a silence longer than `margin` they are held back: if the voice comes again the
 * ears get them, and if the turn ends here they are no part of it. So a final answer rests on
 * the voice and `margin` around it, as a trimmed clip does.
 *
 * The last seconds of sound stand in a ring, by the number of each sample since live_new. */
#include "emotionnet/live/live.h"

#include "audio/voice/activity.h"
#include "emotionnet/face/track.h"
#include "emotionnet/live/ear.h"
#include "emotionnet/live/gate.h"
#include "emotionnet/live/shown.h"
#include "emotionnet/live/steps.h"
#include "emotionnet/score/coverage.h"
#include "tensor/denormals.h"
#include "tensor/utf8.h"

#include <math.h>
#include <string.h>

enum { PIXELS = LIVE_PICTURE * LIVE_PICTURE };
#define GAP       0.1 /* seconds: shorter gaps do not end the voice that may open a turn */
#define LATE      3.0 /* seconds after a turn in which words still belong to it */
#define FACE_ENDS 1.0 /* seconds that a picture counts */

typedef enum Waiting { WAITS_NOT, WAITS_PROVISIONAL, WAITS_FINAL, WAITS_FACE } Waiting;

typedef struct Turn {
	int number;
	bool open, known; /* known: it may be answered again */
	long long begin, fed, voice_end, end;
	bool ended_by_length;
	char text[LIVE_TEXT + 1];
} Turn;

struct Live {
	Arena *arena;
	const Ensemble *ensemble;
	LiveSettings settings;
	Ear **ears;
	Steps *steps;
	real *ring;
	long long ring_size, at; /* at: samples that have gone by */
	real *clip; /* the turn so far, for who reads it again; NULL: nobody does */
	bool ended;
	Gate gate;
	double voiced, gap; /* seconds: of the voice that may open a turn */
	long long onset;    /* where it began */
	Turn turn;
	long long next; /* when the next provisional answer is due */
	Waiting waits;
	unsigned char face[PIXELS];
	bool has_face;
	const Track *film; /* NULL: none */
	long long face_at;
	ModalitySet off;
	real *probabilities, *one; /* (classes) */
	Shown *shown;              /* NULL: nobody has asked */
};

static long long samples_of(double seconds)
{
	return (long long)(seconds * FRAMES_RATE + .5);
}

static double seconds_of(long long samples)
{
	return (double)samples / FRAMES_RATE;
}

/* ---- building ---------------------------------------------------------------------- */

static void sound_new(Live *live)
{
	const LiveSettings *s = &live->settings;
	live->steps = steps_new(live->arena, s->rate);
	live->ring_size = samples_of(fmax(2 * s->start + GAP, s->end) + s->margin + 1);
	live->ring = ARENA_ARRAY(live->arena, real, (size_t)live->ring_size);
	if (live_rereads(live))
		live->clip =
		        ARENA_ARRAY(live->arena, real, (size_t)samples_of(s->longest));
}

Live *live_new(const Ensemble *ensemble, const LiveSettings *settings, Error *error)
{
	if (!live_settings_check(settings, error))
		return NULL;
	Arena *arena = arena_new("live");
	Live *live = ARENA_NEW(arena, Live);
	*live = (Live){ .arena = arena, .ensemble = ensemble, .settings = *settings };
	live->ears = ARENA_ARRAY(arena, Ear *, (size_t)ensemble->count);
	for (int m = 0; m < ensemble->count; m++)
		live->ears[m] = ear_new(arena, &ensemble->models[m], settings->longest);
	if (!ears_check(ensemble, live->ears, error)) {
		arena_free(arena);
		return NULL;
	}
	size_t classes = (size_t)live_labels(live)->count;
	live->probabilities = ARENA_ARRAY(arena, real, classes);
	live->one = ARENA_ARRAY(arena, real, classes);
	sound_new(live);
	return live;
}

void live_free(Live *live)
{
	if (live)
		arena_free(live->arena);
}

/* ---- what it is -------------------------------------------------------------------- */

const Labels *live_labels(const Live *live)
{
	return &live->ensemble->models[0].frontend.labels;
}

bool live_reads(const Live *live, ModalityKind modality)
{
	for (int m = 0; m < live->ensemble->count; m++)
		if (ear_reads(live->ears[m], modality))
			return true;
	return false;
}

const char *live_rereads(const Live *live)
{
	for (int m = 0; m < live->ensemble->count; m++)
		if (ear_reads(live->ears[m], MODALITY_SPEECH) &&
		        !ear_streams(live->ears[m]))
			return live->ensemble->paths[m];
	return NULL;
}

bool live_speaking(const Live *live)
{
	return live->turn.open;
}

double live_level(const Live *live)
{
	return live->gate.begun ? live->gate.level : -120;
}

/* ---- the ears ---------------------------------------------------------------------- */

/* Gives the ears the samples of the turn up to, not including, `to`. */
static void feed(Live *live, long long to)
{
	Turn *turn = &live->turn;
	long long most = turn->begin + samples_of(live->settings.longest);
	if (to > most)
		to = most;
	while (turn->fed < to) {
		long long place = turn->fed % live->ring_size;
		long long count = to - turn->fed;
		if (count > live->ring_size - place)
			count = live->ring_size - place;
		const real *samples = live->ring + place;
		for (int m = 0; m < live->ensemble->count; m++)
			if (ear_streams(live->ears[m]))
				ear_push(live->ears[m], samples, (int)count);
		if (live->clip)
			memcpy(live->clip + (turn->fed - turn->begin), samples,
			        (size_t)count * sizeof(real));
		turn->fed += count;
	}
}

static void open_turn(Live *live, long long begin)
{
	Turn *turn = &live->turn;
	*turn = (Turn){ .number = turn->number + 1,
		.open = true,
		.known = true,
		.begin = begin,
		.fed = begin,
		.voice_end = live->at };
	for (int m = 0; m < live->ensemble->count; m++)
		ear_restart(live->ears[m]);
	live->next = begin + samples_of(live->settings.every);
	live->voiced = live->gap = 0;
}

static void close_turn(Live *live)
{
	live->turn.open = false;
	live->turn.end = live->turn.fed;
	live->voiced = live->gap = 0;
	live->waits = WAITS_FINAL;
}

/* ---- one step of 10 ms ------------------------------------------------------------- */

/* Voice that may open a turn: short gaps in it do not count. */
static void look_for_voice(Live *live, bool speaking, double seconds)
{
	const LiveSettings *s = &live->settings;
	if (speaking && live->voiced <= 0)
		live->onset = live->at - samples_of(seconds);
	live->voiced += speaking ? seconds : 0;
	live->gap = speaking ? 0 : live->gap + seconds;
	if (live->gap > GAP)
		live->voiced = 0;
	if (live->voiced < s->start - 1e-9)
		return;
	long long begin = live->onset - samples_of(s->margin);
	long long least = live->at - live->ring_size; /* what the ring still has */
	least = least > live->turn.end ? least : live->turn.end;
	open_turn(live, begin > least ? begin : least > 0 ? least : 0);
}

static void step_in_turn(Live *live, bool speaking)
{
	const LiveSettings *s = &live->settings;
	Turn *turn = &live->turn;
	if (speaking || s->end <= 0)
		turn->voice_end = live->at;
	long long margin = turn->voice_end + samples_of(s->margin);
	feed(live, live->at < margin ? live->at : margin);
	turn->ended_by_length = turn->fed - turn->begin >= samples_of(s->longest);
	if (turn->ended_by_length ||
	        (s->end > 0 && live->at - turn->voice_end >= samples_of(s->end)))
		close_turn(live);
	else if (s->every > 0 && live->at >= live->next) {
		live->waits = WAITS_PROVISIONAL;
		live->next += samples_of(s->every);
	}
}

/* The next samples, 10 ms or, at the end, less. */
static void step(Live *live, const real *samples, int count)
{
	bool speaking = gate_step(&live->gate, activity_level(samples, count));
	for (int n = 0; n < count; n++)
		live->ring[(live->at + n) % live->ring_size] = samples[n];
	live->at += count;
	if (live->shown)
		shown_push(live->shown, samples, count);
	if (!live->turn.open && live->settings.end <= 0)
		open_turn(live, live->at - count);
	else if (!live->turn.open)
		look_for_voice(live, speaking, seconds_of(count));
	if (live->turn.open)
		step_in_turn(live, speaking);
}

/* Steps until an answer waits or there is no whole step left. */
static void advance(Live *live)
{
	while (live->waits == WAITS_NOT) {
		Clip next = steps_next(live->steps);
		if (!next.count)
			break;
		step(live, next.samples, next.count);
	}
	if (live->waits == WAITS_NOT && live->ended && live->turn.open)
		close_turn(live);
}

/* ---- what comes -------------------------------------------------------------------- */

int live_sound(Live *live, const real *samples, int count)
{
	int taken = 0;
	if (live->ended)
		return count;
	denormals_flush(); /* of the thread that calls, whichever it is */
	advance(live);
	while (taken < count && live->waits == WAITS_NOT) {
		taken += steps_feed(live->steps, samples + taken, count - taken);
		advance(live);
	}
	return taken;
}

void live_end(Live *live)
{
	live->ended = true;
	steps_end(live->steps);
	advance(live);
}

/* Words would still be of the last turn. */
static bool is_late(const Live *live)
{
	const Turn *turn = &live->turn;
	return turn->known && !turn->open && !turn->text[0] &&
	       live->at - turn->end < samples_of(LATE);
}

bool live_wants_text(const Live *live)
{
	if (!live_reads(live, MODALITY_TEXT))
		return false;
	return !live_reads(live, MODALITY_SPEECH) || is_late(live) ||
	       (live->turn.open && !live->turn.text[0]);
}

bool live_text(Live *live, const char *text, Error *error)
{
	Turn *turn = &live->turn;
	size_t size = strlen(text), bad = utf8_invalid(text, size);
	if (size > LIVE_TEXT)
		return error_set(
		        error, "%zu bytes of text: expected at most %d", size, LIVE_TEXT);
	if (bad != size)
		return error_set(error, "byte %zu: expected UTF-8, found 0x%02X", bad,
		        (unsigned char)text[bad]);
	if (!turn->open && !size)
		return true;
	if (!turn->open && !is_late(live)) {
		open_turn(live, live->at);
		turn->end = live->at;
		turn->open = false;
	}
	memcpy(turn->text, text, size + 1);
	if (!turn->open)
		live->waits = WAITS_FINAL;
	else if (live->waits == WAITS_NOT)
		live->waits = WAITS_PROVISIONAL;
	return true;
}

void live_picture(Live *live, const unsigned char *grey)
{
	live->has_face = grey != NULL;
	if (!grey)
		return;
	memcpy(live->face, grey, PIXELS);
	live->face_at = live->at;
	if (!live->turn.open && live->waits == WAITS_NOT)
		live->waits = WAITS_FACE;
}

bool live_film(Live *live, const Track *film, Error *error)
{
	bool read = !film;
	for (int m = 0; m < live->ensemble->count && film; m++)
		read |= ear_reads_film(live->ears[m], film);
	if (read)
		live->film = film;
	return read ||
	       error_set(error,
	               "%s reads no face in time with %d numbers from \"%s\" to \"%s\", or normalises faces by speaker",
	               live->ensemble->paths[0], film->width, film->names[0],
	               film->names[film->width - 1]);
}

void live_switch(Live *live, ModalityKind modality, bool on)
{
	live->off.has[modality] = !on;
}

/* ---- answers ----------------------------------------------------------------------- */

static EarGiven given(const Live *live, Waiting waits)
{
	const Turn *turn = &live->turn;
	EarGiven given = { .clip = { .rate = FRAMES_RATE } };
	bool fresh = live->has_face && live->at - live->face_at <= samples_of(FACE_ENDS);
	if (fresh && !live->off.has[MODALITY_FACE])
		given.face = live->face;
	if (waits == WAITS_FACE)
		return given;
	if (live->film && !live->off.has[MODALITY_FACE]) {
		given.film = live->film;
		given.begin = seconds_of(turn->begin);
		given.end = seconds_of(turn->fed);
	}
	if (!live->off.has[MODALITY_SPEECH]) {
		given.clip.samples = live->clip;
		given.clip.count = (int)(turn->fed - turn->begin);
	}
	if (turn->text[0] && !live->off.has[MODALITY_TEXT])
		given.text = turn->text;
	return given;
}

/* The mean of what the models say that can answer; how many these are. */
static int ask(Live *live, const EarGiven *given, LiveAnswer *answer)
{
	int classes = live_labels(live)->count;
	memset(live->probabilities, 0, (size_t)classes * sizeof(real));
	for (int m = 0; m < live->ensemble->count; m++) {
		ModalitySet has;
		if (!ear_answer(live->ears[m], live->one, &has, given))
			continue;
		answer->models++;
		for (int c = 0; c < classes; c++)
			live->probabilities[c] += live->one[c];
		for (int k = 0; k < MODALITIES; k++)
			answer->has.has[k] |= has.has[k];
	}
	for (int c = 0; c < classes && answer->models; c++) {
		live->probabilities[c] /= (real)answer->models;
		if (live->probabilities[c] > live->probabilities[answer->label])
			answer->label = c;
	}
	return answer->models;
}

/* Up to where the sound is heard by every ear that hears. */
static long long heard_to(const Live *live)
{
	const Turn *turn = &live->turn;
	long long fed = turn->fed - turn->begin, least = fed;
	for (int m = 0; m < live->ensemble->count; m++) {
		long long heard = ear_heard(live->ears[m], fed);
		if (ear_reads(live->ears[m], MODALITY_SPEECH) && heard < least)
			least = heard;
	}
	return turn->begin + least;
}

/* The next turn, where one was cut because it was long; it goes on in the same breath. */
static void go_on(Live *live)
{
	Turn *turn = &live->turn;
	if (!turn->ended_by_length || turn->open)
		return;
	open_turn(live, turn->end);
	feed(live, live->at);
}

bool live_next(Live *live, LiveAnswer *answer)
{
	denormals_flush();
	if (live->ended) /* what waited behind the answer before */
		advance(live);
	while (live->waits != WAITS_NOT) {
		Waiting waits = live->waits;
		const Turn *turn = &live->turn;
		EarGiven what = given(live, waits);
		*answer = (LiveAnswer){ .final = waits == WAITS_FINAL,
			.turn = waits == WAITS_FACE ? 0 : turn->number,
			.begin = seconds_of(turn->begin),
			.heard = seconds_of(heard_to(live)),
			.received = seconds_of(live->at) + steps_reach(live->steps),
			.text = what.text ? what.text : "",
			.probabilities = live->probabilities };
		if (waits == WAITS_FACE)
			answer->begin = answer->heard = seconds_of(live->at);
		answer->delay = answer->received - answer->heard;
		int models = ask(live, &what, answer);
		answer->sure = models &&
		               answer_sure(live->probabilities, live_labels(live)->count,
		                       live->settings.abstain);
		live->waits = WAITS_NOT;
		if (waits == WAITS_FINAL)
			go_on(live);
		if (models)
			return true;
		advance(live);
	}
	return false;
}

bool live_example(Live *live, int m, Example *example)
{
	if (!live->turn.known || m < 0 || m >= live->ensemble->count)
		return false;
	*example = *ear_example(live->ears[m]);
	for (int k = 0; k < MODALITIES; k++)
		if (example_has(example, (ModalityKind)k))
			return true;
	return false;
}

/* ---- to be shown ------------------------------------------------------------------- */

Tensor live_spectrogram(Live *live, double *seconds)
{
	long long first = live->at;
	for (int m = 0; m < live->ensemble->count && !live->shown; m++) {
		const Frontend *frontend = &live->ensemble->models[m].frontend;
		if (frontend_reads_frames(frontend))
			live->shown = shown_new(
			        live->arena, &frontend->frames.mel, live->at, LIVE_SHOWN);
	}
	Tensor frames = { .ndim = 2 };
	if (live->shown)
		frames = shown_take(live->shown, &first);
	*seconds = seconds_of(first);
	return frames;
}
