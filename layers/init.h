/* init.h: first values of weights other than the layers' own, as in PyTorch's nn.init.
 *
 * They overwrite what `_new` drew: init_he_normal(&params, fc.weight, &rng). fan_in is
 * how many inputs go into one output, fan_out how many outputs one input goes to: for a
 * weight (out,in,...) the product of all dimensions but the first, and of all but the
 * second. On a replica nothing is drawn. All stop unless the weight has at least two
 * dimensions. */
#ifndef LAYERS_INIT_H
#define LAYERS_INIT_H

#include "layers/params.h"

/* For what is symmetric around 0, as tanh (Glorot & Bengio 2010): variance 2 / (fan_in +
 * fan_out), so that neither values nor gradients grow or shrink on the way. */
void init_xavier_uniform_at(Site site, const Params *params, Var *weight, Rng *rng);
void init_xavier_normal_at(Site site, const Params *params, Var *weight, Rng *rng);
#define init_xavier_uniform(...) init_xavier_uniform_at(HERE, __VA_ARGS__)
#define init_xavier_normal(...)  init_xavier_normal_at(HERE, __VA_ARGS__)

/* For relu, which silences half of its inputs (He et al. 2015): variance 2 / fan_in. */
void init_he_uniform_at(Site site, const Params *params, Var *weight, Rng *rng);
void init_he_normal_at(Site site, const Params *params, Var *weight, Rng *rng);
#define init_he_uniform(...) init_he_uniform_at(HERE, __VA_ARGS__)
#define init_he_normal(...)  init_he_normal_at(HERE, __VA_ARGS__)

/* The deviation of maps whose results are added to what came before, where that of others is
 * `deviation` (Radford et al. 2019): each of the 2 layers terms adds to the variance. */
real init_before_sum(real deviation, int layers);

/* A random rotation, times `gain` (Saxe, McClelland & Ganguli 2014): as an (out, rest)
 * matrix, its rows or its columns, whichever are fewer, are orthogonal and of length
 * `gain`. For recurrent weights, which are applied over and over: lengths do not
 * change on the way. */
void init_orthogonal_at(
        Site site, const Params *params, Var *weight, real gain, Rng *rng);
#define init_orthogonal(...) init_orthogonal_at(HERE, __VA_ARGS__)

#endif
