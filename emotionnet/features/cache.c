/* cache.c: a file for each clip, named by a hash of all that its frames depend on. */
#include "emotionnet/features/cache.h"

#include "tensor/file/folder.h"
#include "tensor/file/hash.h"
#include "tensor/plot/escape.h"
#include "layers/safetensors.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool cache_make(Arena *arena, const char *folder, Error *error)
{
	char *path = arena_string(arena, folder);
	for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		folder_make(path, NULL);
		*slash = '/';
	}
	return (folder_make(path, NULL) && path_is_folder(path)) ||
	       error_set(error, "--cache %s: the folder cannot be made", folder);
}

/* What the copy is made of: the numbers it draws follow from the seed, its own number and
 * the utterance's place in the corpus (vary.h). */
static const char *copy_key(Arena *arena, const FrameSource *source)
{
	const VarySettings *vary = source->vary;
	if (!source->copy)
		return "";
	return arena_format(arena, "|%d|%d|%.17g|%.17g|%.17g|%llu", source->utterance,
	        source->copy, vary->noise, vary->speed, vary->gain,
	        (unsigned long long)vary->seed);
}

const char *cache_settings(Arena *arena, const FrameSettings *settings)
{
	const char *key = arena_format(arena, "%s|%zu", FRONT_END, sizeof(real));
	Metadata list = { 0 };
	Record record = { .arena = arena, .list = &list };
	FrameSettings copy = *settings;
	frames_keep(&record, &copy);
	for (int i = 0; i < list.count; i++)
		key = arena_format(arena, "%s|%s", key, list.items[i].value);
	return key;
}

/* What tells the sound from all others; NULL if it cannot be told. */
static const char *sound_key(
        Arena *arena, const Corpus *corpus, const Utterance *utterance)
{
	struct stat clip;
	if (corpus->sound)
		return corpus->recipe ? arena_format(arena, "%s|%s", corpus->recipe,
		                                utterance->id)
		                      : NULL;
	if (!utterance->wav[0] || stat(utterance->wav, &clip))
		return NULL;
	return arena_format(arena, "%s|%lld|%lld.%09ld|%.9g|%.9g|%d", utterance->wav,
	        (long long)clip.st_size, (long long)clip.st_mtim.tv_sec,
	        clip.st_mtim.tv_nsec, utterance->start, utterance->end, corpus->channel);
}

const char *cache_entry(Arena *arena, const FrameSource *source)
{
	const Corpus *corpus = source->corpus;
	const char *sound =
	        source->cache
	                ? sound_key(arena, corpus, &corpus->utterances[source->utterance])
	                : NULL;
	if (!sound || !(source->kept || cache_make(arena, source->cache, NULL)))
		return NULL;
	const char *kept =
	        source->kept ? source->kept : cache_settings(arena, source->settings);
	const char *key =
	        arena_format(arena, "%s|%s%s", kept, sound, copy_key(arena, source));
	return arena_format(arena, "%s/%016llx.safetensors", source->cache,
	        (unsigned long long)hash_bytes(HASH_BEGIN, key, strlen(key)));
}

static void keep_heard(Record *r, Heard *heard)
{
	record_int(r, "rate", &heard->rate, 1, FRAMES_RATE);
	record_real(r, "begin", &heard->begin, 0, RECORD_MOST);
	record_real(r, "seconds", &heard->seconds, 0, RECORD_MOST);
}

/* A tensor (T,width) of the entry, T at least 1, in the arena. */
static bool take_tensor(Tensor *tensor, Arena *arena, const SafetensorsFile *file,
        const char *name, int width)
{
	const SafetensorsEntry *held = safetensors_find(file, name);
	if (!held || !held->type->to_real || held->ndim != 2 || held->shape[0] < 1 ||
	        held->shape[0] > (size_t)(INT_MAX / width) ||
	        held->shape[1] != (size_t)width)
		return false;
	*tensor = tensor_new(arena, SHAPE((int)held->shape[0], width));
	held->type->to_real(
	        tensor->data, file->data.data + held->begin, tensor_count(*tensor));
	return true;
}

static bool take_heard(Heard *heard, Arena *arena, const SafetensorsFile *file,
        const FrameSettings *settings)
{
	Record record = { .arena = arena, .metadata = &file->metadata };
	int whole = frames_whole(settings);
	keep_heard(&record, heard);
	return !record.failed && file->summed &&
	       take_tensor(
	               &heard->frames, arena, file, "frames", frames_width(settings)) &&
	       (!whole || take_tensor(&heard->whole, arena, file, "functionals", whole));
}

bool cache_read(
        Heard *heard, Arena *arena, const char *entry, const FrameSettings *settings)
{
	if (access(entry, F_OK))
		return false;
	Arena *scratch = arena_new("a cache entry");
	SafetensorsFile file;
	bool good = safetensors_open(&file, scratch, entry, NULL) &&
	            take_heard(heard, arena, &file, settings);
	arena_free(scratch);
	if (!good)
		terminal_print(stderr,
		        "Note: %s: this cache entry is damaged, and made anew.\n", entry);
	return good;
}

void cache_write(const Heard *heard, const char *entry)
{
	Arena *arena = arena_new("a cache entry");
	Params params = params_new(arena);
	Metadata metadata = { 0 };
	Record record = { .arena = arena, .list = &metadata };
	Heard kept = *heard;
	keep_heard(&record, &kept);
	params_add_view(
	        &params, NULL, &(Var){ .name = "frames", .value = heard->frames });
	if (heard->whole.shape[0])
		params_add_view(&params, NULL,
		        &(Var){ .name = "functionals", .value = heard->whole });
	unlink(entry); /* what stands there, a link say, is not written through */
	/* a part of it, should the power fail, would not pass for the whole */
	safetensors_save_unsynced(&params, &metadata, entry, NULL);
	arena_free(arena);
}
