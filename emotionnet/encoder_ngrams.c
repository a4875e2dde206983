/* encoder_ngrams.c: fastText's bag of n-grams (Joulin et al. 2016; Bojanowski et al.
 * 2017), with a step for each word.
 *
 * With n_t known n-grams g of word t, v_g their rows of the table, T words:
 *
 *     x_t = sum over g of v_g / sqrt(n_t)           what other modalities are aligned to
 *     h_t = tanh(W x_t + b)                         the encoded step
 *     pooled = [ sum_t x_t / sqrt(T) ; max_t h_t ]
 *
 * fastText takes the mean over all n-grams. Divided by the root instead, the sum of many
 * independent vectors is as long as one of them, as in a bag of words that is divided by
 * its length (text/bag.h): on small corpora this generalises better, and a linear layer
 * over it is the bag's own classifier with its weights factored. The maximum is for texts
 * in which one word decides, however many others stand around it. */
#include "emotionnet/encoder_ngrams.h"

#include "autograd/ops.h"
#include "layers/embedding_bag.h"
#include "layers/linear.h"
#include "layers/pool.h"

#include <math.h>

/* The n-grams of the words of one utterance, as bags that follow those before. */
static void add_bags(
        const Example *example, int words, Bags *bags, int *ends, int *ids, real *weights)
{
	int known = bags->count ? ends[bags->count - 1] : 0;
	for (int t = 0, k = 0; t < words; t++) {
		int n = example->gram_ends[t] - k;
		for (; k < example->gram_ends[t]; k++) {
			ids[known] = example->grams[k];
			weights[known++] = (real)(1 / sqrt((double)n));
		}
		ends[bags->count++] = known;
	}
}

/* A bag a step: (B T). Steps without a word are empty. */
static Bags bags_of(Arena *arena, const Batch *batch)
{
	size_t most = 0, steps = (size_t)batch->size * (size_t)batch->words;
	for (int b = 0; b < batch->size; b++) {
		const Example *one = batch->examples[b];
		most += one->words ? (size_t)one->gram_ends[one->words - 1] : 0;
	}
	int *ends = ARENA_ARRAY(arena, int, steps), *ids = ARENA_ARRAY(arena, int, most);
	real *weights = ARENA_ARRAY(arena, real, most);
	Bags bags = { .ends = ends, .ids = ids, .weights = weights };
	for (int b = 0; b < batch->size; b++) {
		const Example *one = batch->examples[b];
		if (batch->has[MODALITY_TEXT].data[b] > 0)
			add_bags(one, one->words, &bags, ends, ids, weights);
		int known = bags.count ? ends[bags.count - 1] : 0;
		while (bags.count < (b + 1) * batch->words)
			ends[bags.count++] = known;
	}
	return bags;
}

static Sequence ngrams_embed(const Encoder *encoder, Tape *tape, const Batch *batch)
{
	Bags bags = bags_of(tape->arena, batch);
	Var *x = embedding_bag_forward(encoder->embedding.weight, tape, &bags);
	int size = batch->size, words = batch->words, width = encoder->embed;
	return (Sequence){ op_reshape(tape, x, SHAPE(size, words, width)),
		batch->lengths[MODALITY_TEXT] };
}

static void ngrams_build(Encoder *encoder, Arena *arena, Params *params, Rng *rng)
{
	Linear *hidden = ARENA_NEW(arena, Linear);
	*hidden = linear_new(params, params_name(params, encoder->name, "hidden"),
	        encoder->embed, encoder->config.hidden, rng);
	encoder->state = hidden;
	encoder->seq = encoder->config.hidden;
	encoder->pooled = encoder->embed + encoder->seq;
}

/* (B,T,E) -> (B,E): the sum over the T steps of each, divided by sqrt(T). */
static Var *sum_by_root(Tape *tape, Sequence x)
{
	int B = x.x->value.shape[0];
	Tensor roots = tensor_new(tape->arena, SHAPE(B, 1));
	for (int b = 0; b < B; b++)
		roots.data[b] = (real)sqrt((double)x.lengths[b]);
	return op_mul(tape, pool_mean(tape, x), tape_constant(tape, roots, "root"));
}

static Encoded ngrams_encode(const Encoder *encoder, Tape *tape, Sequence x, Rng *rng)
{
	(void)rng;
	Sequence h = { op_tanh(tape, linear_forward(encoder->state, tape, x.x)),
		x.lengths };
	Var *pooled = op_concat(tape, 1, INPUTS(sum_by_root(tape, x), pool_max(tape, h)));
	return (Encoded){ .seq = h, .pooled = pooled };
}

const EncoderKind encoder_ngrams = { .name = "ngrams",
	.summary = "a bag of the n-grams of each word",
	.reads = READS_WORDS,
	.build = ngrams_build,
	.encode = ngrams_encode,
	.table = embedding_bag_new_at,
	.embed = ngrams_embed };
