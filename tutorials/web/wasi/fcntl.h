/* fcntl.h: a lock on a file is always given, where no other process could hold it. */
#ifndef WASI_FCNTL_H
#define WASI_FCNTL_H

#include_next <fcntl.h>

enum { F_WRLCK = 1, F_SETLK = F_GETFD }; /* a request that succeeds and does nothing */

#endif
