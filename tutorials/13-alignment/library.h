/* library.h: the early network once more, in the library's layers. */
#ifndef TUTORIALS_ALIGNMENT_LIBRARY_H
#define TUTORIALS_ALIGNMENT_LIBRARY_H

#include "tutorials/13-alignment/network.h"

/* Trains as network_train does, from the first weights of `from`, which is EARLY. Returns
 * the accuracy on the test set. */
double library_accuracy(const Network *from, const Sets *sets, Plan plan);

#endif
