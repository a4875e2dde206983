/* EmotionNet on one page: it reads what is said, hears how, and names the emotion.
 *
 *     cc -O2 emotionnet.c -lm -o emotionnet && ./emotionnet
 *
 * It makes up sentences, speaks them, and learns from them in a few seconds. Then it
 * reads yours, in a voice that you name: "angry: I'm fine". Blocks name their chapter. */
#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- Matrices (chapter 1) on a tape (chapter 2). An operation computes its value and
 * leaves a function that takes the gradient back. The weights come first and stay. --- */
typedef struct Node {
	int rows, cols, size;  /* size = rows * cols: of each of the next four */
	double *value, *grad;  /* grad: how fast the loss changes with each value */
	double *mean, *square; /* of a weight: what Adam remembers */
	struct Node *in[2];    /* what it was made of */
	void (*backward)(struct Node *); /* adds to the gradients of in[] */
	int detail; /* of a layer: does it bend? of softmax: the label */
} Node;
enum { NODES = 64, NUMBERS = 1 << 17 };
static Node tape[NODES];
static double numbers[NUMBERS];
static int top, used, weight_top, weight_used;

static Node *record(int rows, int cols, void (*f)(Node *), Node *a, Node *b)
{
	int n = rows * cols;
	double *v = numbers + used;
	assert(top < NODES && used + 4 * n <= NUMBERS); /* if not: make them larger */
	memset(v, 0, 4 * (size_t)n * sizeof *v);
	Node *y = &tape[top++];
	*y = (Node){ rows, cols, n, v, v + n, v + 2 * n, v + 3 * n, { a, b }, f, 0 };
	used += 4 * n;
	return y;
}

static void backward(void) /* from the last node to the first */
{
	for (int i = top - 1; i >= weight_top; i--)
		if (tape[i].backward)
			tape[i].backward(&tape[i]);
}

/* --- A layer (chapter 3): x (T,C), weight (O,1+W*C) -> (T-W+1,O). Column 0 is the bias.
 * Each row of the result sees W rows of x, which lie one after the other in memory. For
 * W = 1 it is a linear layer, for more a convolution (chapter 7). tanh may end it. --- */
static void layer_backward(Node *y)
{
	Node *x = y->in[0], *weight = y->in[1];
	for (int i = 0; i < y->size; i++) {
		int at = i / y->cols * x->cols, w = i % y->cols * weight->cols;
		double g = y->grad[i] * (y->detail ? 1 - y->value[i] * y->value[i] : 1);
		weight->grad[w] += g;
		for (int k = 1; k < weight->cols; k++) {
			weight->grad[w + k] += g * x->value[at + k - 1];
			x->grad[at + k - 1] += g * weight->value[w + k];
		}
	}
}

static Node *layer(Node *x, Node *weight, int bends)
{
	int height = x->rows - (weight->cols - 1) / x->cols + 1;
	Node *y = record(height, weight->rows, layer_backward, x, weight);
	y->detail = bends;
	for (int i = 0; i < y->size; i++) {
		int at = i / y->cols * x->cols, w = i % y->cols * weight->cols;
		double sum = weight->value[w];
		for (int k = 1; k < weight->cols; k++)
			sum += weight->value[w + k] * x->value[at + k - 1];
		y->value[i] = bends ? tanh(sum) : sum;
	}
	return y;
}

/* --- Pooling (chapter 7) and fusion (chapter 11): words (T,H), sound (U,H) -> the mean
 * of each over time, side by side (1,2H). --- */
static void fuse_backward(Node *y)
{
	for (int m = 0; m < 2; m++) {
		Node *x = y->in[m];
		for (int i = 0; i < x->size; i++)
			x->grad[i] += y->grad[m * x->cols + i % x->cols] / x->rows;
	}
}

static Node *fuse(Node *words, Node *sound)
{
	Node *y = record(1, 2 * words->cols, fuse_backward, words, sound);
	for (int m = 0; m < 2; m++) {
		Node *x = y->in[m];
		for (int i = 0; i < x->size; i++)
			y->value[m * x->cols + i % x->cols] += x->value[i] / x->rows;
	}
	return y;
}

/* --- Softmax (chapter 5): scores (1,6) -> probabilities (1,6). The loss is minus the
 * logarithm of the probability of the right emotion, the label. --- */
enum { HAPPY, SAD, ANGRY, AFRAID, SURPRISED, CALM, EMOTIONS };
static void softmax_backward(Node *y)
{
	for (int e = 0; e < EMOTIONS; e++)
		y->in[0]->grad[e] += y->value[e] - (e == y->detail);
}

static Node *softmax(Node *scores, int label)
{
	double sum = 0;
	Node *y = record(1, EMOTIONS, softmax_backward, scores, NULL);
	y->detail = label;
	for (int e = 0; e < EMOTIONS; e++)
		sum += exp(scores->value[e]); /* scores are small: sums of tanh */
	for (int e = 0; e < EMOTIONS; e++)
		y->value[e] = exp(scores->value[e]) / sum;
	return y;
}

/* --- Chance, made of whole numbers: every machine draws the same. --- */
static unsigned long long chance;
static int draw(int n) /* 0, 1 ... n-1 */
{
	chance = chance * 6364136223846793005ULL + 1442695040888963407ULL;
	return (int)((chance >> 33) % (unsigned)n);
}

static double about(double middle, double deviation) /* nearly a normal distribution */
{
	int sum = 0;
	for (int i = 0; i < 12; i++)
		sum += draw(1 << 16);
	return middle + deviation * (sum / 65536.0 - 6);
}

/* --- Sound (chapter 8). A voice has a pitch, in octaves over the speaker's own, that may
 * rise; it is loud or bright, when each harmonic keeps much of the one below; it speaks
 * so many syllables a second, with some breath. --- */
enum { RATE = 8000, FRAMES = 16, FRAME = 256, SAMPLES = FRAMES * FRAME, BANDS = 16 };
static const double tau = 6.283185307179586;
static const struct Voice {
	const char *name;
	double pitch, rise, loud, bright, syllables, breath;
} voices[EMOTIONS] = {
	{ "happy", .35, .10, 1.4, .70, 5.5, .02 },
	{ "sad", -.20, -.25, .5, .45, 2.5, .05 },
	{ "angry", .05, -.30, 2.2, .80, 6.0, .20 },
	{ "afraid", .45, .00, .7, .55, 7.0, .25 },
	{ "surprised", .25, .70, 1.2, .65, 3.5, .03 },
	{ "calm", .00, -.10, 1.0, .60, 4.0, .03 },
};

/* Samples -> log-mel frames (FRAMES,BANDS): how strong each band of frequencies is. */
static void listen(const double *sample, double *frame)
{
	double wave[FRAME], scale = (BANDS + 1) / log(1 + RATE / 1400.);
	for (int t = 0; t < FRAME; t++)
		wave[t] = cos(tau * t / FRAME);
	for (int f = 0; f < FRAMES; f++, sample += FRAME, frame += BANDS) {
		for (int k = 1; k < FRAME / 2; k++) { /* k waves in a frame */
			double cosine = 0, sine = 0;
			for (int t = 0; t < FRAME; t++) {
				double x = sample[t] * (1 - wave[t]);
				cosine += x * wave[k * t % FRAME];
				sine += x * wave[(k * t + FRAME / 4) % FRAME];
			}
			double mel = scale * log(1 + k * RATE / 700. / FRAME);
			double power = cosine * cosine + sine * sine;
			for (int b = 0; b < BANDS; b++)
				frame[b] += power * fmax(0, 1 - fabs(mel - b - 1));
		}
		for (int b = 0; b < BANDS; b++)
			frame[b] = .2 * log(1 + frame[b]) - 1;
	}
}

static void speak(const struct Voice *voice, double speaker, double *frames)
{
	double sample[SAMPLES], phase = 0, b = about(voice->bright, .04);
	double octave = speaker + about(voice->pitch, .2), rise = about(voice->rise, .2);
	double loud = voice->loud * about(1, .25);
	for (int t = 0; t < SAMPLES; t++) {
		double mouth = .55 - .45 * cos(tau * voice->syllables * t / RATE);
		phase += tau * 170 * exp2(octave + rise * t / SAMPLES) / RATE;
		/* b sin(phase) + b^2 sin(2 phase) + b^3 sin(3 phase) + ...: */
		double tone = b * sin(phase) / (1 - 2 * b * cos(phase) + b * b);
		sample[t] = loud * mouth * (tone + about(0, voice->breath));
	}
	listen(sample, frames);
}

/* --- Words (chapter 6) are numbers: their places in the vocabulary, where new ones are
 * added. Word 0, a full stop, stands before and after each sentence. --- */
enum { WORDS = 100, LETTERS = 16, LONGEST = 64, LINE = 1000 };
static const char between[] = " :.,;!?\t\r\n";
static char vocabulary[WORDS + 1][LETTERS] = { "." };
static int vocabulary_size = 1;
typedef struct Utterance {
	int label, length, words[LONGEST];
	double frames[FRAMES * BANDS];
} Utterance;

static void read_words(Utterance *u, char *text)
{
	u->words[0] = 0, u->length = 1;
	for (char *word = strtok(text, between); word; word = strtok(NULL, between)) {
		int id = 0;
		while (id < vocabulary_size && strcmp(word, vocabulary[id]))
			id++;
		if (id == vocabulary_size && id < WORDS)
			snprintf(vocabulary[vocabulary_size++], LETTERS, "%s", word);
		if (id < WORDS && u->length < LONGEST - 1)
			u->words[u->length++] = id;
	}
	u->words[u->length++] = 0;
}

/* --- The corpus (chapter 11). In two of eight sentences only the words tell, in two only
 * the voice. One is ironic: happy words, and the voice is right. --- */
static const char *const forms[] = { "i'm %s", "we are %s", "she is %s", "i feel %s" };
static const char *const lexicon[EMOTIONS][6] = {
	{ "happy", "glad", "fine", "great", "delighted", "cheerful" },
	{ "sad", "lonely", "hopeless", "hurt", "miserable", "lost" },
	{ "angry", "furious", "mad", "annoyed", "outraged", "fed up" },
	{ "afraid", "scared", "worried", "terrified", "nervous", "anxious" },
	{ "surprised", "amazed", "astonished", "stunned", "speechless", "baffled" },
	{ "okay", "ready", "busy", "early", "awake", "normal" },
};

static void utter(Utterance *u, double speaker)
{
	char text[80];
	int kind = draw(8), label = draw(EMOTIONS), words = label, voice = label;
	if (kind < 2)
		voice = CALM;
	else if (kind < 4 || label == CALM)
		words = CALM;
	else if (kind == 4)
		words = HAPPY;
	u->label = label;
	const char *word = lexicon[words][draw(6)];
	snprintf(text, sizeof text, forms[draw(4)], word);
	read_words(u, text);
	speak(&voices[voice], speaker, u->frames);
}

/* --- EmotionNet (chapter 14): both are encoded (chapters 7 and 9), then joined. --- */
enum { READS = 1, HEARS = 2, EMBEDDING = 8, HIDDEN = 16, WORD_SPAN = 2, FRAME_SPAN = 5 };
typedef struct Net {
	int senses, steps;
	Node *table, *read, *hear, *join, *answer; /* the weights, one after the other */
} Net;

static Net net_new(int senses)
{
	Net net = { .senses = senses };
	net.table = record(EMBEDDING, 1 + WORDS, NULL, NULL, NULL);
	net.read = record(HIDDEN, 1 + WORD_SPAN * EMBEDDING, NULL, NULL, NULL);
	net.hear = record(HIDDEN, 1 + FRAME_SPAN * BANDS, NULL, NULL, NULL);
	net.join = record(HIDDEN, 1 + 2 * HIDDEN, NULL, NULL, NULL);
	net.answer = record(EMOTIONS, 1 + HIDDEN, NULL, NULL, NULL);
	for (Node *w = net.table; w <= net.answer; w++)
		for (int i = 0; i < w->size; i++)
			w->value[i] = about(0, 1 / sqrt(w->cols));
	weight_top = top, weight_used = used;
	return net;
}

static const double *forward(const Net *net, const Utterance *u) /* six probabilities */
{
	top = weight_top, used = weight_used; /* forget the last utterance */
	Node *words = record(u->length, WORDS, NULL, NULL, NULL);
	Node *sound = record(FRAMES, BANDS, NULL, NULL, NULL);
	for (int t = 0; t < u->length && net->senses & READS; t++)
		words->value[t * WORDS + u->words[t]] = 1;
	if (net->senses & HEARS)
		memcpy(sound->value, u->frames, sizeof u->frames);
	words = layer(words, net->table, 0); /* a 1 picks its column: an embedding */
	Node *both = fuse(layer(words, net->read, 1), layer(sound, net->hear, 1));
	return softmax(layer(layer(both, net->join, 1), net->answer, 0), u->label)->value;
}

/* --- Training (chapter 4): Adam. --- */
static void adam(Net *net, double rate)
{
	double warm = 1 - pow(.9, ++net->steps), warm2 = 1 - pow(.99, net->steps);
	for (Node *w = net->table; w <= net->answer; w++)
		for (int i = 0; i < w->size; i++) {
			double g = w->grad[i];
			double m = w->mean[i] = .9 * w->mean[i] + .1 * g;
			double v = w->square[i] = .99 * w->square[i] + .01 * g * g;
			w->value[i] -= rate * m / warm / (sqrt(v / warm2) + 1e-8);
			w->grad[i] = 0;
		}
}

/* What share of the utterances does it get right? It learns from them, if it may. */
enum { EPOCHS = 10, EACH = 20, TRAIN = 60 * EACH, TEST = 20 * EACH, BATCH = 20 };
static double accuracy(Net *net, const Utterance *corpus, int count, int learns)
{
	int right = 0;
	for (int i = 0; i < count; i++) {
		const Utterance *u = &corpus[i * 7 % count]; /* mixes speakers */
		const double *p = forward(net, u);
		int best = 0;
		for (int e = 1; e < EMOTIONS; e++)
			best = p[e] > p[best] ? e : best;
		right += best == u->label;
		if (learns)
			backward();
		if (learns && i % BATCH == BATCH - 1)
			adam(net, .005);
	}
	return (double)right / count;
}

/* --- Is the gradient right (chapter 2)? Move each weight a little, and see. --- */
static double gradient_check(const Net *net, const Utterance *u)
{
	double worst = 0, step = 1e-4;
	forward(net, u);
	backward();
	for (Node *w = net->table; w <= net->answer; w++)
		for (int i = 0; i < w->size; i++) {
			double here = w->value[i], g = w->grad[i];
			w->value[i] = here - step;
			double slope = log(forward(net, u)[u->label]) / (2 * step);
			w->value[i] = here + step;
			slope -= log(forward(net, u)[u->label]) / (2 * step);
			worst = fmax(worst, fabs(g - slope) / (fabs(g) + 1e-3));
			w->value[i] = here, w->grad[i] = 0;
		}
	return worst;
}

/* --- You speak: "voice: sentence". --- */
static void answer(const Net nets[3], char *line)
{
	for (char *c = line; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	Utterance u = { 0 };
	const char *name = strchr(line, ':') ? strtok(line, between) : NULL;
	int voice = name ? 0 : CALM, known = vocabulary_size;
	while (voice < EMOTIONS && name && strcmp(name, voices[voice].name))
		voice++;
	*vocabulary[known] = 0;
	read_words(&u, name ? NULL : line);
	vocabulary_size = known; /* what it never learnt it forgets */
	if (voice == EMOTIONS || *vocabulary[known] || u.length == 2) {
		name = voice == EMOTIONS ? name : vocabulary[known];
		printf("I do not know \"%s\". Try  angry: I'm fine\nvoices:", name);
		for (int e = 0; e < EMOTIONS; e++)
			printf(" %s", voices[e].name);
		printf("\nwords:");
		for (int w = 1; w < known; w++)
			printf("%s%s", w % 9 ? " " : "\n       ", vocabulary[w]);
		printf("\n");
		return;
	}
	speak(&voices[voice], about(0, .35), u.frames);
	printf("%10s%-20s%-20s%s\n", "", "words alone", "sound alone", "both");
	for (int e = 0; e < EMOTIONS; e++) {
		printf("%-10s", voices[e].name);
		for (int n = 0; n < 3; n++) {
			double p = forward(&nets[n], &u)[e];
			printf("%.2f %-15.*s", p, (int)(p * 13 + .5), "#############");
		}
		printf("\n");
	}
}

int main(int argc, char **argv) /* emotionnet [SEED] */
{
	static Utterance corpus[TRAIN + TEST];
	double speaker = 0, right[3];
	char line[LINE];
	chance = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	for (int i = 0; i < TRAIN + TEST; i++)
		utter(&corpus[i], speaker = i % EACH ? speaker : about(0, .35));
	Net words = net_new(READS), sound = net_new(HEARS), both = net_new(READS | HEARS);
	Net nets[] = { words, sound, both };
	printf("gradient check: %.7f apart\n", gradient_check(&nets[2], corpus));
	printf("right (chance: %.2f)      words   sound    both\n", 1. / EMOTIONS);
	for (int epoch = 1; epoch <= EPOCHS; epoch++) {
		printf("learning, epoch %-8d", epoch);
		for (int n = 0; n < 3; n++)
			printf("%8.2f", accuracy(&nets[n], corpus, TRAIN, 1));
		printf("\n");
	}
	printf("speakers never heard    ");
	for (int n = 0; n < 3; n++)
		printf("%8.2f", right[n] = accuracy(&nets[n], corpus + TRAIN, TEST, 0));
	printf("\nfusion gains %.2f\n", right[2] - fmax(right[0], right[1]));
	while (printf(isatty(0) ? "> " : ""), fflush(stdout), fgets(line, LINE, stdin))
		answer(nets, line);
}
