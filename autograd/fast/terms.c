/* A term knows how the terms of its kind are added up: `put`. The three kinds below are
 * products, matrices and scattered rows. */
#include "autograd/fast/terms.h"
#include "tensor/transpose.h"

#include <string.h>

typedef struct Term Term;
struct Term {
	Term *next;
	/* out = the sum of `count` terms that all have this `put`, or out += it. out is
	 * the gradient's rows from `row` on. */
	void (*put)(const Term *const *terms, int count, Arena *scratch, Matrix out,
	        int row, MatmulMode mode);
};

void terms_clear(Terms *terms)
{
	*terms = (Terms){ .arena = terms->arena };
}

Arena *terms_arena(const Tape *tape, const Var *x)
{
	return x->later && x->later->arena ? x->later->arena : tape->arena;
}

/* The whole gradient as a matrix. */
static Matrix gradient_of(const Var *x)
{
	int rows = x->grad.shape[0];
	int columns = (int)(tensor_count(x->grad) / (size_t)rows);
	return matrix_view(x->grad.data, rows, columns, columns);
}

/* A copy of `term`, of `size` bytes, is put on the list, or into the gradient at once. */
static void add(Tape *tape, Var *x, const Term *term, size_t size)
{
	Terms *terms = x->later;
	if (!terms) {
		ArenaMark mark = arena_mark(tape->arena);
		term->put(&term, 1, tape->arena, gradient_of(x), 0, MATMUL_ADD);
		arena_rewind(tape->arena, mark);
		return;
	}
	Term *kept = arena_copy(terms_arena(tape, x), term, size);
	if (terms->last)
		terms->last->next = kept;
	else
		terms->first = kept;
	terms->last = kept;
}

/* A copy that stays as long as the terms of x do. */
static Matrix keep(const Tape *tape, const Var *x, Matrix a)
{
	bool turned = a.column_stride != 1;
	Matrix from = turned ? matrix_transpose(a) : a;
	size_t count = (size_t)from.rows * (size_t)from.columns;
	Matrix copy = matrix_view(arena_alloc(terms_arena(tape, x), count * sizeof(real)),
	        from.rows, from.columns, from.columns);
	matrix_copy(copy, from);
	return turned ? matrix_transpose(copy) : copy;
}

/* ---- products ---- */

/* Where the sums are shorter, out would be read and written more often than it is
 * worth. */
enum { SHORT = 128 };

typedef struct Product {
	Term term;
	Matrix a, b;
} Product;

static const Product *product_of(const Term *term)
{
	return (const Product *)term;
}

/* How many of the products to take together: side by side, if each has a short sum. */
static int short_ones(const Term *const *terms, int count)
{
	int together = 0, depth = 0;
	while (together < count && depth + product_of(terms[together])->b.rows <= SHORT)
		depth += product_of(terms[together++])->b.rows;
	return together;
}

/* a_0 b_0 + a_1 b_1 + ... = (a_0 a_1 ...) (b_0' b_1' ...)', one product over copies: the
 * same sums, in the same order. */
static Product side_by_side(
        const Term *const *terms, int count, Arena *scratch, int row, int rows)
{
	Product all = *product_of(terms[0]);
	int columns = all.b.columns, depth = 0;
	for (int i = 0; i < count; i++)
		depth += product_of(terms[i])->b.rows;
	real *a = arena_alloc(scratch, (size_t)depth * (size_t)rows * sizeof(real));
	real *b = arena_alloc(scratch, (size_t)depth * (size_t)columns * sizeof(real));
	Matrix turned = matrix_view(a, depth, rows, rows);
	all.a = matrix_transpose(turned);
	all.b = matrix_view(b, depth, columns, columns);
	for (int i = 0, k = 0; i < count; i++) {
		const Product *one = product_of(terms[i]);
		int K = one->b.rows;
		matrix_copy(matrix_part(turned, k, K, 0, rows),
		        matrix_transpose(matrix_part(one->a, row, rows, 0, K)));
		matrix_copy(matrix_part(all.b, k, K, 0, columns), one->b);
		k += K;
	}
	return all;
}

static void put_products(const Term *const *terms, int count, Arena *scratch, Matrix out,
        int row, MatmulMode mode)
{
	for (int i = 0, together; i < count; i += together) {
		ArenaMark mark = arena_mark(scratch);
		Product one = *product_of(terms[i]);
		one.a = matrix_part(one.a, row, out.rows, 0, one.a.columns);
		together = short_ones(terms + i, count - i);
		if (together > 1)
			one = side_by_side(terms + i, together, scratch, row, out.rows);
		else
			together = 1;
		matmul(out, one.a, one.b, mode);
		mode = MATMUL_ADD;
		arena_rewind(scratch, mark);
	}
}

/* Two matrices of many rows are larger than a gradient of the tape's own, and now they
 * are still in the cache: a (M,K) and b (K,N) hold K (M + N) numbers, that gradient is
 * passed over some three times. */
static bool pays_now(Matrix a, Matrix b)
{
	double M = a.rows, N = b.columns, K = a.columns;
	return K * (M + N) > 3 * M * N;
}

void terms_add_product(Tape *tape, Var *x, Matrix a, Matrix b)
{
	if (x->later && pays_now(a, b)) {
		x->later->written = true;
		matmul(gradient_of(x), a, b, MATMUL_ADD);
		return;
	}
	Product product = { .term.put = put_products, .a = a, .b = b };
	if (x->later) {
		product.a = keep(tape, x, a);
		product.b = keep(tape, x, b);
	}
	add(tape, x, &product.term, sizeof product);
}

/* ---- matrices ---- */

typedef struct Whole {
	Term term;
	Matrix a;
	int inner; /* k: each row is (k,F), to become (F,k); 1: as it is */
} Whole;

/* to (F,k) += from (k,F) */
static void add_turned(real *restrict to, const real *restrict from, int k, int F)
{
	for (int j = 0; j < k; j++)
		for (int f = 0; f < F; f++)
			to[f * k + j] += from[j * F + f];
}

/* out = sum, or out += it. */
static void put_sum(Matrix out, Matrix sum, int inner, MatmulMode mode)
{
	if (inner > 1) {
		if (mode == MATMUL_SET)
			matrix_clear(out);
		for (int i = 0; i < out.rows; i++)
			add_turned(matrix_row(out, i), matrix_row(sum, i), inner,
			        out.columns / inner);
	} else if (mode == MATMUL_SET) {
		matrix_copy(out, sum);
	} else {
		matrix_add(out, sum);
	}
}

/* Rows of out: the terms are added up as they lie, and then turned once for all. */
static void put_part(const Term *const *terms, int count, Arena *scratch, Matrix out,
        int row, MatmulMode mode)
{
	const Whole *first = (const Whole *)terms[0];
	bool turned = first->a.column_stride != 1;
	int rows = turned ? out.columns : out.rows;
	int columns = turned ? out.rows : out.columns;
	real *numbers =
	        arena_alloc(scratch, (size_t)rows * (size_t)columns * sizeof(real));
	Matrix sum = matrix_view(numbers, rows, columns, columns);
	for (int i = 0; i < count; i++) {
		const Whole *one = (const Whole *)terms[i];
		Matrix a = matrix_part(one->a, row, out.rows, 0, out.columns);
		if (turned)
			a = matrix_transpose(a);
		if (i)
			matrix_add(sum, a);
		else
			matrix_copy(sum, a);
	}
	put_sum(out, turned ? matrix_transpose(sum) : sum, first->inner, mode);
}

static void put_matrices(const Term *const *terms, int count, Arena *scratch, Matrix out,
        int row, MatmulMode mode)
{
	const Whole *first = (const Whole *)terms[0];
	int together = first->a.column_stride == 1 ? 1 : out.rows;
	for (int i = 0; i < out.rows; i += together) {
		ArenaMark mark = arena_mark(scratch);
		put_part(terms, count, scratch,
		        matrix_part(out, i, together, 0, out.columns), row + i, mode);
		arena_rewind(scratch, mark);
	}
}

void terms_add_turned(Tape *tape, Var *x, Matrix a, int k)
{
	Whole whole = { .term.put = put_matrices, .a = a, .inner = k };
	add(tape, x, &whole.term, sizeof whole);
}

void terms_add_matrix(Tape *tape, Var *x, Matrix a)
{
	terms_add_turned(tape, x, a, 1);
}

/* ---- scattered rows ---- */

typedef struct Scattered {
	Term term;
	const Tape *tape;
	const int *rows;
	Matrix a;
} Scattered;

static void add_row(real *restrict to, const real *restrict from, int columns)
{
	for (int j = 0; j < columns; j++)
		to[j] += from[j];
}

/* The sums of one tape for each row that it reaches, in the order in which they were
 * met. */
typedef struct Sums {
	int *place; /* of each row of out: 1 + in `sum`; 0: not met */
	int *row;   /* of out, for each sum */
	int count;
	Matrix sum;
} Sums;

static Sums sums_new(Arena *scratch, int rows, int added, int columns)
{
	int most = rows < added ? rows : added;
	real *numbers =
	        arena_alloc(scratch, (size_t)most * (size_t)columns * sizeof(real));
	return (Sums){
		.place = ARENA_ARRAY(scratch, int, (size_t)rows),
		.row = ARENA_ARRAY(scratch, int, (size_t)most),
		.sum = matrix_view(numbers, most, columns, columns),
	};
}

static real *sum_of(Sums *sums, int row)
{
	if (!sums->place[row]) {
		sums->row[sums->count++] = row;
		sums->place[row] = sums->count;
		matrix_clear(
		        matrix_part(sums->sum, sums->count - 1, 1, 0, sums->sum.columns));
	}
	return matrix_row(sums->sum, sums->place[row] - 1);
}

static void sum_scattered(Sums *sums, const Scattered *one, int row, Matrix out)
{
	for (int i = 0; i < one->a.rows; i++) {
		int r = one->rows[i] - row;
		if (one->rows[i] >= 0 && r >= 0 && r < out.rows)
			add_row(sum_of(sums, r), matrix_row(one->a, i), out.columns);
	}
}

/* The terms of a tape are summed first, as if it had a gradient of its own. */
static void put_rows(const Term *const *terms, int count, Arena *scratch, Matrix out,
        int row, MatmulMode mode)
{
	const Scattered *const *all = (const Scattered *const *)terms;
	if (mode == MATMUL_SET)
		matrix_clear(out);
	for (int i = 0, end = 0; i < count; i = end) {
		int rows = 0;
		for (; end < count && all[end]->tape == all[i]->tape; end++)
			rows += all[end]->a.rows;
		ArenaMark mark = arena_mark(scratch);
		Sums sums = sums_new(scratch, out.rows, rows, out.columns);
		for (int k = i; k < end; k++)
			sum_scattered(&sums, all[k], row, out);
		for (int k = 0; k < sums.count; k++)
			add_row(matrix_row(out, sums.row[k]), matrix_row(sums.sum, k),
			        out.columns);
		arena_rewind(scratch, mark);
	}
}

static void add_rows_now(Var *x, const int *rows, Matrix a)
{
	for (int i = 0; i < a.rows; i++) {
		if (rows[i] < 0)
			continue;
		if (x->touched)
			touch(x->touched, rows[i]);
		add_row(matrix_row(gradient_of(x), rows[i]), matrix_row(a, i), a.columns);
	}
}

void terms_add_rows(Tape *tape, Var *x, const int *rows, Matrix a)
{
	if (!x->later) {
		add_rows_now(x, rows, a);
		return;
	}
	Scattered scattered = {
		.term.put = put_rows,
		.tape = tape,
		.rows = arena_copy(
		        terms_arena(tape, x), rows, (size_t)a.rows * sizeof *rows),
		.a = keep(tape, x, a),
	};
	add(tape, x, &scattered.term, sizeof scattered);
}

static const Scattered *scattered_of(const Term *term)
{
	if (term->put != put_rows)
		error_stop(HERE, "terms_touch",
		        "a product or a matrix for a table of which few rows are touched: expected rows alone");
	return (const Scattered *)term;
}

void terms_touch(const Terms *const *tapes, int count, Touched *touched)
{
	for (int t = 0; t < count; t++)
		for (const Term *term = tapes[t]->first; term; term = term->next) {
			const Scattered *one = scattered_of(term);
			for (int i = 0; i < one->a.rows; i++)
				if (one->rows[i] >= 0)
					touch(touched, one->rows[i]);
		}
}

void terms_sum_touched(
        const Terms *const *tapes, int count, Matrix gradient, int from, int to)
{
	for (int t = 0; t < count; t++)
		for (const Term *term = tapes[t]->first; term; term = term->next) {
			const Scattered *one = scattered_of(term);
			for (int i = 0; i < one->a.rows; i++)
				if (one->rows[i] >= from && one->rows[i] < to)
					add_row(matrix_row(gradient, one->rows[i]),
					        matrix_row(one->a, i), gradient.columns);
		}
}

/* ---- their sum ---- */

void terms_sum(Arena *scratch, const Terms *const *tapes, int count, Matrix out, int row,
        MatmulMode mode)
{
	ArenaMark mark = arena_mark(scratch);
	int all = 0;
	for (int t = 0; t < count; t++)
		for (const Term *term = tapes[t]->first; term; term = term->next)
			all++;
	const Term **terms = ARENA_ARRAY(scratch, const Term *, (size_t)all);
	all = 0;
	for (int t = 0; t < count; t++)
		for (const Term *term = tapes[t]->first; term; term = term->next)
			terms[all++] = term;
	if (!all && mode == MATMUL_SET)
		matrix_clear(out);
	for (int begin = 0, end = 0; begin < all; begin = end) {
		while (end < all && terms[end]->put == terms[begin]->put)
			end++;
		terms[begin]->put(terms + begin, end - begin, scratch, out, row, mode);
		mode = MATMUL_ADD;
	}
	arena_rewind(scratch, mark);
}
