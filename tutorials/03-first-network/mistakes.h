/* mistakes.h: what one gets wrong in exercise 3, and how it is told. checks.c makes each
 * of them on purpose, and compares. */
#ifndef TUTORIALS_FIRST_NETWORK_MISTAKES_H
#define TUTORIALS_FIRST_NETWORK_MISTAKES_H

typedef struct Mistake {
	int way;
	const char *text;
} Mistake;

/* clang-format off */

/* Of the loss, and of its gradient. */
enum {
	RIGHT, SUMMED, EXCHANGED, ONLY_ANGRY, ONLY_GLAD, ALL_ANGRY, ALL_GLAD, SQUARED,
	LAST_ONLY, LAST_SHARE, FIRST_ONLY, FIRST_SHARE, NO_MINUS, NOTHING, P_ONLY, LOG10,
	NOT_ADDED, NO_SIGMOID, SIGNS, ALL_IN_ONE, MARGIN
};

static const Mistake loss_mistakes[] = {
	{ SUMMED, "the sum is not divided by the number of rows" },
	{ EXCHANGED,
	  "t = 1 and t = 0 are exchanged. The loss is small where z is large and t is "
	  "1" },
	{ ONLY_ANGRY, "rows with t = 0 add nothing. Their loss is -log (1 - p)" },
	{ ONLY_GLAD, "rows with t = 1 add nothing. Their loss is -log p" },
	{ ALL_ANGRY, "t is not looked at: every row has -log p" },
	{ ALL_GLAD, "t is not looked at: every row has -log (1 - p)" },
	{ SQUARED,
	  "this is the squared error (p - t)^2. The loss is -log of a probability" },
	{ LAST_ONLY, "only the last row is left: = where += has to be" },
	{ LAST_SHARE, "only the last row is left: = where += has to be" },
	{ FIRST_ONLY, "only the first row counts. Is there a return inside of the loop" },
	{ FIRST_SHARE, "only the first row counts. Is there a return inside of the loop" },
	{ NO_MINUS, "the minus of -log is missing. No loss is below 0" },
	{ LOG10, "log10 is taken. The loss has the natural logarithm" },
	{ P_ONLY, "this is the mean probability of the truth. The loss is -log of it" },
	{ NOTHING,
	  "0 is returned. It is not computed yet, or something is divided in whole "
	  "numbers, as in 1 / rows" },
};

static const Mistake slope_mistakes[] = {
	{ EXCHANGED, "the sign: it is p - t, not t - p" },
	{ SUMMED, "not divided by the number of rows. The loss is a mean" },
	{ NOT_ADDED, "= where += has to be: what was in dz is lost" },
	{ NO_SIGMOID, "the sigmoid is missing: z - t instead of p - t" },
	{ SQUARED, "the factor p (1 - p) is too much. It belongs to the squared error" },
	{ SIGNS, "t is taken as 1 or -1. Here it is 1 or 0" },
	{ ONLY_ANGRY, "rows with t = 0 add nothing" },
	{ ONLY_GLAD, "rows with t = 1 add nothing" },
	{ MARGIN, "the sign of rows with t = 0. Their derivative is p" },
	{ P_ONLY, "t is not subtracted: p instead of p - t" },
	{ LAST_ONLY, "only the last row is reached: is a line outside of the loop" },
	{ FIRST_ONLY, "only the first row is reached. Is there a return inside of the loop" },
	{ ALL_IN_ONE, "all rows are added to dz[0]. Each has its own" },
	{ NOTHING,
	  "nothing is added to dz. It is not computed yet, or something is divided in "
	  "whole numbers, as in 1 / rows" },
};

/* Of the layer. */
enum {
	NO_BIAS = RIGHT + 1, BIAS_EACH, BIAS_OF_ROW, BIAS_FIRST, W_TURNED, W_WIDTH,
	W_FIRST, X_WIDTH, X_FIRST, LAST_INPUT, LAST_WITH_BIAS, ONE_SHORT, ONE_MORE, FIRST_MISSING,
	BY_OUTPUTS, CARRIED_ON, NOT_CLEARED, Y_TURNED, Y_WIDTH, LAST_ROW_MISSING,
	LAST_OUTPUT_MISSING, ROW_MORE, UNTOUCHED
};

static const Mistake output_mistakes[] = {
	{ NO_BIAS, "the bias is not added" },
	{ BIAS_EACH,
	  "the bias is added for every input. It belongs outside of the loop over "
	  "inputs" },
	{ BIAS_OF_ROW,
	  "the bias has the index of the row. It belongs to the output: b[o]" },
	{ BIAS_FIRST, "every output gets b[0]. Each has its own bias: b[o]" },
	{ W_TURNED,
	  "w is read as (inputs,outputs). It is (outputs,inputs): row o has the "
	  "weights of output o" },
	{ W_WIDTH, "row o of w begins at o * inputs, not at o * outputs" },
	{ W_FIRST,
	  "every output has the weights of output 0. Row o begins at o * inputs" },
	{ X_WIDTH, "row m of x begins at m * inputs, not at m * outputs" },
	{ X_FIRST, "every row reads row 0 of x. Row m begins at m * inputs" },
	{ LAST_INPUT,
	  "only the last input is left: = where += has to be, which also loses the "
	  "bias" },
	{ LAST_WITH_BIAS, "only the last input is left: = where += has to be" },
	{ ONE_SHORT, "the last input is left out: the loop ends one too early" },
	{ ONE_MORE, "one input too many: i ends at inputs - 1" },
	{ FIRST_MISSING, "the first input is left out: indices begin at 0" },
	{ BY_OUTPUTS, "the sum goes over as many inputs as there are outputs" },
	{ CARRIED_ON,
	  "the sum goes on from the output before. It begins anew for every output" },
	{ NOT_CLEARED, "y is added to. It has to be set: it may hold anything before" },
	{ Y_TURNED,
	  "y is written as (outputs,rows). Element (m,o) is y[m * outputs + o]" },
	{ Y_WIDTH, "row m of y begins at m * outputs, not at m * inputs" },
	{ LAST_ROW_MISSING, "the last row is not computed: the loop ends one too early" },
	{ LAST_OUTPUT_MISSING,
	  "the last output is not computed: the loop ends one too early" },
	{ ROW_MORE, "one row too many: m ends at rows - 1" },
	{ UNTOUCHED, "nothing is written to y. It is not computed yet" },
};

/* Of the layer's gradients. */
enum {
	G_ASSIGNED = RIGHT + 1, G_SET, G_ZEROED_LATE, G_TURNED, G_OTHER_FACTOR,
	G_FACTOR_TURNED, G_DY_WIDTH, G_DY_FIRST, G_FIRST_ROW, G_MEAN, G_NO_FACTOR, G_EACH,
	G_BY_ROW, G_ALL_IN_ONE, G_SIGN, G_ROW_MORE, G_UNTOUCHED
};

static const Mistake dx_mistakes[] = {
	{ G_ASSIGNED,
	  "= where += has to be: each output replaces what the one before gave" },
	{ G_SET, "dx is set. It has to be added to: what was there is lost" },
	{ G_OTHER_FACTOR,
	  "the factor is x. dy has to be multiplied by the weight: y grows by w when "
	  "x grows by 1" },
	{ G_FACTOR_TURNED, "w is read as (inputs,outputs). It is (outputs,inputs)" },
	{ G_DY_WIDTH, "row m of dy begins at m * outputs, not at m * inputs" },
	{ G_DY_FIRST, "every row reads row 0 of dy. Row m begins at m * outputs" },
	{ G_FIRST_ROW, "only the first row is reached" },
	{ G_MEAN,
	  "divided by the number of rows. Only a mean is divided, and this is none" },
	{ G_NO_FACTOR, "the weight is missing as a factor" },
	{ G_ALL_IN_ONE, "all rows are added to row 0 of dx. Row m begins at m * inputs" },
	{ G_SIGN, "the sign: it is subtracted where it has to be added" },
	{ G_ROW_MORE, "one row too many: m ends at rows - 1" },
	{ G_UNTOUCHED, "nothing is added to dx. It is not computed yet" },
};

static const Mistake dw_mistakes[] = {
	{ G_ASSIGNED,
	  "= where += has to be: each row replaces what the one before gave" },
	{ G_SET, "dw is set. It has to be added to: what was there is lost" },
	{ G_OTHER_FACTOR,
	  "the factor is w. dy has to be multiplied by the input: y grows by x when w "
	  "grows by 1" },
	{ G_TURNED,
	  "dw is written as (inputs,outputs). It has the shape of w, (outputs,inputs)" },
	{ G_BY_ROW, "dw has the index of the row. Row o of dw belongs to output o" },
	{ G_DY_WIDTH, "row m of dy begins at m * outputs, not at m * inputs" },
	{ G_DY_FIRST, "every row reads row 0 of dy. Row m begins at m * outputs" },
	{ G_FIRST_ROW, "only the first row is reached" },
	{ G_MEAN, "divided by the number of rows. The mean is taken in the loss, once" },
	{ G_NO_FACTOR, "the input is missing as a factor" },
	{ G_ALL_IN_ONE,
	  "all outputs are added to row 0 of dw. Row o begins at o * inputs" },
	{ G_SIGN, "the sign. The gradient is added here; the step subtracts it" },
	{ G_ROW_MORE, "one row too many: m ends at rows - 1" },
	{ G_UNTOUCHED, "nothing is added to dw. It is not computed yet" },
};

static const Mistake db_mistakes[] = {
	{ G_ASSIGNED,
	  "= where += has to be: each row replaces what the one before gave" },
	{ G_SET, "db is set. It has to be added to: what was there is lost" },
	{ G_EACH,
	  "db is added to once for every input. It belongs outside of the loop over "
	  "inputs" },
	{ G_DY_WIDTH, "row m of dy begins at m * outputs, not at m * inputs" },
	{ G_DY_FIRST, "every row reads row 0 of dy. Row m begins at m * outputs" },
	{ G_FIRST_ROW, "only the first row is reached" },
	{ G_MEAN, "divided by the number of rows. The mean is taken in the loss, once" },
	{ G_BY_ROW, "db has the index of the row. It belongs to the output: db[o]" },
	{ G_ALL_IN_ONE, "all outputs are added to db[0]. Each has its own" },
	{ G_SIGN, "the sign. The gradient is added here; the step subtracts it" },
	{ G_ROW_MORE, "one row too many: m ends at rows - 1" },
	{ G_UNTOUCHED, "nothing is added to db. It is not computed yet" },
};

/* clang-format on */

#endif
