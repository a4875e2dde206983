/* phones.h: the sounds of American English, each a row of numbers. */
#ifndef AUDIO_SYNTH_PHONES_H
#define AUDIO_SYNTH_PHONES_H

#include <stdbool.h>

typedef enum PhoneKind {
	PHONE_VOWEL,
	PHONE_GLIDE,     /* w y r l */
	PHONE_NASAL,     /* m n ng: the nose is open, the mouth shut */
	PHONE_FRICATIVE, /* s f v ...: noise at a narrow place */
	PHONE_STOP,      /* p t k b d g: silence, then a burst */
	PHONE_AFFRICATE, /* ch jh: silence, then a fricative */
	PHONE_ASPIRATE,  /* hh: noise at the glottis, in the shape of its neighbours */
	PHONE_SILENCE,
} PhoneKind;

enum { PHONE_FORMANTS = 3, PHONE_NOISES = 6 };

typedef struct Phone {
	const char *name; /* ARPAbet */
	PhoneKind kind;
	bool voiced;
	int duration, shortest; /* ms, stressed, and when squeezed as far as it goes */
	int formant[PHONE_FORMANTS]; /* Hz, where the tract aims at */
	int width[PHONE_FORMANTS];   /* Hz, bandwidths */
	int glide[PHONE_FORMANTS];   /* Hz, where a diphthong ends; 0: it stays */
	double grip[PHONE_FORMANTS]; /* how firmly it holds them against its neighbours */
	int reach;                   /* ms, how far its formants are felt beyond it */
	int noise[PHONE_NOISES]; /* dB, of noise through resonators 2..6 and past them */
} Phone;

/* The row of a name without its stress digit, or NULL. `length` characters of it
 * count. */
const Phone *phone_find(const char *name, int length);
const Phone *phone_silence(void);

#endif
