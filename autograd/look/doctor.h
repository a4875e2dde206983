/* doctor.h: what a failed gradient check most likely means.
 *
 * A wrong backward is rarely random: it is the right gradient with the sign lost,
 * doubled, transposed, of one row only. The doctor makes each of these from the measured
 * slopes and sees which one is what the tape computed:
 *
 *     GradcheckResult result = gradcheck(arena, f, context, count, vars);
 *     Diagnosis d = doctor_diagnose(arena, f, context, count, vars, &result);
 *     puts(d.text);
 *
 *     gradient of "w"[1,0] of shape (2,3): found -3, expected 3; 6 of 6 elements checked are wrong.
 *     Likely mistake: the sign. Every element is -1 times what it should be. */
#ifndef AUTOGRAD_DOCTOR_H
#define AUTOGRAD_DOCTOR_H

#include "autograd/look/gradcheck.h"

typedef struct Diagnosis {
	/* "not a number", "overwritten", "chain factor", "nothing", "not summed", "sign",
	 * "factor 2",
	 * "times n", "divided by n", "transposed", "local derivative", "swapped inputs",
	 * "constant factor", "one part" or "unknown"; NULL where the check passed. */
	const char *mistake;
	char text[1536]; /* the check's words, then the doctor's */
} Diagnosis;

/* The arguments are those of the check, and its result. It measures more slopes, of the
 * one Var that is furthest off, in `arena`. */
Diagnosis doctor_diagnose(Arena *arena, GradcheckFunction *function, const void *context,
        int count, Var *const vars[], const GradcheckResult *result);

#endif
