#include "autograd/fast/terms.h"
#include "tensor/transpose.h"

void terms_clear(Terms *terms)
{
	*terms = (Terms){ .first = NULL };
}

Var *terms_promise(Var *out, unsigned inputs)
{
	if (out->node)
		out->node->by_terms = inputs;
	return out;
}

/* The whole gradient as a matrix. */
static Matrix gradient_of(const Var *x)
{
	int rows = x->grad.shape[0];
	int columns = (int)(tensor_count(x->grad) / (size_t)rows);
	return matrix_view(x->grad.data, rows, columns, columns);
}

void terms_add(Arena *arena, Var *x, Term *term)
{
	Terms *terms = x->terms;
	if (!terms) {
		term->put((const Term *const[]){ term }, 1, arena, gradient_of(x), 0,
		        MATMUL_ADD);
		return;
	}
	term->next = NULL;
	if (terms->last)
		terms->last->next = term;
	else
		terms->first = term;
	terms->last = term;
	terms->count++;
}

/* ---- products ---- */

/* Where the sums are shorter, out would be read and written more often than it is
 * worth. */
enum { SHORT = 128 };

typedef struct Product {
	Term term;
	Site site;
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
		matmul_at(one.site, out, one.a, one.b, mode);
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

void terms_add_product(Site site, Arena *arena, Var *x, Matrix a, Matrix b)
{
	if (x->terms && pays_now(a, b)) {
		x->terms->written = true;
		matmul_at(site, gradient_of(x), a, b, MATMUL_ADD);
		return;
	}
	Product *product = arena_alloc(arena, sizeof *product);
	*product = (Product){ .term.put = put_products, .site = site, .a = a, .b = b };
	terms_add(arena, x, &product->term);
}

/* ---- matrices ---- */

typedef struct Whole {
	Term term;
	Site site;
	Matrix a;
} Whole;

/* Added up as they lie, and then turned over, if they are to be, once for all. */
static void put_matrices(const Term *const *terms, int count, Arena *scratch, Matrix out,
        int row, MatmulMode mode)
{
	const Whole *first = (const Whole *)terms[0];
	bool turned = first->a.column_stride != 1;
	ArenaMark mark = arena_mark(scratch);
	real *numbers = arena_alloc(
	        scratch, (size_t)out.rows * (size_t)out.columns * sizeof(real));
	int rows = turned ? out.columns : out.rows;
	int columns = turned ? out.rows : out.columns;
	Matrix sum = matrix_view(numbers, rows, columns, columns);
	for (int i = 0; i < count; i++) {
		const Whole *one = (const Whole *)terms[i];
		Matrix a = matrix_part(one->a, row, out.rows, 0, out.columns);
		if (turned)
			a = matrix_transpose(a);
		if (i)
			matrix_add_at(one->site, sum, a);
		else
			matrix_copy_at(one->site, sum, a);
	}
	if (turned)
		sum = matrix_transpose(sum);
	if (mode == MATMUL_SET)
		matrix_copy_at(first->site, out, sum);
	else
		matrix_add_at(first->site, out, sum);
	arena_rewind(scratch, mark);
}

void terms_add_matrix(Site site, Arena *arena, Var *x, Matrix a)
{
	Whole *whole = arena_alloc(arena, sizeof *whole);
	*whole = (Whole){ .term.put = put_matrices, .site = site, .a = a };
	terms_add(arena, x, &whole->term);
}

/* ---- their sum ---- */

void terms_sum(Arena *scratch, const Terms *const *tapes, int count, Matrix out, int row,
        MatmulMode mode)
{
	ArenaMark mark = arena_mark(scratch);
	int all = 0;
	for (int t = 0; t < count; t++)
		all += tapes[t]->count;
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
