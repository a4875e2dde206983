/* Formants, bandwidths and noise spectra: Klatt, "Software for a cascade/parallel formant
 * synthesizer"
 * (JASA 67, 1980), tables II and III, an adult male. Durations: Klatt's inherent and
 * minimal ones, in Allen, Hunnicutt & Klatt, "From text to speech: the MITalk system"
 * (1987), chapter 9.
 *
 * grip is ours, in the order of Recasens' degrees of articulatory constraint (1985): the
 * tongue's body is bound in /sh ch y r/, less in /t d s n/, hardly in the lips' /p b m/,
 * and in /k g/ the place itself follows the vowel; /h/ has no place at all. reach:
 * fast for stops, slow for glides. */
#include "audio/synth/phones.h"

#include <stddef.h>
#include <string.h>

#define NO_GLIDE                                                                         \
	{                                                                                \
		0, 0, 0                                                                  \
	}
#define NO_NOISE                                                                         \
	{                                                                                \
		0, 0, 0, 0, 0, 0                                                         \
	}

/* clang-format off */
static const Phone phones[] = {
	/* name kind       voiced  ms    F1   F2    F3      B1   B2   B3     end of a
	 * diphthong  grip reach   A2  A3  A4  A5  A6  AB */
	{ "IY", PHONE_VOWEL, true, 155, 55, { 310, 2150, 2960 }, { 45, 120, 250 }, { 290, 2250, 3000 }, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },
	{ "IH", PHONE_VOWEL, true, 135, 40, { 400, 1800, 2570 }, { 50, 100, 140 }, NO_GLIDE, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },
	{ "EY", PHONE_VOWEL, true, 190, 70, { 480, 1720, 2520 }, { 70, 100, 200 }, { 330, 2020, 2600 }, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },
	{ "EH", PHONE_VOWEL, true, 150, 70, { 530, 1680, 2500 }, { 60, 90, 200 }, NO_GLIDE, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },
	{ "AE", PHONE_VOWEL, true, 230, 80, { 650, 1680, 2430 }, { 70, 150, 320 }, NO_GLIDE, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },
	{ "AA", PHONE_VOWEL, true, 240, 100, { 700, 1220, 2600 }, { 130, 70, 160 }, NO_GLIDE, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },
	{ "AO", PHONE_VOWEL, true, 240, 100, { 600, 990, 2570 }, { 90, 100, 80 }, NO_GLIDE, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },
	{ "AH", PHONE_VOWEL, true, 140, 60, { 620, 1220, 2550 }, { 80, 50, 140 }, NO_GLIDE, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },
	{ "AX", PHONE_VOWEL, true, 110, 40, { 500, 1400, 2500 }, { 80, 90, 140 }, NO_GLIDE, { 0.6, 0.6, 0.6 }, 20, NO_NOISE },
	{ "OW", PHONE_VOWEL, true, 220, 80, { 540, 1100, 2300 }, { 80, 70, 70 }, { 450, 900, 2300 }, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },
	{ "UH", PHONE_VOWEL, true, 160, 60, { 450, 1100, 2350 }, { 80, 100, 80 }, NO_GLIDE, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },
	{ "UW", PHONE_VOWEL, true, 210, 70, { 340, 1350, 2250 }, { 65, 110, 140 }, { 320, 1100, 2250 }, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },
	{ "ER", PHONE_VOWEL, true, 180, 80, { 470, 1270, 1540 }, { 100, 60, 110 }, NO_GLIDE, { 1.0, 1.2, 1.2 }, 30, NO_NOISE },
	{ "AY", PHONE_VOWEL, true, 250, 100, { 660, 1200, 2550 }, { 100, 70, 200 }, { 400, 1880, 2500 }, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },
	{ "AW", PHONE_VOWEL, true, 260, 100, { 720, 1400, 2500 }, { 80, 70, 140 }, { 430, 1000, 2350 }, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },
	{ "OY", PHONE_VOWEL, true, 280, 120, { 550, 960, 2400 }, { 80, 50, 130 }, { 360, 1820, 2450 }, { 1.0, 1.0, 1.0 }, 20, NO_NOISE },

	{ "W", PHONE_GLIDE, true, 80, 60, { 290, 610, 2150 }, { 50, 80, 60 }, NO_GLIDE, { 1.2, 1.2, 1.0 }, 30, NO_NOISE },
	{ "Y", PHONE_GLIDE, true, 80, 40, { 260, 2070, 3020 }, { 40, 250, 500 }, NO_GLIDE, { 1.2, 1.2, 1.2 }, 30, NO_NOISE },
	{ "R", PHONE_GLIDE, true, 80, 40, { 310, 1060, 1380 }, { 70, 100, 120 }, NO_GLIDE, { 1.2, 1.3, 1.5 }, 30, NO_NOISE },
	{ "RX", PHONE_GLIDE, true, 80, 40, { 460, 1260, 1560 }, { 70, 100, 120 }, NO_GLIDE, { 1.2, 1.3, 1.5 }, 30, NO_NOISE },
	{ "L", PHONE_GLIDE, true, 80, 50, { 310, 1050, 2880 }, { 50, 100, 280 }, NO_GLIDE, { 1.2, 1.2, 1.0 }, 22, NO_NOISE },
	{ "LX", PHONE_GLIDE, true, 80, 50, { 450, 850, 2650 }, { 50, 100, 280 }, NO_GLIDE, { 1.2, 1.2, 1.0 }, 22, NO_NOISE },

	{ "M", PHONE_NASAL, true, 70, 60, { 400, 1150, 2130 }, { 60, 200, 200 }, NO_GLIDE, { 1.0, 0.4, 0.4 }, 22, NO_NOISE },
	{ "N", PHONE_NASAL, true, 60, 50, { 400, 1550, 2570 }, { 60, 300, 300 }, NO_GLIDE, { 1.0, 1.0, 1.0 }, 22, NO_NOISE },
	{ "NG", PHONE_NASAL, true, 95, 60, { 400, 2000, 2600 }, { 60, 300, 300 }, NO_GLIDE, { 1.0, 0.7, 0.7 }, 22, NO_NOISE },

	{ "F", PHONE_FRICATIVE, false, 100, 80, { 340, 1100, 2080 }, { 200, 120, 150 }, NO_GLIDE, { 1.0, 0.4, 0.4 }, 15, { 0, 0, 0, 0, 0, 31 } },
	{ "V", PHONE_FRICATIVE, true, 60, 40, { 220, 1100, 2080 }, { 60, 90, 120 }, NO_GLIDE, { 1.0, 0.4, 0.4 }, 15, { 0, 0, 0, 0, 0, 31 } },
	{ "TH", PHONE_FRICATIVE, false, 90, 60, { 320, 1290, 2540 }, { 200, 90, 200 }, NO_GLIDE, { 1.0, 0.9, 0.9 }, 15, { 0, 0, 0, 0, 11, 22 } },
	{ "DH", PHONE_FRICATIVE, true, 50, 30, { 270, 1290, 2540 }, { 60, 80, 170 }, NO_GLIDE, { 1.0, 0.9, 0.9 }, 15, { 0, 0, 0, 0, 11, 22 } },
	{ "S", PHONE_FRICATIVE, false, 105, 60, { 320, 1390, 2530 }, { 200, 80, 200 }, NO_GLIDE, { 1.0, 1.1, 1.0 }, 15, { 0, 0, 0, 0, 35, 0 } },
	{ "Z", PHONE_FRICATIVE, true, 75, 40, { 240, 1390, 2530 }, { 70, 60, 180 }, NO_GLIDE, { 1.0, 1.1, 1.0 }, 15, { 0, 0, 0, 0, 35, 0 } },
	{ "SH", PHONE_FRICATIVE, false, 105, 80, { 300, 1840, 2750 }, { 200, 100, 300 }, NO_GLIDE, { 1.0, 1.3, 1.2 }, 20, { 0, 55, 42, 37, 29, 0 } },
	{ "ZH", PHONE_FRICATIVE, true, 70, 40, { 300, 1840, 2750 }, { 70, 60, 280 }, NO_GLIDE, { 1.0, 1.3, 1.2 }, 20, { 0, 55, 42, 37, 29, 0 } },
	{ "HH", PHONE_ASPIRATE, false, 80, 30, { 500, 1500, 2500 }, { 250, 150, 200 }, NO_GLIDE, { 0.0, 0.0, 0.0 }, 10, NO_NOISE },

	{ "CH", PHONE_AFFRICATE, false, 70, 50, { 350, 1800, 2820 }, { 200, 90, 300 }, NO_GLIDE, { 1.2, 1.2, 1.2 }, 15, { 0, 42, 54, 42, 36, 0 } },
	{ "JH", PHONE_AFFRICATE, true, 70, 50, { 260, 1800, 2820 }, { 60, 80, 270 }, NO_GLIDE, { 1.2, 1.2, 1.2 }, 15, { 0, 42, 54, 42, 36, 0 } },
	{ "P", PHONE_STOP, false, 90, 50, { 400, 1100, 2150 }, { 300, 150, 220 }, NO_GLIDE, { 1.2, 0.35, 0.35 }, 20, { 0, 0, 0, 0, 0, 37 } },
	{ "B", PHONE_STOP, true, 85, 60, { 200, 1100, 2150 }, { 60, 110, 130 }, NO_GLIDE, { 1.2, 0.35, 0.35 }, 20, { 0, 0, 0, 0, 0, 37 } },
	{ "T", PHONE_STOP, false, 75, 50, { 400, 1600, 2600 }, { 300, 120, 250 }, NO_GLIDE, { 1.2, 1.1, 1.0 }, 20, { 0, 28, 39, 46, 46, 0 } },
	{ "D", PHONE_STOP, true, 75, 50, { 200, 1600, 2600 }, { 60, 100, 170 }, NO_GLIDE, { 1.2, 1.1, 1.0 }, 20, { 0, 45, 54, 51, 43, 0 } },
	{ "K", PHONE_STOP, false, 80, 60, { 300, 1990, 2850 }, { 250, 160, 330 }, NO_GLIDE, { 1.2, 0.8, 0.8 }, 20, { 58, 41, 39, 34, 28, 0 } },
	{ "G", PHONE_STOP, true, 80, 60, { 200, 1990, 2850 }, { 60, 150, 280 }, NO_GLIDE, { 1.2, 0.8, 0.8 }, 20, { 58, 41, 39, 34, 28, 0 } },
};
static const Phone silence = { "SIL", PHONE_SILENCE, false, 0, 0, { 500, 1500, 2500 }, { 80, 100, 150 }, NO_GLIDE, { 0.01, 0.01, 0.01 }, 10, NO_NOISE };
/* clang-format on */

const Phone *phone_find(const char *name, int length)
{
	for (size_t i = 0; i < sizeof phones / sizeof phones[0]; i++)
		if (strlen(phones[i].name) == (size_t)length &&
		        !strncmp(phones[i].name, name, (size_t)length))
			return &phones[i];
	return NULL;
}

const Phone *phone_silence(void)
{
	return &silence;
}
