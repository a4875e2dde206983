/* Shapes say what a product has to do; a table says which operations are products. */
#include "layers/work.h"

#include "autograd/fast/stored.h"
#include "layers/embedding_bag.h"

#include <string.h>

static double count_of(const Var *x)
{
	return (double)tensor_count(x->value);
}

double work_bytes(const Var *weight)
{
	if (!weight->stored)
		return count_of(weight) * sizeof(real);
	const BlockLayout *layout = weight->stored->matrix.layout;
	return count_of(weight) / layout->numbers * layout->bytes;
}

/* ---- operations -------------------------------------------------------------------- */

/* Weights (O,...): each number of y is a sum over all but the first axis. */
static double layer(const Node *node)
{
	const Var *weight = node->in[1];
	return 2 * count_of(node->out) * count_of(weight) / weight->value.shape[0];
}

/* x (B,...,F), of which each step or pixel is a window's first: y has fewer. */
static double windows(const Node *node)
{
	const Var *x = node->in[0];
	double steps = count_of(x) / x->value.shape[x->value.ndim - 1];
	return 2 * steps * count_of(node->in[1]);
}

/* a (...,K) b (K,N) */
static double product(const Node *node)
{
	Tensor a = node->in[0]->value;
	return 2 * count_of(node->out) * a.shape[a.ndim - 1];
}

/* x (B,T,F), h and c; then the weights and biases of each direction. */
static double recurrent(const Node *node)
{
	Tensor x = node->in[0]->value;
	double weights = 0;
	for (int i = 3; i < node->inputs; i++)
		if (node->in[i] && node->in[i]->value.ndim == 2)
			weights += count_of(node->in[i]);
	return 2.0 * x.shape[0] * x.shape[1] * weights;
}

/* Queries (B,T,D) with keys (B,U,...), and the weights with values. */
static double attention(const Node *node)
{
	return 4 * count_of(node->out) * node->in[1]->value.shape[1];
}

/* x (B,U,F) and scores (B,T,U). */
static double alignment(const Node *node)
{
	return 2 * count_of(node->out) * node->in[0]->value.shape[1];
}

static double no_operations(const Node *node)
{
	(void)node;
	return 0;
}

/* ---- rows of tables ---------------------------------------------------------------- */

static double rows_of_bags(const Node *node)
{
	const Bags *bags = node->saved;
	return bags->count ? bags->ends[bags->count - 1] : 0;
}

static double rows_of_steps(const Node *node)
{
	return count_of(node->out) / node->in[0]->value.shape[1];
}

/* Each is added up with its weight. */
static double bags(const Node *node)
{
	return 2 * rows_of_bags(node) * node->in[0]->value.shape[1];
}

/* ---- the table --------------------------------------------------------------------- */

/* Weights are the inputs from `first` on; -1: there are none. rows: of the table that it
 * reads; NULL: it reads all. */
static const struct {
	const char *name;
	double (*operations)(const Node *node);
	int first;
	double (*rows)(const Node *node);
} products[] = {
	{ "linear_forward", layer, 1, NULL },
	{ "conv1d_forward", layer, 1, NULL },
	{ "conv1d_max_pool", windows, 1, NULL },
	{ "conv2d_forward", layer, 1, NULL },
	{ "conv2d_max_pool", windows, 1, NULL },
	{ "lstm_forward", recurrent, 3, NULL },
	{ "gru_forward", recurrent, 3, NULL },
	{ "op_matmul", product, 1, NULL },
	{ "attention_forward", attention, -1, NULL },
	{ "align_soft", alignment, -1, NULL },
	{ "embedding_forward", no_operations, 0, rows_of_steps },
	{ "embedding_bag_forward", bags, 0, rows_of_bags },
};
enum { PRODUCTS = sizeof products / sizeof products[0] };

static int find(const Node *node)
{
	int p = 0;
	while (p < PRODUCTS && strcmp(products[p].name, node->op->name))
		p++;
	return p < PRODUCTS ? p : -1;
}

/* Whether a node that was recorded before this one reads the leaf already. */
static bool read_before(const Node *node, const Var *leaf)
{
	for (node = node->previous; node; node = node->previous)
		for (int i = 0; i < node->inputs; i++)
			if (node->in[i] == leaf)
				return true;
	return false;
}

static double bytes_of(const Node *node, int p)
{
	double bytes = 0;
	for (int i = products[p].first; i >= 0 && i < node->inputs; i++) {
		const Var *x = node->in[i];
		if (!x || x->node || !x->name || read_before(node, x))
			continue;
		double share =
		        products[p].rows ? products[p].rows(node) / x->value.shape[0] : 1;
		bytes += share * work_bytes(x);
	}
	return bytes;
}

TapeWork tape_work(const Tape *tape)
{
	TapeWork work = { 0, 0 };
	for (const Node *node = tape->last; node; node = node->previous) {
		int p = find(node);
		if (p < 0)
			continue;
		work.operations += products[p].operations(node);
		work.bytes += bytes_of(node, p);
	}
	return work;
}
