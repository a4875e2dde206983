/* fuse.h: late fusion of two answers, pa and pb: C probabilities each. */
#ifndef TUTORIALS_TWO_MODALITIES_FUSE_H
#define TUTORIALS_TWO_MODALITIES_FUSE_H

void fuse_mean(float p[], const float pa[], const float pb[], const float prior[], int C);
/* w of pa, 1 - w of pb. */
void fuse_weighted(float p[], const float pa[], const float pb[], float w, int C);
/* Bayes' rule, where both are independent once the class is known. */
void fuse_product(
        float p[], const float pa[], const float pb[], const float prior[], int C);
/* The same without the division: the prior counts twice. */
void fuse_undivided(
        float p[], const float pa[], const float pb[], const float prior[], int C);
/* fuse_product of softmax(za) and softmax(zb), as logarithms. */
void fuse_logits(
        float log_p[], const float za[], const float zb[], const float prior[], int C);

/* What the loss -log p of the target gives to the logits of both. */
void fuse_gradient(float d_za[], float d_zb[], const float log_p[], int target, int C);

/* The same for z[c], an element of za or of zb, measured: two-sided. */
float fuse_measured(float z[], int c, const float za[], const float zb[],
        const float prior[], int target, int C);

/* log(e^z0 + e^z1 + ...), stable. */
float log_of_sum(const float z[], int C);

#endif
