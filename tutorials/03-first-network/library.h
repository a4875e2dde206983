/* library.h: the same network of the library's layers, trained by its tape. */
#ifndef TUTORIALS_FIRST_NETWORK_LIBRARY_H
#define TUTORIALS_FIRST_NETWORK_LIBRARY_H

#include "tutorials/03-first-network/network.h"

/* Begins with the weights of `net`, which has a hidden layer, and trains with the same
 * sentences in the same order; the accuracy on `test`. */
double library_accuracy(const Network *net, Sentences train, Plan plan, Sentences test);

#endif
