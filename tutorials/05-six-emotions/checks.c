/* The probabilities, large logits, the loss, the gradient; the last two also with
 * weights. Where an array is wrong, likely mistakes are made on purpose, one after the
 * other, and compared with what was found. */
#include "tensor/rng.h"
#include "tutorials/05-six-emotions/no_number.h"
#include "tutorials/checks.h"

#include <math.h>
#include <string.h>

/* So many numbers lie behind the end of each array: an index that is a little too large
 * gives a wrong number, and can be told by it. */
enum { BEYOND = 48, MOST = 48 + BEYOND };

typedef struct Problem {
	int N, C;
	bool weighted;
	real logits[MOST], weights[MOST], before[MOST], found[MOST];
	int targets[MOST];
	real loss_before, loss;
	double p[MOST];        /* as it should be */
	double row_loss[MOST]; /* of each row */
} Problem;

static double number(real x)
{
	return (double)x;
}

/* Softmax and the loss of each row, in double. */
static void solve(Problem *q)
{
	for (int i = 0; i < q->N; i++) {
		const real *z = q->logits + i * q->C;
		double m = number(z[0]), sum = 0;
		for (int c = 0; c < q->C; c++)
			m = fmax(m, number(z[c]));
		for (int c = 0; c < q->C; c++)
			sum += exp(number(z[c]) - m);
		for (int c = 0; c < q->C; c++)
			q->p[i * q->C + c] = exp(number(z[c]) - m) / sum;
		q->row_loss[i] = log(sum) - (number(z[q->targets[i]]) - m);
	}
}

/* N from 5 to 7 rows, C 3 or 4 classes, all by the seed; every class is a target. */
static Problem new_problem(bool weighted, bool empty)
{
	const int seed = checks_seed();
	Problem q = { .N = 5 + seed % 3, .C = 3 + seed % 2, .weighted = weighted };
	Rng rng = rng_new((uint64_t)seed);
	for (int i = 0; i < MOST; i++) {
		q.logits[i] = (real)rng_normal(&rng);
		q.weights[i] = (real)(0.3 + 2 * rng_uniform_double(&rng));
		q.before[i] = empty ? 0 : (real)(3 + rng_normal(&rng));
		q.targets[i] = i < q.C ? (i + 1) % q.C : rng_below(&rng, q.C);
		q.p[i] = 1.0 / q.C;
	}
	q.loss = q.loss_before = 3;
	memcpy(q.found, q.before, sizeof q.found);
	solve(&q);
	return q;
}

static void forward(Problem *q)
{
	CALL("softmax_cross_entropy_forward", WRITES(&q->loss, 1), WRITES(q->found, MOST),
	        READS(q->logits, MOST), READS_INTS(q->targets, MOST),
	        READS(q->weights, MOST), INT(q->weighted), INT(q->N), INT(q->C),
	        INT(MOST));
}

static bool agree(real found, double expected)
{
	return fabs(number(found) - expected) <= 2e-5 + 1e-4 * fabs(expected);
}

/* --- probabilities: out (MOST) as a mistake makes them ------------------------------ */

typedef void Make(const Problem *q, double out[MOST]);

static double e_to(const Problem *q, int i, int c)
{
	return exp(number(q->logits[i * q->C + c]));
}

static void p_right(const Problem *q, double out[MOST])
{
	for (int k = 0; k < q->N * q->C; k++)
		out[k] = q->p[k];
}

static void p_not_divided(const Problem *q, double out[MOST])
{
	for (int k = 0; k < q->N * q->C; k++)
		out[k] = exp(number(q->logits[k]));
}

/* The same after the largest of the row was subtracted. */
static void p_stable_not_divided(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++) {
		double most = 0;
		for (int c = 0; c < q->C; c++)
			most = fmax(most, e_to(q, i, c));
		for (int c = 0; c < q->C; c++)
			out[i * q->C + c] = e_to(q, i, c) / most;
	}
}

static void p_no_exp(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++) {
		double sum = 0;
		for (int c = 0; c < q->C; c++)
			sum += number(q->logits[i * q->C + c]);
		for (int c = 0; c < q->C; c++)
			out[i * q->C + c] = number(q->logits[i * q->C + c]) / sum;
	}
}

/* The sum goes on from row to row. */
static void p_sum_goes_on(const Problem *q, double out[MOST])
{
	double sum = 0;
	for (int i = 0; i < q->N; i++) {
		for (int c = 0; c < q->C; c++)
			sum += e_to(q, i, c);
		for (int c = 0; c < q->C; c++)
			out[i * q->C + c] = e_to(q, i, c) / sum;
	}
}

/* Likewise, with the largest of each row subtracted. */
static void p_stable_sum_goes_on(const Problem *q, double out[MOST])
{
	double stable[MOST] = { 0 }, sum = 0;
	p_stable_not_divided(q, stable);
	for (int i = 0; i < q->N; i++) {
		for (int c = 0; c < q->C; c++)
			sum += stable[i * q->C + c];
		for (int c = 0; c < q->C; c++)
			out[i * q->C + c] = stable[i * q->C + c] / sum;
	}
}

static void p_sum_of_all(const Problem *q, double out[MOST])
{
	double sum = 0;
	for (int k = 0; k < q->N * q->C; k++)
		sum += exp(number(q->logits[k]));
	for (int k = 0; k < q->N * q->C; k++)
		out[k] = exp(number(q->logits[k])) / sum;
}

static void p_over_rows(const Problem *q, double out[MOST])
{
	for (int c = 0; c < q->C; c++) {
		double sum = 0;
		for (int i = 0; i < q->N; i++)
			sum += e_to(q, i, c);
		for (int i = 0; i < q->N; i++)
			out[i * q->C + c] = e_to(q, i, c) / sum;
	}
}

/* The division stands in the loop that makes the sum. */
static void p_divided_too_early(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++) {
		double sum = 0;
		for (int c = 0; c < q->C; c++) {
			sum += e_to(q, i, c);
			out[i * q->C + c] = e_to(q, i, c) / sum;
		}
	}
}

static void p_logarithm(const Problem *q, double out[MOST])
{
	for (int k = 0; k < q->N * q->C; k++)
		out[k] = log(q->p[k]);
}

static void p_sigmoid(const Problem *q, double out[MOST])
{
	for (int k = 0; k < q->N * q->C; k++)
		out[k] = 1 / (1 + exp(-number(q->logits[k])));
}

static void p_added(const Problem *q, double out[MOST])
{
	for (int k = 0; k < q->N * q->C; k++)
		out[k] = number(q->before[k]) + q->p[k];
}

static void p_first_row(const Problem *q, double out[MOST])
{
	for (int c = 0; c < q->C; c++)
		out[c] = q->p[c];
}

static void p_one_row_less(const Problem *q, double out[MOST])
{
	for (int k = 0; k < (q->N - 1) * q->C; k++)
		out[k] = q->p[k];
}

/* A softmax of all classes but the last. */
static void p_one_class_less(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++)
		for (int c = 0; c < q->C - 1; c++)
			out[i * q->C + c] =
			        q->p[i * q->C + c] / (1 - q->p[i * q->C + q->C - 1]);
}

static void p_rows_overlap(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++) {
		double sum = 0;
		for (int c = 0; c < q->C; c++)
			sum += exp(number(q->logits[i * q->N + c]));
		for (int c = 0; c < q->C; c++)
			out[i * q->N + c] = exp(number(q->logits[i * q->N + c])) / sum;
	}
}

static void p_column_major(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++) {
		double sum = 0;
		for (int c = 0; c < q->C; c++)
			sum += exp(number(q->logits[c * q->N + i]));
		for (int c = 0; c < q->C; c++)
			out[c * q->N + i] = exp(number(q->logits[c * q->N + i])) / sum;
	}
}

static void p_rows_one_apart(const Problem *q, double out[MOST])
{
	for (int i = 0; i < q->N; i++) {
		double sum = 0;
		for (int c = 0; c < q->C; c++)
			sum += exp(number(q->logits[i + c]));
		for (int c = 0; c < q->C; c++)
			out[i * q->C + c] = exp(number(q->logits[i + c])) / sum;
	}
}

typedef struct Guess {
	const char *mistake;
	Make *make;
} Guess;

static const Guess p_guesses[] = {
	{ "the division by the sum is missing, or the sum is an int. The probabilities "
	  "of a row sum to 1",
	        p_not_divided },
	{ "the division by the sum is missing, or the sum is an int. The probabilities "
	  "of a row sum to 1",
	        p_stable_not_divided },
	{ "e^z is missing: here the logits themselves are divided by their sum",
	        p_no_exp },
	{ "the sum is not set to 0 for each row: it goes on from row to row",
	        p_sum_goes_on },
	{ "the sum is not set to 0 for each row: it goes on from row to row",
	        p_stable_sum_goes_on },
	{ "the sum is over the whole batch. Each row has a sum of its own",
	        p_sum_of_all },
	{ "the sum is over the rows. It is over the classes of one row", p_over_rows },
	{ "the division is too early. First finish the sum, then divide in a loop of its "
	  "own",
	        p_divided_too_early },
	{ "the logarithm of the probability. Here the probability itself is wanted",
	        p_logarithm },
	{ "a sigmoid of each logit. The classes must share one sum", p_sigmoid },
	{ "+= in place of =. The probabilities are computed anew", p_added },
	{ "only the first row is done. Perhaps a return or a brace ends the loop too early",
	        p_first_row },
	{ "the loop over the rows ends one row too early", p_one_row_less },
	{ "the loop over the classes ends one class too early", p_one_class_less },
	{ "the place of (i,c). It is i * C + c: each row has C numbers", p_rows_overlap },
	{ "the row begins at logits + i. It begins at logits + i * C", p_rows_one_apart },
	{ "the place of (i,c). It is i * C + c: each row has C numbers", p_column_major },
};

/* What an array would be: `make` over what was there before. */
static void made(const Problem *q, Make *make, double out[MOST])
{
	for (int k = 0; k < MOST; k++)
		out[k] = number(q->before[k]);
	make(q, out);
}

/* The first element that is not as expected; MOST: there is none. */
static int first_wrong(const real found[MOST], const double expected[MOST])
{
	int k = 0;
	while (k < MOST && agree(found[k], expected[k]))
		k++;
	return k;
}

static bool unchanged(const Problem *q)
{
	return !memcmp(q->found, q->before, sizeof q->found);
}

static bool whole(const Problem *q)
{
	int k = 0;
	while (k < q->N * q->C && fabs(remainder(number(q->found[k]), 1)) < 1e-6)
		k++;
	return k == q->N * q->C;
}

/* Where element k is, and what is expected; `detail` says from what. */
static void spell(const Problem *q, const char *name, int k, double expected,
        const char *detail, char text[], size_t size)
{
	if (k >= q->N * q->C)
		snprintf(text, size,
		        "%d rows, %d classes: %s[%d] was written, behind the end", q->N,
		        q->C, name, k);
	else if (q->found[k] <= NO_NUMBER)
		snprintf(text, size,
		        "%d rows, %d classes. %s[%d] (row %d, class %d) is no number "
		        "(NaN), expected %.5g%s",
		        q->N, q->C, name, k, k / q->C, k % q->C, expected, detail);
	else
		snprintf(text, size,
		        "%d rows, %d classes. %s[%d] (row %d, class %d) is %.5g, "
		        "expected %.5g%s",
		        q->N, q->C, name, k, k / q->C, k % q->C, number(q->found[k]),
		        expected, detail);
}

static void judge_with(const Problem *q, const char *name, Make *right, int count,
        const Guess guesses[], const char *detail)
{
	double expected[MOST], other[MOST];
	char text[400];
	made(q, right, expected);
	int k = first_wrong(q->found, expected);
	if (k == MOST)
		return;
	spell(q, name, k, expected[k], detail, text, sizeof text);
	if (unchanged(q))
		MISTAKE("nothing is written here yet", "%s", text);
	for (int g = 0; g < count; g++) {
		made(q, guesses[g].make, other);
		if (first_wrong(q->found, other) == MOST)
			MISTAKE(guesses[g].mistake, "%s", text);
	}
	if (k >= q->N * q->C)
		MISTAKE("a loop ends too late. The last row is N - 1, the last class C - "
		        "1",
		        "%s", text);
	if (q->found[k] <= NO_NUMBER)
		MISTAKE("0/0, or a sum that was never set to 0. Print the sum of this row",
		        "%s", text);
	if (whole(q))
		MISTAKE("an int. It cuts off what stands behind the point: use float",
		        "%s", text);
	_ck_assert_failed(__FILE__, __LINE__, text, NULL);
}

static void judge_probabilities(const Problem *q)
{
	char detail[120];
	snprintf(detail, sizeof detail, ". The logits of row 0 begin with %g %g %g",
	        number(q->logits[0]), number(q->logits[1]), number(q->logits[2]));
	judge_with(q, "probabilities", p_right, sizeof p_guesses / sizeof p_guesses[0],
	        p_guesses, detail);
}

/* --- the loss ----------------------------------------------------------------------- */

static double weight(const Problem *q, int i)
{
	return q->weighted ? number(q->weights[q->targets[i]]) : 1;
}

static double all_weights(const Problem *q)
{
	double sum = 0;
	for (int i = 0; i < q->N; i++)
		sum += weight(q, i);
	return sum;
}

/* What a row brings, and what it is multiplied by. */
typedef double Share(const Problem *q, int i);

static double sum_of(const Problem *q, Share *share, Share *times)
{
	double sum = 0;
	for (int i = 0; i < q->N; i++)
		sum += share(q, i) * times(q, i);
	return sum;
}

static double loss_of(const Problem *q, int i)
{
	return q->row_loss[i];
}

static double one(const Problem *q, int i)
{
	(void)q, (void)i;
	return 1;
}

static double p_of(const Problem *q, int i)
{
	return -q->p[i * q->C + q->targets[i]];
}

static double loss_of_first_class(const Problem *q, int i)
{
	return -log(q->p[i * q->C]);
}

/* The logit of class i in row i, or what lies behind the row. */
static double loss_of_row_number(const Problem *q, int i)
{
	const real *z = q->logits + i * q->C;
	return q->row_loss[i] + number(z[q->targets[i]]) - number(z[i]);
}

static double loss_of_place_target(const Problem *q, int i)
{
	return -log(q->p[q->targets[i]]);
}

static double loss_of_answer(const Problem *q, int i)
{
	double most = 0;
	for (int c = 0; c < q->C; c++)
		most = fmax(most, q->p[i * q->C + c]);
	return -log(most);
}

static double loss_of_all_classes(const Problem *q, int i)
{
	double sum = 0;
	for (int c = 0; c < q->C; c++)
		sum -= log(q->p[i * q->C + c]);
	return sum;
}

static double minus_logit(const Problem *q, int i)
{
	return -number(q->logits[i * q->C + q->targets[i]]);
}

static double squared(const Problem *q, int i)
{
	double sum = 0;
	for (int c = 0; c < q->C; c++) {
		double e = q->p[i * q->C + c] - (c == q->targets[i]);
		sum += e * e;
	}
	return sum;
}

static double entropy(const Problem *q, int i)
{
	double sum = 0;
	for (int c = 0; c < q->C; c++)
		sum -= q->p[i * q->C + c] * log(q->p[i * q->C + c]);
	return sum;
}

static double weight_of_row_number(const Problem *q, int i)
{
	return number(q->weights[i]);
}

static double weights_of_classes(const Problem *q)
{
	double sum = 0;
	for (int c = 0; c < q->C; c++)
		sum += number(q->weights[c]);
	return sum;
}

static bool loss_is(const Problem *q, double value)
{
	return agree(q->loss, value);
}

static const char *mistake_of_weights(const Problem *q)
{
	const double weighted = sum_of(q, loss_of, weight);
	const double plain = sum_of(q, loss_of, one);
	const double wrong_row = sum_of(q, loss_of, weight_of_row_number);
	if (loss_is(q, plain / q->N))
		return "the weights are not used";
	if (loss_is(q, weighted / q->N))
		return "divided by N. A weighted mean is divided by the sum of the "
		       "weights of its rows";
	if (loss_is(q, plain / all_weights(q)))
		return "the weights are used below but not above: each row's loss is "
		       "multiplied by its weight, too";
	if (loss_is(q, weighted / weights_of_classes(q)))
		return "divided by the sum of the C class weights. The sum is over the "
		       "rows: each brings the weight of its target";
	if (loss_is(q, wrong_row / q->N) ||
	        loss_is(q, wrong_row / sum_of(q, one, weight_of_row_number)))
		return "weights[i], the weight of the row's number. It is the weight of "
		       "the row's target";
	return NULL;
}

static const char *mistake_of_loss(const Problem *q)
{
	const double sum = sum_of(q, loss_of, weight), mean = sum / all_weights(q);
	const struct {
		const char *mistake;
		Share *share;
	} others[] = {
		{ "the logarithm is missing: the cross-entropy is -log of p", p_of },
		{ "class 0 in place of the row's target", loss_of_first_class },
		{ "the class is the row's number in place of its target",
		        loss_of_row_number },
		{ "always the first row. Row i begins at i * C", loss_of_place_target },
		{ "the largest probability in place of that of the target",
		        loss_of_answer },
		{ "the sum is over all classes. Only the target's logarithm counts",
		        loss_of_all_classes },
		{ "the logit of the target alone. log of the sum of all e^z is missing",
		        minus_logit },
		{ "the squared error. Cross-entropy is -log of p of the target",
		        squared },
		{ "-p log p over all classes: that is the entropy of the answer. The "
		  "target is not in it",
		        entropy },
	};
	if (q->loss <= NO_NUMBER || fabs(number(q->loss)) > 1e6)
		return "a sum that was never set to 0: what happened to lie in memory "
		       "counts as well";
	if (loss_is(q, number(q->loss_before)))
		return "the loss is not written yet. It is a pointer: *loss = ...";
	if (loss_is(q, sum))
		return "not divided. The loss is a mean over the rows";
	if (loss_is(q, number(q->loss_before) + mean) ||
	        loss_is(q, number(q->loss_before) + sum))
		return "+= in place of =. What *loss held before must not count";
	if (loss_is(q, -mean))
		return "the sign. A logarithm of a probability is below 0, and the loss "
		       "above";
	if (loss_is(q, mean / q->C))
		return "divided by C as well. The loss is a mean over the rows";
	if (loss_is(q, sum / (q->N - 1)))
		return "divided by N - 1. A mean of N rows is divided by N";
	if (loss_is(q, mean / log(10)) || loss_is(q, mean / log(2)))
		return "log10 or log2. It is the natural logarithm: logf";
	if (loss_is(q, q->row_loss[q->N - 1] / q->N) || loss_is(q, q->row_loss[q->N - 1]))
		return "only the last row counts: = in place of += in the loop";
	if (loss_is(q, q->row_loss[0]) || loss_is(q, q->row_loss[0] / q->N))
		return "only the first row counts. Perhaps a return stands in the loop";
	for (size_t k = 0; k < sizeof others / sizeof others[0]; k++) {
		double other = sum_of(q, others[k].share, weight);
		if (loss_is(q, other / all_weights(q)) || loss_is(q, other))
			return others[k].mistake;
	}
	if (fabs(remainder(number(q->loss), 1)) < 1e-6)
		return "an int. It cuts off what stands behind the point: use float";
	return q->weighted ? mistake_of_weights(q) : NULL;
}

static void judge_loss(const Problem *q)
{
	const double expected = sum_of(q, loss_of, weight) / all_weights(q);
	char text[400];
	if (loss_is(q, expected))
		return;
	int used = snprintf(text, sizeof text,
	        "%d rows, %d classes. *loss is %.5g, expected %.5g. The rows' losses are",
	        q->N, q->C, number(q->loss), expected);
	for (int i = 0; i < q->N; i++)
		used += snprintf(
		        text + used, sizeof text - (size_t)used, " %.4g", q->row_loss[i]);
	if (q->weighted)
		used += snprintf(text + used, sizeof text - (size_t)used,
		        ", the weights of their targets");
	for (int i = 0; q->weighted && i < q->N; i++)
		used += snprintf(
		        text + used, sizeof text - (size_t)used, " %.4g", weight(q, i));
	const char *mistake = mistake_of_loss(q);
	if (mistake)
		MISTAKE(mistake, "%s", text);
	_ck_assert_failed(__FILE__, __LINE__, text, NULL);
}

/* --- the gradient ------------------------------------------------------------------- */

typedef double Element(const Problem *q, int i, int c);

static double y_of(const Problem *q, int i, int c)
{
	return c == q->targets[i];
}

static double d_right(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) * (q->p[i * q->C + c] - y_of(q, i, c));
}

static double d_sign(const Problem *q, int i, int c)
{
	return -d_right(q, i, c);
}

static double d_sum(const Problem *q, int i, int c)
{
	return d_right(q, i, c) * all_weights(q);
}

static double d_over_c(const Problem *q, int i, int c)
{
	return d_right(q, i, c) / q->C;
}

static double d_no_target(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) * q->p[i * q->C + c];
}

static double d_no_target_sum(const Problem *q, int i, int c)
{
	return weight(q, i) * q->p[i * q->C + c];
}

static double d_one_over_p(const Problem *q, int i, int c)
{
	return -y_of(q, i, c) / q->p[i * q->C + c] * weight(q, i) / all_weights(q);
}

static double d_target_only(const Problem *q, int i, int c)
{
	return d_right(q, i, c) * y_of(q, i, c);
}

static double d_row_number(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) * (q->p[i * q->C + c] - (c == i));
}

static double d_target_of_class(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) *
	       (q->p[i * q->C + c] - (q->targets[c] == c));
}

static double d_target_number(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) * (q->p[i * q->C + c] - q->targets[i]);
}

static double d_p_elsewhere(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) * (q->p[c * q->N + i] - y_of(q, i, c));
}

static double d_p_of_first_row(const Problem *q, int i, int c)
{
	return weight(q, i) / all_weights(q) * (q->p[c] - y_of(q, i, c));
}

static double d_sigmoid(const Problem *q, int i, int c)
{
	double p = q->p[i * q->C + c];
	return d_right(q, i, c) * p * (1 - p);
}

static double d_other_only(const Problem *q, int i, int c)
{
	return d_right(q, i, c) * (1 - y_of(q, i, c));
}

static double d_unweighted(const Problem *q, int i, int c)
{
	return (q->p[i * q->C + c] - y_of(q, i, c)) / q->N;
}

static double d_weighted_over_n(const Problem *q, int i, int c)
{
	return d_sum(q, i, c) / q->N;
}

static double d_unweighted_over_weights(const Problem *q, int i, int c)
{
	return d_unweighted(q, i, c) * q->N / all_weights(q);
}

static double d_over_classes(const Problem *q, int i, int c)
{
	return d_sum(q, i, c) / weights_of_classes(q);
}

static double d_weight_of_column(const Problem *q, int i, int c)
{
	return d_unweighted_over_weights(q, i, c) * number(q->weights[c]);
}

static double d_weight_of_column_over_n(const Problem *q, int i, int c)
{
	return d_unweighted(q, i, c) * number(q->weights[c]);
}

static double d_weight_of_row_number(const Problem *q, int i, int c)
{
	return d_unweighted_over_weights(q, i, c) * number(q->weights[i]);
}

static const struct {
	const char *mistake;
	Element *element;
	bool weighted; /* a mistake that only weights show */
} d_guesses[] = {
	{ "the sign. It is p - y: the target's logit has to grow, so its derivative is "
	  "below 0",
	        d_sign, false },
	{ "not divided. The loss is a mean over the rows, and so is its gradient", d_sum,
	        false },
	{ "divided by C as well. The loss is a mean over the rows", d_over_c, false },
	{ "the 1 of the target is not subtracted", d_no_target, false },
	{ "the 1 of the target is not subtracted", d_no_target_sum, false },
	{ "-1/p, the derivative with respect to p. It is wanted with respect to the "
	  "logits",
	        d_one_over_p, false },
	{ "only the target's logit gets a gradient. All classes share the sum, so all of "
	  "them get one",
	        d_target_only, false },
	{ "the target's logit gets no gradient. There it is p - 1", d_other_only, false },
	{ "c is compared with the row's number i. Compare it with targets[i]",
	        d_row_number, false },
	{ "targets[c] in place of targets[i]. There is one target for each row",
	        d_target_of_class, false },
	{ "the number of the target is subtracted. y is 1 for that class and 0 for the "
	  "others",
	        d_target_number, false },
	{ "the place of p. It is i * C + c: the rows lie one after the other",
	        d_p_elsewhere, false },
	{ "always the p of the first row. Row i begins at i * C", d_p_of_first_row,
	        false },
	{ "a factor p (1 - p) too many. p - y has the derivative of softmax in it "
	  "already",
	        d_sigmoid, false },
	{ "the weights are not used", d_unweighted, true },
	{ "divided by N. A weighted mean is divided by the sum of the weights of its rows",
	        d_weighted_over_n, true },
	{ "the weights are used below but not above: each row is multiplied by its "
	  "weight, too",
	        d_unweighted_over_weights, true },
	{ "divided by the sum of the C class weights. The sum is over the rows: each "
	  "brings the weight of its target",
	        d_over_classes, true },
	{ "weights[c]. All logits of a row have one weight, that of the row's target",
	        d_weight_of_column, true },
	{ "weights[c]. All logits of a row have one weight, that of the row's target",
	        d_weight_of_column_over_n, true },
	{ "weights[i], the weight of the row's number. It is the weight of the row's "
	  "target",
	        d_weight_of_row_number, true },
};

enum Way {
	ADDED,
	ASSIGNED,
	FIRST_ROW,
	LAST_ROW_LESS,
	LAST_CLASS_LESS,
	ROW_MAJOR_N,
	TO_FIRST_ROW,
	FIRST_ELEMENT,
	WAYS
};
static const char *const way_mistakes[WAYS] = { [ADDED] = "",
	[ASSIGNED] = "= in place of +=. What d_logits held before must stay: others have "
	             "added to it",
	[FIRST_ROW] =
	        "only the first row is done. Perhaps a return or a brace ends the loop too early",
	[LAST_ROW_LESS] = "the loop over the rows ends one row too early",
	[LAST_CLASS_LESS] = "the loop over the classes ends one class too early",
	[TO_FIRST_ROW] = "all rows are added to the first one. Row i begins at i * C",
	[FIRST_ELEMENT] = "only the first logit is done. Perhaps a return stands in the "
	                  "loop",
	[ROW_MAJOR_N] = "the place of (i,c). It is i * C + c: each row has C numbers" };

static void make_gradient(
        const Problem *q, Element *element, enum Way way, double out[MOST])
{
	int rows = way == FIRST_ROW || way == FIRST_ELEMENT
	                   ? 1
	                   : q->N - (way == LAST_ROW_LESS);
	int classes = way == FIRST_ELEMENT ? 1 : q->C - (way == LAST_CLASS_LESS);
	for (int k = 0; k < MOST; k++)
		out[k] = number(q->before[k]);
	for (int i = 0; i < rows; i++)
		for (int c = 0; c < classes; c++) {
			int at = way == ROW_MAJOR_N    ? i * q->N + c
			         : way == TO_FIRST_ROW ? c
			                               : i * q->C + c;
			if (way == ASSIGNED)
				out[at] = 0;
			out[at] += element(q, i, c);
		}
}

static void judge_gradient(const Problem *q)
{
	double expected[MOST], other[MOST];
	char text[400], detail[160];
	make_gradient(q, d_right, ADDED, expected);
	int k = first_wrong(q->found, expected);
	if (k == MOST)
		return;
	snprintf(detail, sizeof detail,
	        ": before it was %.5g, p is %.5g, the row's target %d and its weight %.4g",
	        number(q->before[k]), q->p[k], q->targets[k / q->C], weight(q, k / q->C));
	spell(q, "d_logits", k, expected[k], detail, text, sizeof text);
	if (unchanged(q))
		MISTAKE("nothing is written here yet", "%s", text);
	for (int way = ASSIGNED; way < WAYS; way++) {
		make_gradient(q, d_right, (enum Way)way, other);
		if (first_wrong(q->found, other) == MOST)
			MISTAKE(way_mistakes[way], "%s", text);
	}
	for (size_t g = 0; g < sizeof d_guesses / sizeof d_guesses[0]; g++)
		for (int way = ADDED; way <= ASSIGNED; way++) {
			if (d_guesses[g].weighted && !q->weighted)
				continue;
			make_gradient(q, d_guesses[g].element, (enum Way)way, other);
			if (first_wrong(q->found, other) == MOST)
				MISTAKE(d_guesses[g].mistake, "%s", text);
		}
	if (whole(q))
		MISTAKE("an int. It cuts off what stands behind the point: use float",
		        "%s", text);
	_ck_assert_failed(__FILE__, __LINE__, text, NULL);
}

static void backward(Problem *q)
{
	real probabilities[MOST];
	for (int k = 0; k < MOST; k++)
		probabilities[k] = (real)q->p[k];
	CALL("softmax_cross_entropy_backward", WRITES(q->found, MOST),
	        READS(probabilities, MOST), READS_INTS(q->targets, MOST),
	        READS(q->weights, MOST), INT(q->weighted), INT(q->N), INT(q->C));
}

/* --- large logits ------------------------------------------------------------------- */

static const char *show(real x, char text[32])
{
	snprintf(text, 32, "%.5g", number(x));
	return x <= NO_NUMBER ? "NaN" : text;
}

static bool bears(const Problem *q)
{
	bool fine = agree(q->loss, sum_of(q, loss_of, weight) / all_weights(q));
	for (int k = 0; k < q->N * q->C; k++)
		fine = fine && agree(q->found[k], q->p[k]);
	return fine;
}

static bool probabilities_bear(const Problem *q)
{
	bool fine = true;
	for (int k = 0; k < q->N * q->C; k++)
		fine = fine && agree(q->found[k], q->p[k]);
	return fine;
}

/* All logits of row i move by from + i * step. */
static void large(double from, double step, const char *mistake)
{
	Problem q = new_problem(false, true);
	for (int k = 0; k < q.N * q.C; k++)
		q.logits[k] = (real)(number(q.logits[k]) + from + step * (k / q.C));
	solve(&q);
	forward(&q);
	const int last = (q.N - 1) * q.C;
	char p[32], text[32];
	if (!bears(&q))
		MISTAKE(mistake,
		        "the logits of the last row begin with %g %g; its first "
		        "probability is %s, expected %.5g; *loss is %s, expected %.5g",
		        number(q.logits[last]), number(q.logits[last + 1]),
		        show(q.found[last], p), q.p[last], show(q.loss, text),
		        sum_of(&q, loss_of, weight) / all_weights(&q));
}

/* One row's target is its first class, whose logit is 150 below the others: its p is 0
 * in a float. */
static void small_target(void)
{
	Problem q = new_problem(false, true);
	char found[32];
	const int row = q.C - 1; /* its target is class 0 */
	q.logits[row * q.C] -= 150;
	solve(&q);
	forward(&q);
	if (bears(&q))
		return;
	const char *mistake =
	        "the logarithm of a p that has become 0. Use log(sum of e^(z - m)) - (z - "
	        "m) of the target, with the largest m";
	if (!probabilities_bear(&q))
		mistake = "the number that is subtracted is not the largest of the row";
	else if (number(q.loss) < 1e30 && number(q.loss) > 0)
		mistake = "a p that has become 0 is replaced by a small number. Then the "
		          "loss is wrong: use log(sum of e^(z - m)) - (z - m) of the "
		          "target";
	MISTAKE(mistake,
	        "the logit of row %d's target is %g, and the loss of this row has to be "
	        "%.5g. *loss is %s, expected %.5g",
	        row, number(q.logits[row * q.C]), q.row_loss[row], show(q.loss, found),
	        sum_of(&q, loss_of, weight) / all_weights(&q));
}

/* --- the checks --------------------------------------------------------------------- */

START_TEST(probabilities)
{
	Problem q = new_problem(false, false);
	forward(&q);
	judge_probabilities(&q);
}
END_TEST

START_TEST(loss)
{
	Problem q = new_problem(false, false);
	forward(&q);
	judge_probabilities(&q);
	judge_loss(&q);
}
END_TEST

START_TEST(large_logits)
{
	Problem q = new_problem(false, false);
	forward(&q);
	judge_probabilities(&q);
	judge_loss(&q);
	large(700, 0,
	        "e to the power of a large number is infinite. Subtract the "
	        "largest logit of the row first");
	large(-800, 0,
	        "what is subtracted is much larger than these logits, which are all below 0. Is the largest searched from 0 on? Begin with the first logit of the row");
	large(-300, 150,
	        "the largest of the whole batch is subtracted. Each row needs "
	        "its own");
	small_target();
}
END_TEST

START_TEST(weighted_loss)
{
	Problem q = new_problem(true, false);
	forward(&q);
	judge_probabilities(&q);
	judge_loss(&q);
}
END_TEST

START_TEST(gradient)
{
	Problem empty = new_problem(false, true), q = new_problem(false, false);
	backward(&empty);
	judge_gradient(&empty);
	backward(&q);
	judge_gradient(&q);
}
END_TEST

START_TEST(weighted_gradient)
{
	Problem q = new_problem(true, false);
	backward(&q);
	judge_gradient(&q);
}
END_TEST

CHECKS({ probabilities, 2, "the probabilities of each row" },
        { loss, 2, "the loss, without weights" },
        { large_logits, 2, "logits that are large or far apart" },
        { weighted_loss, 1, "the loss, with a weight for each class" },
        { gradient, 2, "the gradient, without weights" },
        { weighted_gradient, 1, "the gradient, with weights" })
