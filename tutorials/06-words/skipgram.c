#include "tutorials/06-words/skipgram.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

enum { MOST_TEXT = 40000 };

void vectors_new(Vectors *v, uint64_t seed)
{
	Rng rng = rng_new(seed);
	memset(v, 0, sizeof *v);
	for (int id = 0; id < MOST_WORDS; id++)
		for (int e = 0; e < WIDTH; e++)
			v->word[id][e] = 0.1f * (float)rng_normal(&rng);
}

static float dot(const float a[WIDTH], const float b[WIDTH])
{
	float sum = 0;
	for (int e = 0; e < WIDTH; e++)
		sum += a[e] * b[e];
	return sum;
}

/* [pair] */
void skipgram_pair(Vectors *v, int word, int other, float target, float rate)
{
	float *a = v->word[word], *b = v->beside[other];
	float d = real_sigmoid(dot(a, b)) - target; /* p - t */
	for (int e = 0; e < WIDTH; e++) {
		float d_a = d * b[e], d_b = d * a[e];
		a[e] -= rate * d_a;
		b[e] -= rate * d_b;
	}
}
/* [/pair] */

float pair_loss(const Vectors *v, int word, int other, float target)
{
	float z = dot(v->word[word], v->beside[other]);
	return -real_log(real_sigmoid(target > 0 ? z : -z));
}

/* All tokens of the set, one after the other. A word drawn from them is a frequent one
 * more often. Mikolov draws with the counts to the power 0.75. */
typedef struct Text {
	int count, id[MOST_TEXT];
} Text;

static void text_of(Text *text, Sentences set)
{
	text->count = 0;
	for (int s = 0; s < set.count; s++)
		for (int t = 0; t < set.items[s].count; t++)
			if (text->count < MOST_TEXT)
				text->id[text->count++] = set.items[s].id[t];
}

/* [skipgram] */
static void read_sentence(
        Vectors *v, const Sentence *s, const Text *text, const SkipGram *plan, Rng *rng)
{
	for (int i = 0; i < s->count; i++)
		for (int j = i - plan->window; j <= i + plan->window; j++) {
			if (j < 0 || j >= s->count || j == i)
				continue;
			skipgram_pair(v, s->id[i], s->id[j], 1, plan->rate);
			for (int n = 0; n < plan->negatives; n++) {
				int any = text->id[rng_below(rng, text->count)];
				skipgram_pair(v, s->id[i], any, 0, plan->rate);
			}
		}
}
/* [/skipgram] */

void skipgram_train(Vectors *v, Sentences set, const SkipGram *plan)
{
	static Text text;
	static int order[MOST_TEXT];
	text_of(&text, set);
	Rng rng = rng_new(plan->seed);
	for (int epoch = 0; epoch < plan->epochs; epoch++) {
		rng_permutation(&rng, set.count, order);
		for (int s = 0; s < set.count; s++)
			read_sentence(v, &set.items[order[s]], &text, plan, &rng);
	}
}

double pair_gradient_error(const Vectors *v, int word, int other, float target)
{
	Vectors after = *v, moved = *v;
	skipgram_pair(&after, word, other, target, 1); /* rate 1: moved by -gradient */
	double worst = 0;
	const float by = 1e-2f;
	for (int e = 0; e < WIDTH; e++) {
		float *at = &moved.word[word][e], before = *at;
		*at = before + by;
		double up = (double)pair_loss(&moved, word, other, target);
		*at = before - by;
		double down = (double)pair_loss(&moved, word, other, target);
		*at = before;
		double found = (double)(v->word[word][e] - after.word[word][e]);
		worst = fmax(worst, fabs((up - down) / (2 * (double)by) - found));
	}
	return worst;
}

/* --- neighbours --------------------------------------------------------------------------- */

/* [cosine] */
float cosine(const float a[WIDTH], const float b[WIDTH])
{
	return dot(a, b) / sqrtf(dot(a, a) * dot(b, b));
}
/* [/cosine] */

double mean_cosine(const float table[][WIDTH], const WordList *list)
{
	double sum = 0;
	int pairs = 0;
	for (int a = FIRST_WORD; a < list->count; a++)
		for (int b = FIRST_WORD; b < a; b++, pairs++)
			sum += (double)cosine(table[a], table[b]);
	return sum / pairs;
}

void nearest(int found[], int count, const float table[][WIDTH], const WordList *list,
        int word, const int among[])
{
	float of[MOST_WORDS];
	for (int i = 0; i < count; i++)
		found[i] = -1;
	for (int id = FIRST_WORD; id < list->count; id++) {
		if (id == word || (among && among[id] < 0))
			continue;
		of[id] = cosine(table[word], table[id]);
		int at = count;
		while (at > 0 && (found[at - 1] < 0 || of[found[at - 1]] < of[id]))
			at--;
		for (int i = count - 1; i > at; i--)
			found[i] = found[i - 1];
		if (at < count)
			found[at] = id;
	}
}

double same_emotion(
        const float table[][WIDTH], const WordList *list, const int emotion[], int count)
{
	enum { MOST = 20 };
	int found[MOST], same = 0, all = 0;
	for (int id = FIRST_WORD; id < list->count; id++) {
		if (emotion[id] < 0)
			continue;
		nearest(found, count, table, list, id, emotion);
		for (int i = 0; i < count; i++, all++)
			same += emotion[found[i]] == emotion[id];
	}
	return all ? (double)same / all : 0;
}
