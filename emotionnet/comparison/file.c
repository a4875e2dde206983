/* file.c: reading a whole file, joining two, and a log to which each finished cell is
 * added. */
#include "emotionnet/comparison/file.h"
#include "emotionnet/comparison/line.h"
#include "text/list.h"
#include "tensor/plot/escape.h"
#include "tensor/sort.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- joining ----------------------------------------------------------------------- */

/* Appends what `more` has and `names` has not. */
static void join_names(Comparison *into, Arena *arena, const Comparison *from)
{
	int most = into->strategy_count + from->strategy_count;
	const char **names = ARENA_ARRAY(arena, const char *, (size_t)most);
	int count = 0;
	for (int i = 0; i < most; i++) {
		const char *name = i < into->strategy_count
		                           ? into->strategies[i]
		                           : from->strategies[i - into->strategy_count];
		bool known = false;
		for (int k = 0; k < count; k++)
			known |= !strcmp(names[k], name);
		if (!known)
			names[count++] = name;
	}
	into->strategies = names;
	into->strategy_count = count;
}

static void join_sizes(Comparison *into, Arena *arena, const Comparison *from)
{
	int most = into->size_count + from->size_count, count = 0;
	int *sizes = ARENA_ARRAY(arena, int, (size_t)most);
	for (int i = 0; i < into->size_count; i++)
		sizes[i] = into->sizes[i];
	for (int i = 0; i < from->size_count; i++)
		sizes[into->size_count + i] = from->sizes[i];
	sort_ints(sizes, most);
	for (int i = 0; i < most; i++)
		if (!count || sizes[i] != sizes[count - 1])
			sizes[count++] = sizes[i];
	into->sizes = sizes;
	into->size_count = count;
}

static bool join_wishes(Comparison *into, Arena *arena, const Comparison *from,
        const char *path, Error *error)
{
	uint64_t first =
	        into->first_seed < from->first_seed ? into->first_seed : from->first_seed;
	uint64_t end = into->first_seed + (uint64_t)into->seed_count;
	uint64_t other = from->first_seed + (uint64_t)from->seed_count;
	uint64_t seeds = (end > other ? end : other) - first;
	into->first_seed = first;
	into->seed_count = seeds < INT_MAX ? (int)seeds : INT_MAX;
	join_names(into, arena, from);
	join_sizes(into, arena, from);
	Error why;
	return comparison_fits(into, &why) ||
	       error_set(error, "%s: joined: %s", path, why.text);
}

/* Do two cells say the same? Their times may differ, and where the model was put. */
static bool same_cell(const Comparison *c, const Cell *a, const Cell *b)
{
	if (a->fingerprint != b->fingerprint || strcmp(a->reads, b->reads) ||
	        a->temperature != b->temperature || a->epoch_count != b->epoch_count ||
	        a->best_epoch != b->best_epoch ||
	        a->costs.parameters != b->costs.parameters)
		return false;
	for (int i = 0; i < a->epoch_count; i++)
		if (a->epochs[i].loss != b->epochs[i].loss ||
		        a->epochs[i].score != b->epochs[i].score)
			return false;
	for (int i = 0; i < c->condition_count; i++)
		if (a->outcomes[i].tested != b->outcomes[i].tested ||
		        a->outcomes[i].accuracy != b->outcomes[i].accuracy ||
		        a->outcomes[i].uar != b->outcomes[i].uar ||
		        a->outcomes[i].macro_f1 != b->outcomes[i].macro_f1)
			return false;
	size_t numbers = (size_t)cell_tests(c, a) * (size_t)c->labels.count;
	return !memcmp(a->probabilities, b->probabilities, numbers * sizeof(float));
}

static bool join_cell(
        Comparison *into, Arena *arena, const Cell *cell, const char *path, Error *error)
{
	const Cell *known =
	        comparison_find(into, cell->strategy, cell->seed, cell->size, cell->fold);
	if (!known) {
		comparison_add(into, arena, cell);
		return true;
	}
	if (same_cell(into, known, cell))
		return true;
	const char *fold = !into->fold_count ? ""
	                                     : arena_format(arena, ", fold %s",
	                                               into->folds[cell->fold].name);
	const char *why = known->fingerprint == cell->fingerprint
	                          ? "the same first step, another end"
	                          : "two programs: the strategy was changed in between";
	return error_set(error,
	        "%s: strategy \"%s\", seed %" PRIu64
	        ", %d utterances%s: another result than an earlier one of that cell (%s). Hint: remove the line that is out of date.",
	        path, cell->strategy, cell->seed, cell->size, fold, why);
}

/* Of the same corpus with the same settings? Else it is told which of them differ. */
static bool same_hash(const Comparison *into, Arena *arena, const Comparison *from,
        const char *path, Error *error)
{
	if (into->hash == from->hash)
		return true;
	const char *hint = "Hint: each comparison has a results file of its own.";
	const char *there = lines_without(arena, from->settings, into->settings);
	const char *here = lines_without(arena, into->settings, from->settings);
	if (*there || *here)
		return error_set(error,
		        "%s: holds another comparison: there \"%s\", here \"%s\". %s",
		        path, there, here, hint);
	return error_set(error,
	        "%s: holds another comparison: its corpus is \"%s\" (hash %016" PRIx64
	        "), here it is \"%s\" (hash %016" PRIx64 "). %s",
	        path, from->source, from->hash, into->source, into->hash, hint);
}

bool comparison_join(Comparison *into, Arena *arena, const Comparison *from,
        const char *path, Error *error)
{
	if (!same_hash(into, arena, from, path, error))
		return false;
	if (!known_told(&into->known))
		into->known = from->known;
	for (int i = 0; i < from->cell_count; i++)
		if (!join_cell(into, arena, &from->cells[i], path, error))
			return false;
	return join_wishes(into, arena, from, path, error);
}

/* ---- reading ----------------------------------------------------------------------- */

static bool read_line(Comparison *comparison, Arena *arena, const char *path, int line,
        Bytes text, bool *summed, Error *error)
{
	Json json = {
		.path = arena_format(arena, "%s:%d", path, line),
		.text = text,
		.arena = arena,
		.error = error,
	};
	Comparison found;
	Cell cell;
	switch (comparison_line_read(&json, arena, comparison, &found, &cell, summed)) {
	case COMPARISON_CELL:
		return join_cell(comparison, arena, &cell, json.path, error);
	case COMPARISON_HEAD:
		if (comparison->source)
			return comparison_join(
			        comparison, arena, &found, json.path, error);
		*comparison = found;
		return true;
	default:
		return false;
	}
}

static bool read_bytes(Comparison *comparison, Arena *arena, const char *path, Bytes file,
        size_t *torn, Error *error)
{
	*comparison = (Comparison){ 0 };
	size_t at = 0;
	bool summed, told = false;
	for (int line = 1; at < file.size; line++) {
		const unsigned char *end = memchr(file.data + at, '\n', file.size - at);
		if (!end)
			break;
		size_t size = (size_t)(end - (file.data + at));
		/* a program on Windows may have given the line its own end */
		bool windows = size && end[-1] == '\r';
		Bytes text = { file.data + at, size - windows };
		if (!read_line(comparison, arena, path, line, text, &summed, error))
			return false;
		if (!summed && !told)
			terminal_print(stderr,
			        "Note: %s:%d: has no checksum (it is older): damage to it would not be noticed.\n",
			        path, line);
		told |= !summed;
		at += size + 1;
	}
	*torn = file.size - at;
	return true;
}

bool comparison_read(Comparison *comparison, Arena *arena, const char *path, size_t *torn,
        Error *error)
{
	Bytes file;
	size_t rest;
	if (!file_read(&file, arena, path, error) ||
	        !read_bytes(comparison, arena, path, file, &rest, error))
		return false;
	if (torn)
		*torn = rest;
	return comparison->source ||
	       error_set(error,
	               "%s: holds no results: expected a line that begins with {\"comparison\":",
	               path);
}

/* ---- writing ----------------------------------------------------------------------- */

static bool put_line(FileWriter *writer, const Comparison *comparison, const Cell *cell,
        const char *path, Error *error)
{
	size_t size;
	char *line = comparison_line_text(comparison, cell, &size, path, error);
	if (!line)
		return false;
	file_write(writer, line, size);
	free(line);
	return true;
}

bool comparison_write(const Comparison *comparison, const char *path, Error *error)
{
	Arena *arena = arena_new("results");
	FileWriter *writer = file_open(arena, path, error);
	bool done = writer && put_line(writer, comparison, NULL, path, error);
	for (int i = 0; done && i < comparison->cell_count; i++)
		done = put_line(writer, comparison, &comparison->cells[i], path, error);
	if (done)
		done = file_close(writer, error);
	else if (writer)
		file_abandon(writer);
	arena_free(arena);
	return done;
}

/* ---- the log ----------------------------------------------------------------------- */

struct ComparisonLog {
	const char *path;
	int file;
	off_t size; /* of the whole lines in it */
};

/* One writer at a time: two would cut off each other's last line. The lock goes with the
 * process, or with the first of its descriptors of this file that is closed: so there
 * is only one. */
static bool lock(ComparisonLog *log, Error *error)
{
	struct stat about;
	if (!fstat(log->file, &about) && !S_ISREG(about.st_mode))
		return error_set(error, "%s: expected an ordinary file for the results",
		        log->path);
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	if (!fcntl(log->file, F_SETLK, &whole))
		return true;
	if (errno == EACCES || errno == EAGAIN)
		return error_set(error,
		        "%s: another process is adding to it. Hint: give each its own file, then join them with --merge.",
		        log->path);
	return error_set(error, "%s: cannot be locked: %s", log->path, strerror(errno));
}

static bool read_all(Bytes *bytes, ComparisonLog *log, Arena *arena, Error *error)
{
	off_t end = lseek(log->file, 0, SEEK_END);
	size_t size = end > 0 ? (size_t)end : 0, at = 0;
	unsigned char *data = arena_try_alloc(arena, size + 1);
	if (end < 0 || !data)
		return error_set(error, "%s: cannot be read: %s", log->path,
		        strerror(end < 0 ? errno : ENOMEM));
	while (at < size) {
		ssize_t got = pread(log->file, data + at, size - at, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return error_set(error, "%s: cannot be read: %s", log->path,
			        got ? strerror(errno) : "it became shorter");
		at += (size_t)got;
	}
	data[size] = 0;
	*bytes = (Bytes){ data, size };
	return true;
}

/* Does the file already say that it wants these cells? */
static bool wishes_held(const Comparison *found, const Comparison *both)
{
	return both->strategy_count == found->strategy_count &&
	       both->seed_count == found->seed_count &&
	       both->first_seed == found->first_seed &&
	       both->size_count == found->size_count;
}

/* Adds a line by one write; what did not go through is cut off again. */
static bool add_line(
        ComparisonLog *log, const Comparison *comparison, const Cell *cell, Error *error)
{
	size_t size;
	char *line = comparison_line_text(comparison, cell, &size, log->path, error);
	if (!line)
		return false;
	ssize_t written = write(log->file, line, size);
	int why = written < 0 ? errno : ENOSPC;
	free(line);
	if (written == (ssize_t)size && !fsync(log->file)) {
		log->size += written;
		return true;
	}
	if (written == (ssize_t)size)
		why = errno;
	if (ftruncate(log->file, log->size))
		why = errno;
	return error_set(error, "%s: cannot be written: %s", log->path, strerror(why));
}

/* Takes up what the file holds, and makes it one that this comparison adds to. */
static bool take_up(ComparisonLog *log, Comparison *comparison, Arena *arena,
        size_t *torn, Error *error)
{
	Bytes file = { 0 };
	Comparison found;
	if (!lock(log, error) || !read_all(&file, log, arena, error) ||
	        !read_bytes(&found, arena, log->path, file, torn, error))
		return false;
	Comparison both = found;
	if (found.source &&
	        (!same_hash(comparison, arena, &found, log->path, error) ||
	                !join_wishes(&both, arena, comparison, log->path, error)))
		return false;
	for (int i = 0; i < found.cell_count; i++)
		comparison_add(comparison, arena, &found.cells[i]);
	log->size = (off_t)(file.size - *torn);
	if (*torn && ftruncate(log->file, log->size))
		return error_set(
		        error, "%s: cannot be shortened: %s", log->path, strerror(errno));
	bool known = known_told(&found.known) || !known_told(&comparison->known);
	return (found.source && known && wishes_held(&found, &both)) ||
	       add_line(log, comparison, NULL, error);
}

ComparisonLog *comparison_log_open(Comparison *comparison, Arena *arena, const char *path,
        size_t *torn, Error *error)
{
	ComparisonLog *log = ARENA_NEW(arena, ComparisonLog);
	log->path = arena_string(arena, path);
	log->file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (log->file < 0) {
		error_set(error, "%s: cannot be opened: %s", path, strerror(errno));
		return NULL;
	}
	if (take_up(log, comparison, arena, torn, error))
		return log;
	comparison_log_close(log);
	return NULL;
}

bool comparison_log_add(
        ComparisonLog *log, const Comparison *comparison, const Cell *cell, Error *error)
{
	return add_line(log, comparison, cell, error);
}

void comparison_log_close(ComparisonLog *log)
{
	if (log)
		close(log->file);
}
