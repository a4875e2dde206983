/* A_i = x_i * integral from 0 to 1 of dF(a x)/dx_i da, the baseline being zero. With a =
 * u^3 and 0..1 cut into intervals of u, by the midpoint rule:
 *
 *     A_i ~ x_i * sum over the intervals of (end - begin) 3 u^2 dF/dx_i at u^3 x,   u = (begin + end) / 2
 *
 * The cube puts most points near the baseline, where what is divided by its own length
 * (bilinear fusion, layer normalisation) turns fastest. The sum of all A_i is F(x) - F(0)
 * exactly for the integral, and so is an interval's part of it F at its end less F at its
 * begin. What the rule leaves of that is the interval's error, known without another
 * gradient. The networks are piecewise smooth (ReLU, maxima), so the errors sit where the
 * path crosses a kink: those intervals are halved, the worst first, until the whole is
 * close enough. F in the middle of an interval comes with its gradient and is F at the
 * ends of its halves. Gradients of up to 16 intervals are those of as many utterances
 * side by side.
 *
 * Departures from the paper: F is the log-odds, not the probability; the points are
 * not evenly spaced. */
#include "emotionnet/explain/integrated_gradients.h"

#include "autograd/ops.h"
#include "emotionnet/explain/occlusion.h"

#include <math.h>

typedef struct Interval {
	real begin, end;                    /* of u */
	double at_begin, at_middle, at_end; /* F there */
	double error;           /* what its A_i add up to less what they should */
	Tensor part[MAX_PARTS]; /* (T,E) of A */
} Interval;

typedef struct Path {
	Explainer *explainer;
	const Question *question;
	Arena *arena;
	int parts, count;       /* of x; of the intervals */
	Tensor x[MAX_PARTS];    /* (T,E) the utterance */
	double score, baseline; /* F at its ends */
	Interval *intervals;    /* room for PATH_MOST */
} Path;

/* The tape's versions of the utterance, the b-th at u[b]. */
static Versions *versions_at(const Path *path, const real u[], int count)
{
	Versions *versions =
	        explainer_versions(path->explainer, path->question, count, NULL);
	for (int b = 0; b < count; b++)
		for (int m = 0; m < path->parts; m++) {
			Tensor x = tensor_row(versions->part[m]->value, b);
			for (size_t i = 0; i < tensor_count(x); i++)
				x.data[i] = u[b] * u[b] * u[b] * path->x[m].data[i];
		}
	return versions;
}

/* The parts and errors of intervals which[0..count-1], from F at their ends. */
static void measure(const Path *path, const int which[], int count)
{
	Tape *tape = &path->explainer->tape;
	real u[EXPLAINER_BATCH] = { 0 };
	for (int b = 0; b < count; b++) {
		const Interval *at = &path->intervals[which[b]];
		u[b] = (at->begin + at->end) / 2;
	}
	Versions *versions = versions_at(path, u, count);
	Var *scores = explainer_scores(path->explainer, path->question, versions);
	tape_backward(tape, op_sum(tape, scores));
	for (int b = 0; b < count; b++) {
		Interval *at = &path->intervals[which[b]];
		at->at_middle = (double)scores->value.data[b];
		at->error = at->at_begin - at->at_end;
		real slope = 3 * u[b] * u[b] * (at->end - at->begin);
		for (int m = 0; m < path->parts; m++) {
			Tensor part = at->part[m], x = path->x[m];
			Tensor g = tensor_row(versions->part[m]->grad, b);
			for (size_t i = 0; i < tensor_count(part); i++) {
				part.data[i] = x.data[i] * slope * g.data[i];
				at->error += (double)part.data[i];
			}
		}
	}
}

static void measure_all(const Path *path, const int which[], int count)
{
	for (int i = 0; i < count; i += EXPLAINER_BATCH)
		measure(path, which + i,
		        count - i < EXPLAINER_BATCH ? count - i : EXPLAINER_BATCH);
}

static Interval *interval_new(Path *path)
{
	Interval *at = &path->intervals[path->count++];
	for (int m = 0; m < path->parts; m++)
		at->part[m] = tensor_like(path->arena, path->x[m]);
	return at;
}

/* PATH_LEAST intervals of one size, from F at all their ends. */
static void begin_path(Path *path)
{
	Versions *versions = explainer_versions(path->explainer, path->question, 1, NULL);
	path->parts = versions->parts;
	for (int m = 0; m < path->parts; m++)
		path->x[m] = tensor_clone(
		        path->arena, tensor_row(versions->part[m]->value, 0));
	path->intervals = ARENA_ARRAY(path->arena, Interval, PATH_MOST);
	double at[PATH_LEAST + 1];
	for (int i = 0; i <= PATH_LEAST; i += EXPLAINER_BATCH) {
		real u[EXPLAINER_BATCH];
		int count = 0;
		for (; count < EXPLAINER_BATCH && i + count <= PATH_LEAST; count++)
			u[count] = (real)(i + count) / PATH_LEAST;
		Tensor scores = explainer_scores(
		        path->explainer, path->question, versions_at(path, u, count))
		                        ->value;
		for (int b = 0; b < count; b++)
			at[i + b] = (double)scores.data[b];
	}
	path->baseline = at[0];
	path->score = at[PATH_LEAST];
	int which[PATH_LEAST];
	for (int i = 0; i < PATH_LEAST; i++) {
		Interval *one = interval_new(path);
		one->begin = (real)i / PATH_LEAST;
		one->end = (real)(i + 1) / PATH_LEAST;
		one->at_begin = at[i];
		one->at_end = at[i + 1];
		which[i] = i;
	}
	measure_all(path, which, PATH_LEAST);
}

/* Halves the intervals with the largest errors, as many as fit a batch. */
static void halve_worst(Path *path)
{
	ArenaMark mark = arena_mark(path->explainer->tape.arena);
	real *errors = ARENA_ARRAY(path->explainer->tape.arena, real, PATH_MOST);
	for (int i = 0; i < path->count; i++)
		errors[i] = (real)fabs(path->intervals[i].error);
	int *order = order_falling(path->explainer->tape.arena, errors, path->count);
	int which[EXPLAINER_BATCH], count = 0;
	while (count < EXPLAINER_BATCH && path->count < PATH_MOST) {
		int worst = order[count / 2];
		Interval *left = &path->intervals[worst];
		which[count++] = worst;
		which[count++] = path->count;
		Interval *right = interval_new(path);
		right->end = left->end;
		right->at_end = left->at_end;
		left->end = right->begin = (left->begin + left->end) / 2;
		left->at_end = right->at_begin = left->at_middle;
	}
	arena_rewind(path->explainer->tape.arena, mark);
	measure_all(path, which, count);
}

static Attribution add_up(const Path *path, Arena *arena, int steps)
{
	Attribution a = {
		.score = path->score,
		.baseline = path->baseline,
		.steps = steps,
		.count = path->parts,
	};
	for (int m = 0; m < a.count; m++) {
		a.of[m] = tensor_like(arena, path->x[m]);
		tensor_fill(a.of[m], 0);
		for (int k = 0; k < path->count; k++)
			for (size_t i = 0; i < tensor_count(a.of[m]); i++)
				a.of[m].data[i] += path->intervals[k].part[m].data[i];
		for (size_t i = 0; i < tensor_count(a.of[m]); i++)
			a.sum += (double)a.of[m].data[i];
	}
	return a;
}

Attribution integrated_gradients(
        Explainer *explainer, Arena *arena, const Question *question)
{
	Path path = {
		.explainer = explainer,
		.question = question,
		.arena = arena_child(arena, "path of an attribution"),
	};
	begin_path(&path);
	double change = path.score - path.baseline;
	double tolerance = fmax(COMPLETENESS * fabs(change), COMPLETENESS_LEAST);
	int steps = PATH_LEAST;
	for (;;) {
		double error = 0;
		for (int i = 0; i < path.count; i++)
			error += path.intervals[i].error;
		bool complete = fabs(error) <= tolerance;
		if (complete || path.count == PATH_MOST) {
			Attribution a = add_up(&path, arena, steps);
			a.complete = complete;
			arena_free(path.arena);
			return a;
		}
		halve_worst(&path);
		steps += EXPLAINER_BATCH;
	}
}

double attribution_piece(const Attribution *attribution, const Piece *piece)
{
	Tensor a = attribution->of[piece->place];
	double sum = 0;
	for (int t = piece->begin; t < piece->end; t++)
		for (int e = piece->low; e < piece->high; e++)
			sum += (double)tensor_row(a, t).data[e];
	return sum;
}
