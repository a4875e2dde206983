/* With p_b the probability that a modality's own head gives the label of utterance b:
 *
 *     s_m = sum_b p_b    rho_m = s_m / (mean of the others' s)
 *     k_m = 1 - tanh(alpha rho_m) if rho_m > 1, else 1
 *     g = k_m g + N(0, deviation of g)     for each tensor of the encoder
 *
 * The noise stands in for what the smaller gradient takes from the randomness of the
 * steps. The paper reads s_m off the halves of a linear classifier over concatenated
 * features; heads of their own (objective.h) serve every strategy. With one modality
 * there is nothing to balance. */
#include "emotionnet/train/modulate.h"

#include "autograd/fast/touched.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

Modulation modulation_new(
        Arena *arena, const ModelConfig *config, int batch, double alpha)
{
	Modulation modulation = { .alpha = alpha };
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (config->reads.has[kind])
			modulation.prefix[modulation.count++] =
			        arena_format(arena, "%s.", modality_name(kind));
	for (int m = 0; m < modulation.count; m++)
		modulation.scores[m] = ARENA_ARRAY(arena, real, (size_t)batch);
	return modulation;
}

static double score_of(const Modulation *modulation, int m, int size)
{
	double sum = 0;
	for (int b = 0; b < size; b++)
		sum += (double)modulation->scores[m][b];
	return sum;
}

double modulation_factor(const Modulation *modulation, int m, int size)
{
	double others = 0;
	for (int n = 0; n < modulation->count; n++)
		others += n == m ? 0 : score_of(modulation, n, size);
	if (modulation->count < 2 || !(others > 0))
		return 1;
	double rho = score_of(modulation, m, size) * (modulation->count - 1) / others;
	return rho > 1 ? 1 - double_tanh(modulation->alpha * rho) : 1;
}

/* Of all numbers that a step can change: of a table, the touched rows. */
static double deviation_of(const Var *p)
{
	const real *g = p->grad.data;
	double sum = 0, squares = 0, all = 0;
	for (int k = 0; k < touched_pieces(p); k++) {
		size_t count, at = touched_piece(p, k, &count);
		for (size_t i = at; i < at + count; i++)
			sum += (double)g[i];
		all += (double)count;
	}
	double mean = sum / all;
	for (int k = 0; k < touched_pieces(p); k++) {
		size_t count, at = touched_piece(p, k, &count);
		for (size_t i = at; i < at + count; i++)
			squares += ((double)g[i] - mean) * ((double)g[i] - mean);
	}
	return sqrt(squares / all);
}

static void modulate_gradient(const Var *p, real factor, Rng *rng)
{
	real *g = p->grad.data, deviation = (real)deviation_of(p);
	for (int k = 0; k < touched_pieces(p); k++) {
		size_t count, at = touched_piece(p, k, &count);
		for (size_t i = at; i < at + count; i++)
			g[i] = factor * g[i] + deviation * (real)rng_normal(rng);
	}
}

void modulate(const Modulation *modulation, Params *params, int size, Rng *rng)
{
	for (int m = 0; m < modulation->count && modulation->count > 1; m++) {
		const char *prefix = modulation->prefix[m];
		real factor = (real)modulation_factor(modulation, m, size);
		for (int i = 0; i < params->count; i++) {
			Var *p = params->items[i];
			if (p->grad.data && !strncmp(p->name, prefix, strlen(prefix)))
				modulate_gradient(p, factor, rng);
		}
	}
}
