/* From words to segments: what follows what, how long, how loud, and where the pitch
 * moves.
 *
 * Duration, after Klatt 1979 (rules in Allen, Hunnicutt & Klatt 1987, ch. 9): a phoneme
 * can be squeezed, but not below its shortest,
 *
 *     D = (inherent - shortest) * k + shortest,       then all is divided by the rate,
 *
 * k the product of the factors that apply: unstressed vowel, word of several syllables,
 * consonant in a cluster, vowel before a voiceless consonant, last syllable of the
 * phrase, emphasis. We keep seven of his eleven rules.
 *
 * A stop is a closure, a burst and, if voiceless, aspiration until the voice sets in;
 * before a stressed vowel long, else short, and after /s/ none (Lisker & Abramson
 * 1964). */
#include "audio/synth/plan.h"
#include "tensor/error.h"

#include <string.h>

enum { MAX_PIECES = 3 }; /* segments of one phoneme */

static const double LEAD = 0.04, TAIL = 0.06; /* seconds of silence around the speech */
static const double BURST = 0.010;            /* seconds */
/* Standard deviations, relative. No two tokens of a sound are alike (Peterson & Barney
 * 1952: within one vowel and sex, formants vary by 5 to 10 %, most of it between
 * speakers). */
static const double LOOSE_DURATION = 0.12, LOOSE_FORMANT = 0.05;
static const double ACCENT = 0.22, EMPHASIS = 0.55; /* ln: 4 and 10 semitones */

/* A phoneme in its place, before it is laid out. */
typedef struct Sound {
	const Phone *phone;
	int word, stress; /* stress: 0, 1, 2 of CMUdict on a vowel, -1 on a consonant */
	double accent;    /* of its word */
	bool first, last; /* in its word */
	bool single;      /* its word has one syllable */
	double pause;     /* after it, seconds */
} Sound;

/* --- reading the words -------------------------------------------------------------- */

static Sound sound_read(Site site, const char *token, int length)
{
	int letters = (int)strcspn(token, "012 ");
	int stress = letters < length ? token[letters] - '0' : -1;
	bool schwa = letters == 2 && !strncmp(token, "AH", 2) && stress == 0;
	const Phone *phone = schwa ? phone_find("AX", 2) : phone_find(token, letters);
	if (!phone)
		error_stop(site, "synth_plan",
		        "phoneme \"%.*s\": expected one of ARPAbet, with 0, 1 or 2 after a vowel",
		        length, token);
	return (Sound){ .phone = phone, .stress = stress };
}

static int word_read(Site site, const SynthWord *word, int index, Sound sounds[])
{
	int count = 0, vowels = 0;
	for (const char *p = word->phones; *p;) {
		int length = (int)strcspn(p, " ");
		Sound *sound = &sounds[count];
		*sound = sound_read(site, p, length);
		sound->word = index;
		sound->accent = word->stress;
		sound->first = count == 0;
		vowels += sound->phone->kind == PHONE_VOWEL;
		count++;
		p += length;
		p += strspn(p, " ");
	}
	if (!count)
		error_stop(site, "synth_plan", "word %d has no phonemes", index);
	for (int i = 0; i < count; i++)
		sounds[i].single = vowels < 2;
	sounds[count - 1].last = true;
	sounds[count - 1].pause = word->pause;
	return count;
}

static bool is_vowel(const Sound *sound)
{
	return sound && sound->phone->kind == PHONE_VOWEL;
}

/* /r l/ after a vowel and before none are made with less constriction. */
static void choose_allophones(Sound sounds[], int count)
{
	for (int i = 1; i < count; i++) {
		Sound *sound = &sounds[i];
		bool closes = !sound->first && is_vowel(&sounds[i - 1]) &&
		              (sound->last || !is_vowel(&sounds[i + 1]));
		if (closes && !strcmp(sound->phone->name, "R"))
			sound->phone = phone_find("RX", 2);
		if (closes && !strcmp(sound->phone->name, "L"))
			sound->phone = phone_find("LX", 2);
	}
}

/* --- durations ---------------------------------------------------------------------- */

static bool is_voiceless(const Sound *sound)
{
	return sound && !sound->phone->voiced && sound->phone->kind != PHONE_ASPIRATE;
}

/* Whether no vowel of the phrase follows, so that the sound is in its last syllable's
 * rhyme. */
static bool in_last_syllable(const Sound *sounds, int count, int i)
{
	for (int j = i; j < count; j++) {
		if (j > i && is_vowel(&sounds[j]))
			return false;
		if (sounds[j].pause > 0.05)
			return true;
	}
	return true;
}

static double vowel_factor(const Sound *sound, const Sound *next, bool last)
{
	double k = 1;
	if (sound->stress == 0)
		k *= 0.6;
	if (sound->accent < 1)
		k *= 0.6; /* a function word */
	if (!sound->single)
		k *= 0.8;
	if (!sound->last && is_voiceless(next))
		k *= 0.7;
	if (last)
		k *= 1.4;
	if (sound->accent > 1 && sound->stress != 0)
		k *= 1.6;
	return k;
}

static double consonant_factor(const Sound *sound, const Sound *before, const Sound *next)
{
	bool cluster = (before && !sound->first && !is_vowel(before)) ||
	               (next && !sound->last && !is_vowel(next));
	double k = cluster ? 0.6 : 1;
	if (sound->accent < 1)
		k *= 0.7;
	return sound->accent > 1 ? 1.2 * k : k;
}

static double duration(const Sound *sounds, int count, int i)
{
	const Sound *before = i ? &sounds[i - 1] : NULL;
	const Sound *next = i + 1 < count ? &sounds[i + 1] : NULL;
	const Phone *phone = sounds[i].phone;
	double k = is_vowel(&sounds[i]) ? vowel_factor(&sounds[i], next,
	                                          in_last_syllable(sounds, count, i))
	                                : consonant_factor(&sounds[i], before, next);
	return ((phone->duration - phone->shortest) * k + phone->shortest) / 1000;
}

/* --- segments ----------------------------------------------------------------------- */

static SynthSegment segment_new(const Sound *sound, double length)
{
	const Phone *phone = sound->phone;
	SynthSegment segment = { .phone = phone,
		.word = sound->word,
		.length = length,
		.reach = phone->reach / 1000.0 };
	for (int f = 0; f < PHONE_FORMANTS; f++) {
		segment.formant[f] = phone->formant[f];
		segment.grip[f] = phone->grip[f];
	}
	return segment;
}

/* Vowels, glides, nasals, fricatives and /h/. A diphthong is two targets. */
static int lay_continuant(const Sound *sound, double length, SynthSegment out[])
{
	SynthSegment segment = segment_new(sound, length);
	switch (sound->phone->kind) {
	case PHONE_VOWEL:
		segment.voicing = sound->stress == 0 ? 57 : 60;
		break;
	case PHONE_GLIDE:
		segment.voicing = 56;
		break;
	case PHONE_NASAL:
		segment.voicing = 54;
		break;
	case PHONE_ASPIRATE:
		segment.aspiration = 58;
		break;
	default:
		segment.voicing = sound->phone->voiced ? 50 : 0;
		segment.frication = sound->phone->voiced ? 54 : 60;
	}
	out[0] = segment;
	if (!sound->phone->glide[0])
		return 1;
	out[0].length = 0.5 * length;
	out[1] = out[0];
	for (int f = 0; f < PHONE_FORMANTS; f++)
		out[1].formant[f] = sound->phone->glide[f];
	return 2;
}

/* Closure, burst, aspiration. `next` NULL: the phrase ends. */
static int lay_stop(const Sound *sound, const Sound *before, const Sound *next,
        double length, SynthSegment out[])
{
	bool affricate = sound->phone->kind == PHONE_AFFRICATE;
	bool released = !next || next->phone->kind != PHONE_STOP;
	bool to_voice = next && next->phone->voiced && !sound->last;
	bool after_s = before && !sound->first && !strcmp(before->phone->name, "S");
	int count = 0;
	out[count] = segment_new(sound, length);
	out[count++].voicing = sound->phone->voiced ? 46 : 0;
	if (!released)
		return count;
	out[count] = segment_new(sound, affricate ? 0.065 : BURST);
	out[count++].frication = sound->phone->voiced ? 57 : 60;
	if (sound->phone->voiced || affricate || after_s)
		return count;
	double onset = to_voice ? (next->stress == 0 ? 0.025 : 0.045) : 0.015;
	out[count] = segment_new(sound, onset);
	for (int f = 0; f < PHONE_FORMANTS; f++)
		out[count].grip[f] *= 0.3; /* the tongue is already on its way */
	out[count++].aspiration = to_voice ? 56 : 50;
	return count;
}

/* The place of /k g/ follows the vowel: F2 1990 Hz before a front one, 1200 before a
 * back one. */
static void velar_follows_vowel(SynthSegment *segment, const Sound *vowel)
{
	double f2 = vowel->phone->formant[1];
	segment->formant[1] = 0.7 * f2 + 650;
	segment->formant[2] = segment->formant[1] + 500;
}

static int lay_sound(const Sound *sounds, int count, int i, SynthSegment out[MAX_PIECES])
{
	const Sound *before = i ? &sounds[i - 1] : NULL;
	const Sound *next = i + 1 < count && sounds[i].pause <= 0 ? &sounds[i + 1] : NULL;
	const char *name = sounds[i].phone->name;
	double length = duration(sounds, count, i);
	PhoneKind kind = sounds[i].phone->kind;
	if (kind != PHONE_STOP && kind != PHONE_AFFRICATE)
		return lay_continuant(&sounds[i], length, out);
	int pieces = lay_stop(&sounds[i], before, next, length, out);
	const Sound *vowel = is_vowel(next) ? next : is_vowel(before) ? before : NULL;
	if (vowel && (!strcmp(name, "K") || !strcmp(name, "G")))
		for (int p = 0; p < pieces; p++)
			velar_follows_vowel(&out[p], vowel);
	return pieces;
}

static void push_silence(SynthPlan *plan, double length)
{
	const Sound sound = { .phone = phone_silence(), .word = -1 };
	SynthSegment *segment = &plan->segments[plan->count++];
	*segment = segment_new(&sound, length);
	segment->start = plan->length;
	plan->length += length;
}

/* --- pitch -------------------------------------------------------------------------- */

/* The stressed vowel of an accented word lifts the pitch, a little before it is
 * reached. */
static void push_accent(SynthPlan *plan, const Sound *sound, double start, double end)
{
	if (sound->stress != 1 || sound->accent < 1)
		return;
	double height = ACCENT + (sound->accent - 1) * (EMPHASIS - ACCENT);
	plan->accents[plan->accent_count++] = (SynthAccent){
		.start = start - 0.05, .end = end - 0.02, .height = height
	};
}

/* --- all together ------------------------------------------------------------------- */

/* A little different every time: normal, cut off at two deviations. */
static double vary(double deviation, Rng *rng)
{
	double z = rng_normal(rng);
	return 1 + deviation * (z < -2 ? -2 : z > 2 ? 2 : z);
}

static void push_sound(SynthPlan *plan, const Sound *sounds, int count, int i, Rng *rng)
{
	double rate = plan->speaker.rate * plan->manner.rate;
	double emphasis = sounds[i].accent > 1 ? 5 * (sounds[i].accent - 1) : 0; /* dB */
	double start = plan->length, loose = vary(LOOSE_DURATION, rng);
	double aim[PHONE_FORMANTS];
	for (int f = 0; f < PHONE_FORMANTS; f++)
		aim[f] = vary(LOOSE_FORMANT, rng);
	SynthSegment pieces[MAX_PIECES];
	int piece_count = lay_sound(sounds, count, i, pieces);
	for (int p = 0; p < piece_count; p++) {
		SynthSegment *segment = &plan->segments[plan->count++];
		*segment = pieces[p];
		segment->start = plan->length;
		segment->length *= loose / rate;
		for (int f = 0; f < PHONE_FORMANTS; f++)
			segment->formant[f] *= aim[f];
		segment->voicing += segment->voicing > 0 ? emphasis : 0;
		segment->aspiration += segment->aspiration > 0 ? emphasis : 0;
		segment->frication += segment->frication > 0 ? emphasis : 0;
		plan->length += segment->length;
	}
	push_accent(plan, &sounds[i], start, plan->length);
	if (sounds[i].pause > 0 && i + 1 < count)
		push_silence(plan, sounds[i].pause / rate);
}

SynthPlan *synth_plan_at(Site site, Arena *arena, const SynthWord *words, int count,
        const SynthSpeaker *speaker, const SynthManner *manner, Rng *rng)
{
	if (count < 1)
		error_stop(site, "synth_plan", "%d words: expected at least one", count);
	size_t most = 0; /* phonemes: no more than letters */
	for (int w = 0; w < count; w++)
		most += strlen(words[w].phones) + 1;
	Sound *sounds = ARENA_ARRAY(arena, Sound, most);
	int sound_count = 0;
	for (int w = 0; w < count; w++)
		sound_count += word_read(site, &words[w], w, sounds + sound_count);
	choose_allophones(sounds, sound_count);

	SynthPlan *plan = ARENA_NEW(arena, SynthPlan);
	*plan = (SynthPlan){ .words = count, .speaker = *speaker, .manner = *manner };
	plan->segments = ARENA_ARRAY(
	        arena, SynthSegment, (size_t)sound_count * (MAX_PIECES + 1) + 2);
	plan->accents = ARENA_ARRAY(arena, SynthAccent, (size_t)sound_count);
	push_silence(plan, LEAD);
	plan->voice_start = plan->length;
	for (int i = 0; i < sound_count; i++)
		push_sound(plan, sounds, sound_count, i, rng);
	plan->voice_end = plan->length;
	push_silence(plan, TAIL);
	return plan;
}

void synth_spans(const SynthPlan *plan, SynthSpan spans[])
{
	int word = -1;
	for (int i = 0; i < plan->count; i++) {
		const SynthSegment *segment = &plan->segments[i];
		if (segment->word < 0)
			continue;
		if (segment->word != word)
			spans[segment->word].start = segment->start;
		word = segment->word;
		spans[word].end = segment->start + segment->length;
	}
}

int synth_samples(const SynthPlan *plan)
{
	return (int)(plan->length * SYNTH_RATE);
}
