#include "emotionnet/join.h"
#include "autograd/ops.h"

Var *join_pooled(Tape *tape, const FusionInput *in)
{
	Var *pooled[MAX_MODALITIES]; /* of a missing one, zeros already (model.c) */
	for (int m = 0; m < in->count; m++)
		pooled[m] = in->modality[m].pooled;
	return op_concat(tape, 1, in->count, pooled);
}
