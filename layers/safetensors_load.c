/* Loading is all or nothing: first every name, shape and type is compared with the list
 * of parameters, then the numbers are read. */
#include "layers/safetensors.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* What does not fit, a line each, as far as there is room. */
typedef struct Problems {
	char text[ERROR_TEXT / 2];
	size_t used;
	int count, told;
} Problems;

static void problem(Problems *problems, const char *format, ...)
{
	problems->count++;
	char line[256];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	size_t length = strlen(line) + 1, room = sizeof problems->text - problems->used;
	if (length + 1 > room || problems->told + 1 < problems->count)
		return;
	snprintf(problems->text + problems->used, room, "\n%s", line);
	problems->used += length;
	problems->told++;
}

/* "(512,128)", as tensor_shape_text. */
static ShapeText shape_text(const SafetensorsEntry *entry)
{
	ShapeText shape;
	size_t used = 0, room = sizeof shape.text;
	used += (size_t)snprintf(shape.text, room, "(");
	for (int d = 0; d < entry->ndim && used < room; d++)
		used += (size_t)snprintf(shape.text + used, room - used, "%s%zu",
		        d ? "," : "", entry->shape[d]);
	if (used < room)
		snprintf(shape.text + used, room - used, ")");
	return shape;
}

static bool same_shape(const SafetensorsEntry *entry, Tensor x)
{
	if (entry->ndim != x.ndim)
		return false;
	for (int d = 0; d < x.ndim; d++)
		if (entry->shape[d] != (size_t)x.shape[d])
			return false;
	return true;
}

static void compare(const SafetensorsFile *file, const Params *params, Problems *problems)
{
	for (int i = 0; i < params->count; i++) {
		const Var *p = params->items[i];
		const SafetensorsEntry *entry = safetensors_find(file, p->name);
		if (!entry)
			problem(problems, "missing: \"%s\" %s", p->name,
			        tensor_shape_text(p->value).text);
		else if (!same_shape(entry, p->value))
			problem(problems, "another shape: \"%s\" %s, expected %s",
			        p->name, shape_text(entry).text,
			        tensor_shape_text(p->value).text);
		else if (!entry->type->to_real)
			problem(problems,
			        "another type: \"%s\" %s, expected F32, F64, F16 or BF16",
			        p->name, entry->type->name);
	}
	for (int i = 0; i < file->count; i++)
		if (!params_find(params, file->entries[i].name))
			problem(problems, "unexpected: \"%s\" %s", file->entries[i].name,
			        shape_text(&file->entries[i]).text);
}

void safetensors_leave_out(SafetensorsFile *file, const char *prefix)
{
	int kept = 0;
	for (int i = 0; i < file->count; i++)
		if (strncmp(file->entries[i].name, prefix, strlen(prefix)))
			file->entries[kept++] = file->entries[i];
	file->count = kept;
}

/* The numbers as the file holds them, if that is how the machine wants them; else NULL.
 * Whoever asks shares them: the bytes are in an arena, which the file's own parameters
 * may as well write to. */
static real *in_place(const SafetensorsFile *file, const SafetensorsEntry *entry)
{
	const unsigned char *bytes = file->data.data + entry->begin;
	const char *type = sizeof(real) == sizeof(float) ? "F32" : "F64";
	if (strcmp(entry->type->name, type) || (uintptr_t)bytes % sizeof(real))
		return NULL;
	return (real *)(uintptr_t)bytes;
}

static void load(
        const SafetensorsFile *file, const SafetensorsEntry *entry, Var *p, Arena *arena)
{
	size_t count = tensor_count(p->value);
	if (!p->value.data) {
		p->value.data = in_place(file, entry);
		if (p->value.data)
			return;
		p->value.data = arena_alloc(arena, count * sizeof(real));
	}
	entry->type->to_real(p->value.data, file->data.data + entry->begin, count);
}

bool safetensors_load(const SafetensorsFile *file, const Params *params, Error *error)
{
	Problems problems = { .text = "" };
	compare(file, params, &problems);
	int untold = problems.count - problems.told;
	if (untold)
		return error_set(error,
		        "%s: does not fit the model; nothing was loaded%s\nand %d more",
		        file->path, problems.text, untold);
	if (problems.count)
		return error_set(error,
		        "%s: does not fit the model; nothing was loaded%s", file->path,
		        problems.text);
	for (int i = 0; i < params->count; i++) {
		Var *p = params->items[i];
		load(file, safetensors_find(file, p->name), p, params->arena);
	}
	return true;
}

bool safetensors_check_finite(
        const Params *params, const char *path, const char *hint, Error *error)
{
	for (int i = 0; i < params->count; i++) {
		Tensor x = params->items[i]->value;
		for (size_t k = 0; k < tensor_count(x); k++)
			if (!isfinite(x.data[k]))
				return error_set(error,
				        "%s: \"%s\" holds a %g: expected finite numbers%s",
				        path, params->items[i]->name, (double)x.data[k],
				        hint);
	}
	return true;
}
