/* library.h: the same network out of the library's layers, on a tape. */
#ifndef TUTORIALS_ATTENTION_LIBRARY_H
#define TUTORIALS_ATTENTION_LIBRARY_H

#include "tutorials/12-attention/network.h"

/* Trains layers that begin with the numbers of `from`, which pools by attention and sees
 * no neighbours; their accuracy on the test set. */
double library_accuracy(
        const Network *from, int words, Stories train, Stories test, Plan plan);

#endif
