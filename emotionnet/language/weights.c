/* Filling is all or nothing: first every name and shape is compared, then numbers are
 * read, or left where they lie. */
#include "emotionnet/language/weights.h"
#include "autograd/fast/stored.h"
#include "emotionnet/language/names.h"
#include "layers/gpt2.h"
#include "tensor/transpose.h"

#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- one list of both kinds of file ------------------------------------------------ */

static int by_name(const void *a, const void *b)
{
	const LanguageTensor *left = a, *right = b;
	return strcmp(left->name, right->name);
}

static bool sort(LanguageWeights *weights, Error *error)
{
	LanguageTensor *tensors = weights->tensors;
	if (weights->count)
		qsort(tensors, (size_t)weights->count, sizeof *tensors, by_name);
	for (int i = 1; i < weights->count; i++)
		if (!by_name(&tensors[i - 1], &tensors[i]))
			return error_set(error, "%s: \"%s\" and \"%s\" are both \"%s\"",
			        weights->path, tensors[i - 1].own, tensors[i].own,
			        tensors[i].name);
	return true;
}

const LanguageTensor *weights_find(const LanguageWeights *weights, const char *name)
{
	LanguageTensor key = { .name = name };
	if (!weights->count)
		return NULL;
	return bsearch(
	        &key, weights->tensors, (size_t)weights->count, sizeof key, by_name);
}

bool weights_of_gguf(LanguageWeights *weights, Arena *arena, const Gguf *gguf,
        LanguageFamily family, Error *error)
{
	*weights = (LanguageWeights){ .path = gguf->path };
	weights->tensors = ARENA_ARRAY(arena, LanguageTensor, (size_t)gguf->count);
	for (int i = 0; i < gguf->count; i++) {
		const GgufTensor *tensor = &gguf->tensors[i];
		const char *name = name_of_gguf(arena, family, tensor->name);
		LanguageTensor *t = &weights->tensors[weights->count++];
		*t = (LanguageTensor){ .name = name ? name : tensor->name,
			.own = tensor->name,
			.layout = tensor->layout,
			.ndim = tensor->ndim,
			.data = tensor->data };
		memcpy(t->shape, tensor->shape, sizeof t->shape);
	}
	return sort(weights, error);
}

/* The layouts of blocks have the same names, where a number is a block. */
static const BlockLayout *layout_of(const SafetensorsType *type)
{
	static const unsigned plain[] = { 0, 1, 30 };
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		if (!strcmp(block_layout_find(plain[i])->name, type->name))
			return block_layout_find(plain[i]);
	return NULL;
}

static bool take_entry(LanguageTensor *t, const SafetensorsFile *file,
        const SafetensorsEntry *entry, Error *error)
{
	t->own = entry->name;
	t->layout = layout_of(entry->type);
	t->ndim = entry->ndim;
	t->data = file->data.data + entry->begin;
	if (!t->layout)
		return error_set(error,
		        "%s: \"%s\" is of type %s: expected F32, F16 or BF16", file->path,
		        entry->name, entry->type->name);
	bool fits = entry->ndim <= GGUF_MAX_DIMS;
	for (int d = 0; d < entry->ndim && fits; d++) {
		fits = entry->shape[d] <= INT_MAX;
		t->shape[d] = fits ? (int)entry->shape[d] : 0;
	}
	return fits ||
	       error_set(error,
	               "%s: \"%s\" has %d dimensions: expected at most %d, each at most %d",
	               file->path, entry->name, entry->ndim, GGUF_MAX_DIMS, INT_MAX);
}

bool weights_of_safetensors(LanguageWeights *weights, Arena *arena,
        const SafetensorsFile *file, LanguageFamily family, Error *error)
{
	*weights = (LanguageWeights){ .path = file->path };
	weights->tensors = ARENA_ARRAY(arena, LanguageTensor, (size_t)file->count);
	for (int i = 0; i < file->count; i++) {
		const SafetensorsEntry *entry = &file->entries[i];
		const char *name = name_of_safetensors(family, entry->name);
		if (!name)
			continue;
		LanguageTensor *t = &weights->tensors[weights->count++];
		t->name = name;
		t->turned = family == LANGUAGE_GPT2 && gpt2_turned(name);
		if (!take_entry(t, file, entry, error))
			return false;
	}
	return sort(weights, error);
}

/* ---- what does not fit ------------------------------------------------------------- */

/* A line each, as far as there is room. */
typedef struct Problems {
	char text[ERROR_TEXT / 2];
	size_t used;
	int count, told;
} Problems;

__attribute__((format(printf, 2, 3))) static void problem(
        Problems *problems, const char *format, ...)
{
	char line[256];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	problems->count++;
	size_t room = sizeof problems->text - problems->used;
	if ((size_t)length + 2 > room || problems->told + 1 < problems->count)
		return;
	problems->used +=
	        (size_t)snprintf(problems->text + problems->used, room, "\n%s", line);
	problems->told++;
}

/* The tensor's shape as the parameter has it. */
static Tensor shape_of(const LanguageTensor *t)
{
	Tensor shape = { .ndim = t->ndim };
	for (int d = 0; d < t->ndim; d++)
		shape.shape[d] = t->shape[t->turned ? t->ndim - 1 - d : d];
	return shape;
}

static const char *rest_of(const Var *parameter, const char *prefix)
{
	size_t length = strlen(prefix);
	return strncmp(parameter->name, prefix, length) ? NULL : parameter->name + length;
}

static bool compare(const LanguageWeights *weights, const Params *params,
        const char *prefix, Error *error)
{
	Problems problems = { .text = "" };
	int used = 0;
	for (int i = 0; i < params->count; i++) {
		const Var *p = params->items[i];
		const char *name = rest_of(p, prefix);
		const LanguageTensor *t = name ? weights_find(weights, name) : NULL;
		used += t != NULL;
		if (name && !t)
			problem(&problems, "missing: \"%s\" %s", name,
			        tensor_shape_text(p->value).text);
		else if (t && !tensor_same_shape(shape_of(t), p->value))
			problem(&problems, "another shape: \"%s\" %s, expected %s",
			        t->own, tensor_shape_text(shape_of(t)).text,
			        tensor_shape_text(p->value).text);
	}
	for (int i = 0; used < weights->count && i < weights->count; i++) {
		const LanguageTensor *t = &weights->tensors[i];
		char name[256];
		snprintf(name, sizeof name, "%s%s", prefix, t->name);
		if (!params_find(params, name))
			problem(&problems, "unexpected: \"%s\" %s", t->own,
			        tensor_shape_text(shape_of(t)).text);
	}
	int untold = problems.count - problems.told;
	return !problems.count ||
	       error_set(error,
	               "%s: its weights do not fit what it says of itself; nothing was loaded%s%s",
	               weights->path, problems.text, untold ? "\nand more" : "");
}

/* ---- numbers ----------------------------------------------------------------------- */

static void unpack(real *out, const LanguageTensor *t)
{
	size_t count = tensor_count(shape_of(t));
	t->layout->unpack(out, t->data, count / (size_t)t->layout->numbers);
}

static void fill_numbers(Arena *arena, Var *p, const LanguageTensor *t)
{
	if (!t->turned) {
		unpack(p->value.data, t);
		return;
	}
	ArenaMark mark = arena_mark(arena);
	Tensor turned = tensor_new(arena, SHAPE(t->shape[0], t->shape[1]));
	unpack(turned.data, t);
	matrix_copy(matrix_of(p->value), matrix_transpose(matrix_of(turned)));
	arena_rewind(arena, mark);
}

/* Layers read these tables themselves, number by number. */
static bool is_table(const char *name)
{
	return strstr(name, "position_embeddings") || strstr(name, "token_type_embed") ||
	       !strcmp(name, "wpe.weight");
}

static bool is_real(const LanguageTensor *t)
{
	return t->layout->code == 0 && sizeof(real) == sizeof(float) &&
	       (uintptr_t)t->data % sizeof(real) == 0;
}

static void fill(Arena *arena, Var *p, const LanguageTensor *t)
{
	if (p->value.data) {
		fill_numbers(arena, p, t);
	} else if (is_real(t) && !t->turned) {
		p->value.data = (real *)(uintptr_t)t->data;
	} else if (t->ndim == 2 && !t->turned && !is_table(t->name)) {
		stored_set(arena, p,
		        (Quantised){ t->layout, t->data, t->shape[0], t->shape[1] });
	} else {
		p->value.data = arena_alloc(arena, tensor_count(p->value) * sizeof(real));
		fill_numbers(arena, p, t);
	}
}

bool weights_fill(const LanguageWeights *weights, const Params *params,
        const char *prefix, Error *error)
{
	if (!compare(weights, params, prefix, error))
		return false;
	for (int i = 0; i < params->count; i++) {
		const char *name = rest_of(params->items[i], prefix);
		if (name)
			fill(params->arena, params->items[i],
			        weights_find(weights, name));
	}
	return true;
}

Tensor weights_numbers(const LanguageWeights *weights, Arena *arena, const char *name)
{
	const LanguageTensor *t = weights_find(weights, name);
	if (!t)
		error_stop(HERE, "weights_numbers", "\"%s\" is no weight of %s", name,
		        weights->path);
	Tensor shape = shape_of(t);
	Var numbers = { .value = tensor_new(arena, shape.ndim, shape.shape) };
	fill_numbers(arena, &numbers, t);
	return numbers.value;
}

void weights_learn(
        const LanguageWeights *weights, Arena *arena, const char *prefix, Var *parameter)
{
	const char *name = rest_of(parameter, prefix);
	const LanguageTensor *t = name ? weights_find(weights, name) : NULL;
	if (!t)
		error_stop(HERE, "weights_learn",
		        "\"%s\" is no weight of %s behind \"%s\"", parameter->name,
		        weights->path, prefix);
	size_t bytes = tensor_count(parameter->value) * sizeof(real);
	parameter->stored = NULL;
	parameter->value.data = arena_alloc(arena, bytes);
	fill_numbers(arena, parameter, t);
	parameter->grad = parameter->value;
	parameter->grad.data = arena_zeros(arena, bytes);
}
