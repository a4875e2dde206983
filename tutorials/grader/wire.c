#include "tutorials/grader/wire.h"

#include <errno.h>
#include <unistd.h>

bool wire_send(int fd, const void *data, size_t size)
{
	for (const char *next = data; size > 0;) {
		ssize_t sent = write(fd, next, size);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		next += sent;
		size -= (size_t)sent;
	}
	return true;
}

bool wire_receive(int fd, void *data, size_t size)
{
	for (char *next = data; size > 0;) {
		ssize_t got = read(fd, next, size);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		next += got;
		size -= (size_t)got;
	}
	return true;
}
