/* live_native.c: what the page live/ has inside it, without a page: does what each line of the
 * standard input says, and prints what is told, a line each.
 *
 *     model 0 gated.safetensors       choose 0           hear text I am glad
 *     play 3 inf                      law                corpus 12
 *     ask 3 10 1 1101                 sound 3 5
 *
 * `play` hears an utterance of the corpus as the microphone would, in blocks of 20 ms. */
#include "tutorials/web/live/inside.h"
#include "tutorials/web/live/lab.h"

#include <stdlib.h>
#include <string.h>

enum { LINE = 4096, BLOCK = 320 };

static float *played; /* what `play` asked for, instead of being printed */
static int samples;

void page_tell(int place, int text, const void *bytes, size_t size)
{
	if (place < 0 && !text && samples < 0) {
		samples = (int)(size / sizeof *played);
		played = malloc(size);
		if (played)
			memcpy(played, bytes, size);
		return;
	}
	printf("%d ", place);
	if (text)
		fwrite(bytes, 1, size, stdout);
	for (size_t i = 0; i < size && !text; i++)
		printf("%02x", ((const unsigned char *)bytes)[i]);
	putchar('\n');
}

static size_t put(const void *bytes, size_t size)
{
	memcpy(inside_room(size), bytes, size);
	return size;
}

static void hear(int chosen, int text, const void *bytes, size_t size)
{
	put(bytes, size);
	inside_hear(chosen, text, size);
	for (int place = 0; place < INSIDE_MODELS; place++)
		if (place != chosen)
			inside_hear(place, text, size);
}

static void play(int chosen, int index, double snr)
{
	unsigned char block[1 + 2 * BLOCK] = { TALK_SOUND };
	samples = -1;
	lab_sound(index, snr);
	for (int at = 0; at < samples; at += BLOCK) {
		int count = samples - at < BLOCK ? samples - at : BLOCK;
		for (int i = 0; i < count; i++) {
			double x = (double)played[at + i];
			int sample = (int)(32767 * (x < -1 ? -1 : x > 1 ? 1 : x));
			block[1 + 2 * i] = (unsigned char)(sample & 255);
			block[2 + 2 * i] = (unsigned char)(sample >> 8 & 255);
		}
		hear(chosen, 0, block, 1 + 2 * (size_t)count);
	}
	free(played);
}

int main(void)
{
	char line[LINE], word[LINE];
	int chosen = 0, place, speech;
	double snr;
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (sscanf(line, "model %d %s", &place, word) == 2) {
			inside_model(place, put(word, strlen(word)));
		} else if (sscanf(line, "choose %d", &place) == 1) {
			inside_choose(chosen = place);
		} else if (!strncmp(line, "hear ", 5)) {
			hear(chosen, 1, line + 5, strlen(line + 5));
		} else if (sscanf(line, "play %d %lf", &place, &snr) == 2) {
			play(chosen, place, snr);
		} else if (!strcmp(line, "law")) {
			inside_law();
		} else if (sscanf(line, "corpus %d", &place) == 1) {
			lab_corpus(place);
		} else if (sscanf(line, "ask %d %lf %d %s", &place, &snr, &speech,
		                   word) == 4) {
			lab_ask(place, snr, speech, put(word, strlen(word)));
		} else if (sscanf(line, "sound %d %lf", &place, &snr) == 2) {
			lab_sound(place, snr);
		} else {
			fprintf(stderr, "expected a call, found: %s\n", line);
			return 1;
		}
	}
	return 0;
}
