/* parts.h: what each chapter's part B does within EmotionNet, tried on one small batch. */
#ifndef TUTORIALS_MILESTONE_PARTS_H
#define TUTORIALS_MILESTONE_PARTS_H

#include "autograd/tape.h"
#include "tensor/rng.h"

typedef struct Part {
	const char *chapter, *what; /* "01", "the matrix product" */
	/* Calls what the part stands for, forward and backward: on shapes that no rule of
	 * thumb fits, and with gradients that hold something before. Where the part is the
	 * student's, it is compared there with the library's (mine.h). */
	void (*try_it)(Tape *tape, Rng *rng);
} Part;

/* In the order of the chapters, ended by a part without a name. */
extern const Part milestone_parts[];

#endif
