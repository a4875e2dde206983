/* The rows of W are cut into parts: each makes some columns of y, and no sum is cut. */
#include "autograd/fast/team.h"
#include "tensor/reduce.h"

Team *team_new(Arena *arena, Pool *pool)
{
	Team *team = ARENA_NEW(arena, Team);
	int workers = pool_threads(pool);
	*team = (Team){ .pool = pool };
	team->scratch = ARENA_ARRAY(arena, Arena *, (size_t)workers);
	for (int w = 0; w < workers; w++)
		team->scratch[w] = arena_child(arena, "a thread of a team");
	return team;
}

typedef struct Run {
	const Team *team;
	TeamWork *work;
	void *context;
} Run;

static void run_part(void *context, int part, int worker)
{
	const Run *run = context;
	run->work(run->context, part, run->team->scratch[worker]);
	arena_reset(run->team->scratch[worker]);
}

void team_run(const Tape *tape, int count, TeamWork *work, void *context)
{
	Run run = { tape->team, work, context };
	if (tape->team && pool_threads(tape->team->pool) > 1) {
		pool_run(tape->team->pool, count, run_part, &run);
		return;
	}
	for (int part = 0; part < count; part++) {
		ArenaMark mark = arena_mark(tape->arena);
		work(context, part, tape->arena);
		arena_rewind(tape->arena, mark);
	}
}

enum { ROWS = 96 }; /* of W in a part: whole panels of columns of y */

typedef struct Product {
	Matrix y, start, x, weight;
	int group;
} Product;

static void rows_by_rows(void *context, int part, int worker)
{
	(void)worker;
	const Product *p = context;
	int first = part * p->group, left = p->weight.rows - first;
	int rows = left < p->group ? left : p->group, M = p->x.rows;
	Matrix start = p->start.data ? matrix_part(p->start, 0, M, first, rows)
	                             : matrix_view(NULL, M, rows, rows);
	matmul_from(matrix_part(p->y, 0, M, first, rows), start, p->x,
	        matrix_transpose(
	                matrix_part(p->weight, first, rows, 0, p->weight.columns)));
}

static void one_row(void *context, int part, int worker)
{
	(void)worker;
	const Product *p = context;
	int end = (part + 1) * p->group;
	for (int o = part * p->group; o < end && o < p->weight.rows; o++)
		p->y.data[o] = (p->start.data ? p->start.data[o] : 0) +
		               real_dot(p->x.data, matrix_row(p->weight, o),
		                       (size_t)p->weight.columns);
}

void team_product(const Tape *tape, Matrix y, Matrix start, Matrix x, Matrix weight)
{
	Product p = { y, start, x, weight, ROWS };
	Pool *pool = tape->team->pool;
	int workers = pool_threads(pool);
	bool one = team_one_row(tape, x);
	if (one)
		p.group = (weight.rows + workers - 1) / workers;
	int parts = (weight.rows + p.group - 1) / p.group;
	pool_run(pool, parts, one ? one_row : rows_by_rows, &p);
}
