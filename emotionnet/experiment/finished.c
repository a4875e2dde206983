/* finished.c: a line of metadata beside the model's own. */
#include "emotionnet/experiment/finished.h"

#include <string.h>
#include <unistd.h>

#define MARK CHECKPOINT_STATE "finished"

const char *finished_mark(Arena *arena, const char *settings, const char *data)
{
	return arena_format(arena, "%s%s", settings, data);
}

static void keep_mark(Record *r, void *context)
{
	const char *mark = context;
	record_text(r, MARK, &mark);
}

bool finished_save(
        const Checkpoint *checkpoint, const char *mark, const char *path, Error *error)
{
	Params none = params_new(checkpoint->params.arena);
	char *copy = arena_string(checkpoint->params.arena, mark);
	return checkpoint_save_state(checkpoint, &none, keep_mark, copy, path, error);
}

bool finished_is(const char *path, const char *mark)
{
	SafetensorsFile file;
	if (access(path, F_OK))
		return false;
	Arena *arena = arena_new("a finished model");
	const char *found = NULL;
	if (safetensors_open(&file, arena, path, NULL))
		found = metadata_find(&file.metadata, MARK);
	bool same = found && !strcmp(found, mark);
	arena_free(arena);
	return same;
}
