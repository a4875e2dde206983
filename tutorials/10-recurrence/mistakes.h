/* mistakes.h: what one gets wrong in exercise 10, and how it is told. checks.c makes each
 * of them on purpose, and compares. */
#ifndef TUTORIALS_RECURRENCE_MISTAKES_H
#define TUTORIALS_RECURRENCE_MISTAKES_H

typedef struct Mistake {
	int way;
	const char *text;
} Mistake;

/* clang-format off */
enum {
	RIGHT, UNTOUCHED, LAST_UNIT, FIRST_UNIT, FIRST_ROW,
	/* the sums */
	NO_BIAS, BIAS_EACH, NO_H, NO_X, FROM_C, W_X_TURNED, W_H_TURNED, BLOCK_TURNED, W_X_WIDTH, W_H_WIDTH,
	LAST_TERM, BLOCK_BIAS,
	/* the gates */
	G_SIGMOID, ALL_TANH, ORDER_IFOG, ORDER_FIRST, SIGMOID_SIGN, RAW, BY_UNIT,
	/* c and h */
	C_EXCHANGED, C_NO_OLD, C_NO_NEW, C_ADDED, C_NO_I, C_SHARE, C_GO, C_OLD_H, H_NO_TANH, H_C_BEFORE, H_OUTSIDE, H_SIGMOID,
	/* the gradient of the four sums */
	NO_DC, NO_DH, NO_TANH, C_SQUARE, C_FOR_T, NO_O, NO_SLOPE, G_SLOPE, TANH_SLOPE, F_C_NEW, IF_EXCHANGED,
	O_FROM_E, OWN_GATE, T_BEFORE, AGAIN, ALL_E_DH, ROWS_IFOG, ROWS_BY_UNIT, MINUS,
	/* where it goes */
	DC_NO_F, DC_ONLY_DC, DC_BY_I, DC_SET, DC_NONE, DX_SET, DX_ASSIGNED, DX_NONE, DX_TURNED, DX_WIDTH, DX_BY_X, DX_GATE,
	DH_SET, DH_ASSIGNED, DH_NONE, DH_TURNED, DH_BLOCK, DH_WIDTH, DH_BY_H, DH_GATE,
	WX_SET, WX_NONE, WX_TURNED, WX_WIDTH, WX_BY_W, WH_SET, WH_NONE, WH_TURNED, WH_BLOCK, WH_WIDTH, WH_BY_C, WH_BY_W,
	B_SET, B_NONE, B_EACH, B_GATE
};

static const Mistake forward_mistakes[] = {
	{ UNTOUCHED, "nothing is written. Is it computed yet" },
	{ NO_BIAS, "the bias is not added" },
	{ BIAS_EACH, "the bias is added with every term. It is added once for each row" },
	{ BLOCK_BIAS, "the bias has the index of the unit. Each of the 4H rows has its own: bias[r]" },
	{ NO_H, "h_before is not in the sums: without it the step does not know what came before" },
	{ NO_X, "x is not in the sums" },
	{ FROM_C, "the sums read c_before. They read h_before; c_before is used in c only" },
	{ W_X_TURNED, "w_x is read as (I,4H). It is (4H,I): row r begins at r * I" },
	{ W_H_TURNED, "w_h is read as (H,4H). It is (4H,H): row r begins at r * H" },
	{ BLOCK_TURNED, "in w_h rows and columns are exchanged: row r and column m is w_h[r * H + m]" },
	{ W_X_WIDTH, "a row of w_x has I numbers, not H: row r begins at r * I" },
	{ W_H_WIDTH, "a row of w_h has H numbers, not I: row r begins at r * H" },
	{ LAST_TERM, "only the last term of a sum is left: = where += has to be" },
	{ G_SIGMOID, "g went through the sigmoid. It goes through tanh: what is added may be negative" },
	{ ALL_TANH, "i, f and o went through tanh. They go through the sigmoid: a gate is open from 0 to 1" },
	{ ORDER_IFOG, "the order of the gates is i, f, o, g here. It has to be i, f, g, o" },
	{ ORDER_FIRST, "the order of the gates is g, i, f, o here. It has to be i, f, g, o" },
	{ SIGMOID_SIGN, "the sign in the sigmoid: it is 1 / (1 + e^-z)" },
	{ RAW, "gates holds the sums. Backward needs what came out of the sigmoid and of tanh" },
	{ BY_UNIT, "the gates lie unit by unit: i f g o i f g o. They lie in blocks: all i, then all f, then g, then o" },
	{ C_EXCHANGED, "i and f are exchanged in c: f keeps the old, i lets in the new" },
	{ C_NO_OLD, "the old cell is missing in c: f c_before + i g" },
	{ C_NO_NEW, "the new is missing in c: f c_before + i g" },
	{ C_NO_I, "the input gate is missing in c: f c_before + i g" },
	{ C_SHARE, "c is f c_before + (1 - f) g here. An LSTM has a gate of its own for the new: i" },
	{ C_ADDED, "c is added to. It has to be set: it may hold anything before" },
	{ C_GO, "g and o are exchanged: g is the third block of gates, o the fourth" },
	{ C_OLD_H, "c is made from h_before. What f keeps is c_before" },
	{ H_NO_TANH, "the tanh is missing in h: it is o tanh(c)" },
	{ H_C_BEFORE, "h is made from the old cell, c_before. It is made from the new c" },
	{ H_OUTSIDE, "h is tanh(o c) here. It is o tanh(c): the gate comes last" },
	{ H_SIGMOID, "c went through the sigmoid in h. It is o tanh(c)" },
	{ LAST_UNIT, "the last unit is not computed: k goes from 0 to H-1" },
	{ FIRST_UNIT, "only the first unit is computed: a return inside of the loop" },
	{ FIRST_ROW, "only the first row is computed: a return inside of the loop" },
};

static const Mistake backward_mistakes[] = {
	{ UNTOUCHED, "nothing is added to any gradient. Is it computed yet" },
	{ NO_DC, "dc does not reach the cell. Two paths lead back to c, and both are added: through h, and from the next step" },
	{ NO_DH, "dh does not reach the cell. Two paths lead back to c, and both are added: through h, and from the next step" },
	{ NO_TANH, "the derivative of tanh(c) is missing: dh comes back to c as dh o (1 - tanh(c)^2)" },
	{ C_SQUARE, "the derivative of tanh(c) is 1 - tanh(c)^2, not 1 - c^2" },
	{ C_FOR_T, "c stands where tanh(c) has to be. Compute tanh(c[k]) again: c is given, its tanh is not" },
	{ T_BEFORE, "tanh of the old cell, c_before, is used. h was made from the new one, c" },
	{ NO_O, "the output gate is missing on the way from h to c: dh o (1 - tanh(c)^2)" },
	{ NO_SLOPE, "the derivatives of the sigmoid and of tanh are missing: dz is the gradient of the sum before them" },
	{ G_SLOPE, "g has the derivative of the sigmoid here. g is a tanh: 1 - g^2" },
	{ TANH_SLOPE, "i, f and o have the derivative of tanh here. They are sigmoids: y (1 - y)" },
	{ F_C_NEW, "the forget gate is multiplied by the new c. In c = f c_before + i g its factor is c_before" },
	{ IF_EXCHANGED, "the factors of i and f are exchanged: i was multiplied by g, f by c_before" },
	{ OWN_GATE, "each gate is multiplied by itself. The factor is what it was multiplied by in forward" },
	{ O_FROM_E, "o gets the gradient of c. It stands in h = o tanh(c), so it gets dh" },
	{ ALL_E_DH, "i, f and g get dh. They stand in c, so they get the gradient of c" },
	{ AGAIN, "the sigmoid and tanh are applied to gates once more. gates holds what came out of them" },
	{ ROWS_IFOG, "the gradients of g and o go to each other's rows. The order is i, f, g, o" },
	{ ROWS_BY_UNIT, "the rows lie unit by unit here: 4k, 4k+1 ... They lie in blocks: k, H+k, 2H+k, 3H+k" },
	{ MINUS, "the sign. The gradient is added here; the training step subtracts it" },
	{ DC_NO_F, "the forget gate is missing in dc_before: f decided how much of the old cell was kept" },
	{ DC_ONLY_DC, "dc_before gets only dc f. What came to c through h belongs to it as well" },
	{ DC_BY_I, "dc_before is multiplied by the input gate. c_before was multiplied by f" },
	{ DC_SET, "dc_before is set. It has to be added to: what was there is lost" },
	{ DC_NONE, "nothing is added to dc_before" },
	{ DX_SET, "dx is set. It has to be added to: what was there is lost" },
	{ DX_ASSIGNED, "= where += has to be in dx: each row replaces what the one before gave" },
	{ DX_NONE, "nothing is added to dx" },
	{ DX_TURNED, "for dx, w_x is read as (I,4H). It is (4H,I): row r begins at r * I" },
	{ DX_WIDTH, "for dx: a row of w_x has I numbers, not H" },
	{ DX_BY_X, "dx gets dz times x. It has to be dz times the weight" },
	{ DX_GATE, "dx gets only what the first gate gives. x is in all 4H sums" },
	{ DH_SET, "dh_before is set. It has to be added to: what was there is lost" },
	{ DH_ASSIGNED, "= where += has to be in dh_before: each row replaces what the one before gave" },
	{ DH_NONE, "nothing is added to dh_before: then no error goes back through the gates" },
	{ DH_TURNED, "for dh_before, w_h is read as (H,4H). It is (4H,H): row r begins at r * H" },
	{ DH_BLOCK, "for dh_before, rows and columns of w_h are exchanged: row r gives dz(r) w_h[r * H + m] to unit m" },
	{ DH_WIDTH, "for dh_before: a row of w_h has H numbers, not I" },
	{ DH_BY_H, "dh_before gets dz times h_before. It has to be dz times the weight" },
	{ DH_GATE, "dh_before gets only what the first gate gives. h_before is in all 4H sums" },
	{ WX_SET, "dw_x is set. It has to be added to: the same weights are used at every step" },
	{ WX_NONE, "nothing is added to dw_x" },
	{ WX_TURNED, "dw_x is written as (I,4H). It has the shape of w_x, (4H,I)" },
	{ WX_WIDTH, "a row of dw_x has I numbers, not H" },
	{ WX_BY_W, "dw_x gets dz times the weight. It has to be dz times x" },
	{ WH_SET, "dw_h is set. It has to be added to: the same weights are used at every step" },
	{ WH_NONE, "nothing is added to dw_h" },
	{ WH_TURNED, "dw_h is written as (H,4H). It has the shape of w_h, (4H,H)" },
	{ WH_BLOCK, "in dw_h rows and columns are exchanged: it is dw_h[r * H + m]" },
	{ WH_WIDTH, "a row of dw_h has H numbers, not I" },
	{ WH_BY_C, "dw_h gets dz times c_before. The sums have read h_before" },
	{ WH_BY_W, "dw_h gets dz times the weight. It has to be dz times h_before" },
	{ B_SET, "dbias is set. It has to be added to: the same bias is used at every step" },
	{ B_NONE, "nothing is added to dbias" },
	{ B_EACH, "dbias is added to inside of the loop over x. It gets dz once for each row" },
	{ B_GATE, "all four gates are added to the first H of dbias. Each row has its own: dbias[r]" },
	{ LAST_UNIT, "the last unit is left out: k goes from 0 to H-1" },
	{ FIRST_UNIT, "only the first unit is reached: a return inside of the loop" },
	{ FIRST_ROW, "only the first row of the first unit is reached: a return inside of the loops" },
};
/* clang-format on */

#endif
