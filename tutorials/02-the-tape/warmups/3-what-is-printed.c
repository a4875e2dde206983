/* Warm-up 3: the backward pass, read from its code.
 *
 * What does print_gradients print? Work it out on paper. Write the three numbers into the answer,
 * with blanks between them.
 *
 * hint: u = 6 and v = 10. Begin with d_v. */
#include "tutorials/lesson/warmup.h"

static void print_gradients(FILE *out)
{
	int a = 2, b = 3, c = 4;
	int u = a * b, v = u + c;
	int d_y = 1;
	int d_v = d_y * 2 * v; /* y = v * v */
	int d_c = d_v;
	int d_a = d_v * b, d_b = d_v * a;
	fprintf(out, "%d %d %d", d_a, d_b, d_c);
}

static const char *answer(void)
{
	/* BEGIN SOLUTION */
	return "60 40 20";
	/* stub: return "? ? ?"; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_TEXT("what is printed", answer(), TRUTH(warmup_printed(print_gradients)),
	        NOT("60, 40, 20", "No commas: it prints blanks between the numbers."),
	        NOT("40 60 20", "a and b are exchanged: d_a has the factor b."),
	        NOT("3 2 1", "Those are the local derivatives. d_v is not 1."),
	        NOT("30 20 10", "d_v is 2 v, not v."),
	        NOT("20 20 20",
	                "u is a product: its gradient is multiplied on the way."));
}
