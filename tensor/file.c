#include "tensor/file.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { FIRST_READ = 4096 };

/* How much room to begin with: a regular file tells its size, a pipe does not. One byte more, so
 * that a file that has not grown meanwhile is read, and its end seen, without growing the room. */
static size_t first_room(FILE *in)
{
	struct stat status;
	if (fstat(fileno(in), &status) || !S_ISREG(status.st_mode) || status.st_size <= 0)
		return FIRST_READ;
	return (size_t)status.st_size + 1;
}

static bool read_all(Bytes *bytes, Arena *arena, FILE *in, const char *path, Error *error)
{
	size_t room = first_room(in), size = 0;
	unsigned char *data = arena_alloc(arena, room + 1);
	for (;;) {
		size += fread(data + size, 1, room - size, in);
		if (ferror(in))
			return error_set(error, "%s: byte %zu: cannot be read: %s", path,
			        size, strerror(errno));
		if (size < room)
			break;
		if (room > SIZE_MAX / 4)
			return error_set(error, "%s: too long for this machine", path);
		unsigned char *larger = arena_alloc(arena, 2 * room + 1);
		memcpy(larger, data, size);
		data = larger;
		room *= 2;
	}
	data[size] = 0;
	*bytes = (Bytes){ .data = data, .size = size };
	return true;
}

bool file_read(Bytes *bytes, Arena *arena, const char *path, Error *error)
{
	FILE *in = fopen(path, "rb");
	if (!in)
		return error_set(
		        error, "%s: cannot be opened: %s", path, strerror(errno));
	bool done = read_all(bytes, arena, in, path, error);
	fclose(in);
	return done;
}
