/* library.h: the same network out of the library's layers, on a tape. */
#ifndef TUTORIALS_SPEECH_LIBRARY_H
#define TUTORIALS_SPEECH_LIBRARY_H

#include "tutorials/09-speech/network.h"

/* Trains layers that begin with the numbers of `from`; their accuracy on `test`. */
double library_accuracy(const Network *from, Set set, Set test, Plan plan);

#endif
