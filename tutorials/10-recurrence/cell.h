/* cell.h: one unit of an LSTM, in plain numbers. */
#ifndef TUTORIALS_RECURRENCE_CELL_H
#define TUTORIALS_RECURRENCE_CELL_H

/* [gates] */
typedef struct Gates {
	float in, forget, candidate, out; /* the usual names are i, f, g, o */
} Gates;
/* [/gates] */

/* From the four sums z and the old cell: the gates and the new cell; returns h. */
float cell_update(Gates *gates, float *c, const float z[4], float c_before);
/* Back through it. dh and dc are the gradients of h and c: sets dz, those of the four sums,
 * and returns that of the old cell. */
float cell_back(
        float dz[4], float dh, float dc, const Gates *gates, float c, float c_before);

/* A network of one unit with one input: z[q] = u[q] x + w[q] h_before + b[q]. */
typedef struct Single {
	float u[4], w[4], b[4];
} Single;

/* The last h after the inputs x (T). */
float single_run(const Single *net, const float x[], int T);
/* Adds the gradient of the last h. */
void single_backward(const Single *net, Single *grad, const float x[], int T);
/* The largest difference between that and what two runs near by say. */
double single_gradient_error(const Single *net, const float x[], int T);

#endif
