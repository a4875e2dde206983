/* cache.c: a file for each clip, named by a hash of all that its frames depend on. */
#include "emotionnet/features/cache.h"

#include "tensor/file/folder.h"
#include "tensor/file/hash.h"
#include "tensor/file/npy.h"

#include <string.h>
#include <sys/stat.h>

/* Makes a folder, and those that it lies in. */
static bool make_folders(Arena *arena, const char *folder)
{
	char *path = arena_string(arena, folder);
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		folder_make(path, NULL);
		*slash = '/';
	}
	return folder_make(path, NULL) && path_is_folder(path);
}

const char *cache_entry(Arena *arena, const char *folder, const Utterance *utterance,
        const FrameSettings *settings)
{
	struct stat clip;
	if (stat(utterance->wav, &clip) || !make_folders(arena, folder))
		return NULL;
	const char *key = arena_format(arena, "%s|%lld|%lld.%09ld|%.9g|%.9g",
	        utterance->wav, (long long)clip.st_size, (long long)clip.st_mtim.tv_sec,
	        clip.st_mtim.tv_nsec, utterance->start, utterance->end);
	Metadata list = { 0 };
	Record record = { .arena = arena, .list = &list };
	FrameSettings copy = *settings;
	frames_keep(&record, &copy);
	for (int i = 0; i < list.count; i++)
		key = arena_format(arena, "%s|%s", key, list.items[i].value);
	return arena_format(arena, "%s/%016llx.npy", folder,
	        (unsigned long long)hash_bytes(HASH_BEGIN, key, strlen(key)));
}

bool cache_read(Tensor *frames, Arena *arena, const char *entry, int width)
{
	return npy_read(frames, arena, entry, NULL) && frames->ndim == 2 &&
	       frames->shape[0] > 0 && frames->shape[1] == width;
}

void cache_write(Tensor frames, const char *entry)
{
	npy_write(entry, frames, NULL);
}
