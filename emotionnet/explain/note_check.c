/* A modality of T steps is cut into pieces of T/n, n = min(CHECK_PIECES, U, T) rounded so
 * that none is smaller but the last. Step u of the U that were looked at lies at (u +
 * 1/2) T/U, and its attention goes to the piece there. */
#include "emotionnet/explain/note_check.h"

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int steps_of(const Pieces *pieces)
{
	return pieces->count ? pieces->items[pieces->count - 1].end : 0;
}

/* What the attention to its steps comes to for each piece. */
static real *attention_of(
        Arena *arena, const Pieces *pieces, const double looked[], int U)
{
	real *values = ARENA_ARRAY(arena, real, (size_t)pieces->count);
	int T = steps_of(pieces), length = pieces->items[0].end;
	for (int u = 0; u < U; u++) {
		int step = (int)(((double)u + 0.5) * T / U);
		values[step / length] += (real)looked[u];
	}
	return values;
}

static double height(Explainer *explainer, Arena *arena, const Question *question,
        const Pieces *pieces, const int order[], CurveKind kind)
{
	return curve_height(
	        deletion_curve(explainer, arena, question, pieces, order, kind),
	        pieces->count + 1);
}

OrderCheck order_check(Explainer *explainer, Arena *arena, const Question *question,
        const Pieces *pieces, const int shown[], const int gradients[], CurveKind kind)
{
	OrderCheck check = {
		.shown = height(explainer, arena, question, pieces, shown, kind),
		.gradients = height(explainer, arena, question, pieces, gradients, kind),
	};
	int *order = ARENA_ARRAY(arena, int, (size_t)pieces->count);
	double sign = kind == CURVE_DELETION ? -1 : 1;
	Rng rng = rng_new(1); /* the same orders for everybody */
	for (int i = 0; i < CHECK_ORDERS; i++) {
		rng_permutation(&rng, pieces->count, order);
		double random = height(explainer, arena, question, pieces, order, kind);
		check.random += random / CHECK_ORDERS;
		check.beaten += sign * check.shown > sign * random;
		check.gradients_beat += sign * check.gradients > sign * random;
	}
	return check;
}

NoteCheck note_check_attention(Explainer *explainer, const Question *question,
        const Attribution *attribution, ModalityKind at, const double looked[], int U)
{
	Arena *arena = arena_new("a check of attention");
	Pieces steps = pieces_cut(arena, explainer, question, at, 1, 0);
	int T = steps_of(&steps), n = least(least(CHECK_PIECES, U), T);
	NoteCheck check = { .done = n > 1 };
	if (check.done) {
		Pieces pieces =
		        pieces_cut(arena, explainer, question, at, (T + n - 1) / n, 0);
		real *values = ARENA_ARRAY(arena, real, (size_t)pieces.count);
		for (int i = 0; i < pieces.count; i++)
			values[i] =
			        (real)attribution_piece(attribution, &pieces.items[i]);
		const int *gradients = order_falling(arena, values, pieces.count);
		const int *shown = order_falling(
		        arena, attention_of(arena, &pieces, looked, U), pieces.count);
		check.deletion = order_check(explainer, arena, question, &pieces, shown,
		        gradients, CURVE_DELETION);
		check.insertion = order_check(explainer, arena, question, &pieces, shown,
		        gradients, CURVE_INSERTION);
	}
	arena_free(arena);
	return check;
}

NoteCheck note_check_modality(const Shapley *shapley, int place)
{
	int all = (1 << shapley->count) - 1, one = 1 << place;
	return (NoteCheck){
		.done = true,
		.lost = shapley->subset[all] - shapley->subset[all & ~one],
		.alone = shapley->subset[one] - shapley->subset[0],
	};
}
