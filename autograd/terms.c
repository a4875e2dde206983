#include "autograd/terms.h"
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

void terms_add(Var *x, Term *term)
{
	Terms *terms = x->terms;
	if (!terms) {
		term->put(term, gradient_of(x), 0, 0, MATMUL_ADD);
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

/* ---- a product ---- */

typedef struct Product {
	Term term;
	Site site;
	Matrix a, b;
} Product;

static void put_product(
        const Term *term, Matrix out, int row, int column, MatmulMode mode)
{
	const Product *product = (const Product *)term;
	Matrix a = matrix_part(product->a, row, out.rows, 0, product->a.columns);
	Matrix b = matrix_part(product->b, 0, product->b.rows, column, out.columns);
	(matmul)(product->site, out, a, b, mode);
}

/* Two matrices of many rows are larger than a gradient of the tape's own, and now they are still in the
 * cache: a (M,K) and b (K,N) hold K (M + N) numbers, that gradient is passed over some three times. */
static bool pays_now(Matrix a, Matrix b)
{
	double M = a.rows, N = b.columns, K = a.columns;
	return K * (M + N) > 3 * M * N;
}

void terms_add_product(Site site, Arena *arena, Var *x, Matrix a, Matrix b)
{
	if (x->terms && pays_now(a, b)) {
		x->terms->written = true;
		(matmul)(site, gradient_of(x), a, b, MATMUL_ADD);
		return;
	}
	Product *product = arena_alloc(arena, sizeof *product);
	*product = (Product){ .term.put = put_product, .site = site, .a = a, .b = b };
	terms_add(x, &product->term);
}

/* ---- a matrix ---- */

typedef struct Whole {
	Term term;
	Site site;
	Matrix a;
} Whole;

static void put_matrix(const Term *term, Matrix out, int row, int column, MatmulMode mode)
{
	const Whole *whole = (const Whole *)term;
	Matrix a = matrix_part(whole->a, row, out.rows, column, out.columns);
	if (mode == MATMUL_SET)
		(matrix_copy)(whole->site, out, a);
	else
		(matrix_add)(whole->site, out, a);
}

void terms_add_matrix(Site site, Arena *arena, Var *x, Matrix a)
{
	Whole *whole = arena_alloc(arena, sizeof *whole);
	*whole = (Whole){ .term.put = put_matrix, .site = site, .a = a };
	terms_add(x, &whole->term);
}

void terms_sum(const Terms *terms, Matrix out, int row, int column)
{
	MatmulMode mode = MATMUL_SET;
	for (const Term *term = terms->first; term; term = term->next) {
		term->put(term, out, row, column, mode);
		mode = MATMUL_ADD;
	}
}
