/* The file appears in memory and is read where it is looked at. Pages that are written to
 * become private copies; the file itself is never changed. */
#ifdef __linux__
#define _DEFAULT_SOURCE /* madvise */
#endif

#include "tensor/file/file_map.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool map(Bytes *bytes, int file, const char *path, Error *error)
{
	struct stat status;
	if (fstat(file, &status))
		return error_set(error, "%s: cannot be read: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode))
		return error_set(error, "%s: expected a regular file", path);
	if ((uintmax_t)status.st_size > SIZE_MAX)
		return error_set(error, "%s: too long for this machine", path);
	*bytes = (Bytes){ .data = NULL, .size = (size_t)status.st_size };
	if (!bytes->size)
		return true; /* nothing cannot be mapped, and need not be */
	void *data =
	        mmap(NULL, bytes->size, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
	if (data == MAP_FAILED)
		return error_set(
		        error, "%s: cannot be mapped: %s", path, strerror(errno));
	bytes->data = data;
	return true;
}

bool file_map(Bytes *bytes, const char *path, Error *error)
{
	int file = file_descriptor(path, error);
	if (file < 0)
		return false;
	bool done = map(bytes, file, path, error);
	close(file); /* the mapping stays */
	return done;
}

void file_unmap(Bytes bytes)
{
	if (bytes.data)
		munmap((void *)(uintptr_t)bytes.data, bytes.size);
}

static void unmap(void *bytes)
{
	file_unmap(*(Bytes *)bytes);
}

/* All pages now, by one call: each would else be asked for when it is first touched, by a
 * trap that costs more than the page. A system that cannot do it, does it then. */
static void fetch_pages(Bytes bytes)
{
#ifdef MADV_POPULATE_READ
	madvise((void *)(uintptr_t)bytes.data, bytes.size, MADV_POPULATE_READ);
#else
	(void)bytes;
#endif
}

/* To map a file and give it back costs more than to read one so small. */
enum { SMALL_FILE = 64 * 1024 };

bool file_view(Bytes *bytes, Arena *arena, const char *path, Error *error)
{
	struct stat status;
	if (stat(path, &status) || !S_ISREG(status.st_mode) ||
	        status.st_size <= SMALL_FILE)
		return file_read(bytes, arena, path, error);
	Bytes *mapped = ARENA_NEW(arena, Bytes);
	arena_at_end(arena, unmap, mapped); /* before there is anything to lose */
	if (!file_map(mapped, path, error))
		return false;
	fetch_pages(*mapped);
	*bytes = *mapped;
	return true;
}
