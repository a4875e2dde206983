#include "autograd/fast/stored.h"

void stored_set_at(Site site, Arena *arena, Var *x, Quantised matrix)
{
	if (x->value.ndim != 2 || x->value.shape[0] != matrix.rows ||
	        x->value.shape[1] != matrix.columns)
		error_stop(site, "stored_set", "%s is stored as (%d,%d)",
		        var_text("x", x).text, matrix.rows, matrix.columns);
	Stored *stored = ARENA_NEW(arena, Stored);
	stored->matrix = matrix;
	x->value.data = x->grad.data = NULL;
	x->stored = stored;
}

void stored_product(
        const Tape *tape, Matrix y, Matrix start, Matrix x, const Stored *weight)
{
	Pool *pool = tape->team ? tape->team->pool : NULL;
	(team_one_row(tape, x) ? quantised_product_row : quantised_product)(
	        y, start, x, &weight->matrix, tape->arena, pool);
}

void stored_back(Arena *scratch, Matrix dx, Matrix dy, const Stored *weight)
{
	quantised_back(dx, dy, &weight->matrix, scratch);
}

void stored_row(real *out, const Stored *weight, int row)
{
	quantised_unpack(out, &weight->matrix, row, 1);
}
