#include "tutorials/web/live/inside.h"

#include "emotionnet/live/consent.h"
#include "tensor/file/json_write.h"

#include <stdlib.h>
#include <string.h>

/* What is called from a page has nobody who could hold this for it. */
static struct {
	unsigned char *room;
	InsideModel models[INSIDE_MODELS];
	FILE *out; /* the message that is being printed */
	char *text;
	size_t size;
} inside;

unsigned char *inside_room(size_t size)
{
	free(inside.room);
	inside.room = malloc(size ? size : 1);
	if (!inside.room)
		error_out_of_memory("page", size);
	return inside.room;
}

const char *inside_text(Arena *arena, size_t size)
{
	return arena_format(arena, "%.*s", (int)size, (const char *)inside.room);
}

const InsideModel *inside_at(int place)
{
	return inside.models[place].arena ? &inside.models[place] : NULL;
}

/* ---- to the page ------------------------------------------------------------------- */

FILE *inside_begin(const char *kind)
{
	inside.out = open_memstream(&inside.text, &inside.size);
	if (!inside.out)
		error_out_of_memory("page", BUFSIZ);
	fprintf(inside.out, "{\"kind\":\"%s\"", kind);
	return inside.out;
}

void inside_end(void)
{
	fputc('}', inside.out);
	if (fclose(inside.out))
		error_out_of_memory("page", inside.size);
	page_tell(-1, 1, inside.text, inside.size);
	free(inside.text);
}

static void tell(void *context, bool text, const void *bytes, size_t size)
{
	page_tell((int)((InsideModel *)context - inside.models), text, bytes, size);
}

void inside_law(void)
{
	char *text = NULL;
	size_t size;
	Error error;
	FILE *out = open_memstream(&text, &size);
	if (!out)
		error_out_of_memory("page", BUFSIZ);
	consent_ask(&(Consent){ .speaker = true }, NULL, "", out, &error);
	if (fclose(out))
		error_out_of_memory("page", size);
	json_put_text(inside_begin("law"), "text", text);
	inside_end();
	free(text);
}

/* ---- the models -------------------------------------------------------------------- */

static void forget(InsideModel *model)
{
	if (!model->arena)
		return;
	talk_free(model->talk);
	arena_free(model->arena);
	*model = (InsideModel){ .arena = NULL };
}

static bool load(InsideModel *model, size_t size, Error *error)
{
	LiveSettings settings = live_defaults();
	*model = (InsideModel){ .arena = arena_new("a model of the page") };
	model->path = inside_text(model->arena, size);
	const char **paths = ARENA_ARRAY(model->arena, const char *, 1);
	paths[0] = model->path;
	if (!ensemble_load(&model->ensemble, model->arena, paths, 1, error))
		return false;
	Live *live = live_new(&model->ensemble, &settings, error);
	live_free(live);
	return live != NULL;
}

int inside_model(int place, size_t size)
{
	InsideModel model;
	Error error;
	if (!load(&model, size, &error)) {
		forget(&model);
		json_put_text(inside_begin("error"), "text", error.text);
		inside_end();
		return 0;
	}
	forget(&inside.models[place]);
	inside.models[place] = model;
	return 1;
}

void inside_choose(int place)
{
	for (int m = 0; m < INSIDE_MODELS; m++) {
		InsideModel *model = &inside.models[m];
		if (!model->arena)
			continue;
		TalkSettings settings = { .ensemble = &model->ensemble,
			.live = live_defaults(),
			.bare = m != place,
			.tell = tell,
			.context = model };
		if (settings.bare)
			settings.live.every = 0;
		talk_free(model->talk);
		model->talk = talk_new(&settings);
	}
}

int inside_hear(int place, int text, size_t size)
{
	const InsideModel *model = inside_at(place);
	return model && model->talk && talk_hear(model->talk, text, inside.room, size);
}
