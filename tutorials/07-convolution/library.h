/* library.h: the same network out of the library's layers, on a tape. */
#ifndef TUTORIALS_CONVOLUTION_LIBRARY_H
#define TUTORIALS_CONVOLUTION_LIBRARY_H

#include "tutorials/07-convolution/network.h"

/* Trains layers that begin with the numbers of `from`; their accuracy on the test set. */
double library_accuracy(const Network *from, const Sets *sets, Plan plan);

#endif
