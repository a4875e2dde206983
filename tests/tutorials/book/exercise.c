/* Twice a number. */
#include "tutorials/99-sample/exercise.h"

int twice(int x)
{
	/* BEGIN SOLUTION */
	int secret_solution = 2 * x;
	return secret_solution;
	/* stub: return 0 * x; */
	/* END SOLUTION */
}
