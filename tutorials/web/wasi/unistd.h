/* unistd.h: a descriptor has one name only, no alarm rings, and there is no place for files
 * without a name. */
#ifndef WASI_UNISTD_H
#define WASI_UNISTD_H

#include <errno.h>
#include_next <unistd.h>

static inline int dup(int file)
{
	(void)file;
	errno = ENOTSUP;
	return -1;
}

static inline int mkstemp(char *path)
{
	(void)path;
	errno = ENOTSUP;
	return -1;
}

static inline unsigned alarm(unsigned seconds)
{
	(void)seconds;
	return 0;
}

#endif
