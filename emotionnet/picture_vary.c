/* What is drawn of each picture: whether it is mirrored, how far it moves right and down, how
 * much contrast and light it gets.
 *
 *     y_rc = a x_(r-d)(c-e) + b, or with column side-1-c first; 0 from outside the picture */
#include "emotionnet/picture_vary.h"

#include "layers/dropout.h"

enum { MOVES = 12 }; /* one part in so many of the side, at most */
static const real CONTRAST = (real)0.2, LIGHT = (real)0.2;

static real around(Rng *rng, real centre, real most)
{
	return centre + most * (2 * rng_uniform(rng) - 1);
}

static void vary(real *y, const real *x, int side, Rng *rng)
{
	int most = side / MOVES;
	bool mirrored = rng_below(rng, 2);
	int down = rng_below(rng, 2 * most + 1) - most;
	int right = rng_below(rng, 2 * most + 1) - most;
	real contrast = around(rng, 1, CONTRAST), light = around(rng, 0, LIGHT);
	for (int r = 0; r < side; r++)
		for (int c = 0; c < side; c++, y++) {
			int from_r = r - down,
			    from_c = (mirrored ? side - 1 - c : c) - right;
			bool inside = from_r >= 0 && from_r < side && from_c >= 0 &&
			              from_c < side;
			*y = (inside ? contrast * x[from_r * side + from_c] : 0) + light;
		}
}

Var *picture_vary(Tape *tape, const Var *x, int side, Rng *rng)
{
	Tensor y = tensor_like(tape->arena, x->value);
	size_t pixels = (size_t)side * (size_t)side;
	Rng base = dropout_stream(rng);
	for (size_t b = 0; b < (size_t)x->value.shape[0]; b++) {
		Rng own = rng_split(&base, b);
		vary(y.data + b * pixels, x->value.data + b * pixels, side, &own);
	}
	return tape_constant(tape, y, x->name);
}
