/* file.h: the results of a comparison in a file, a line for each finished
 * cell.
 *
 * JSON lines. The first line says what is compared (corpus, settings, test utterances,
 * which cells are wanted); each further line is one cell. Every line carries the version
 * of the form and the hash of corpus and settings, so that a line from another corpus is
 * refused by its number, and its checksum (crc32.h), so that a line that was damaged is.
 * Lines of version 1 have none, and are read with a note on standard error; those before
 * version 3 know no folds. Keys stand in
 * one order, that of line.c, which writes and reads them side by side. A file may have
 * several such first lines, of one hash: it is then asked for the cells of all of them.
 *
 * A line is added by one write and an fsync. A run that is killed leaves at most a last
 * line without its end; it is not read, and overwritten by the next cell. */
#ifndef EMOTIONNET_COMPARISON_FILE_H
#define EMOTIONNET_COMPARISON_FILE_H

#include "emotionnet/comparison/comparison.h"

/* Reads all of a file. Fails, with path, line and byte, on a line that is not well
 * formed, of another version or another hash, and on two different lines for one cell.
 * *torn (may be NULL): bytes of a last line without its end, which was left out. */
bool comparison_read(Comparison *comparison, Arena *arena, const char *path, size_t *torn,
        Error *error);

/* Writes all of it, or nothing. */
bool comparison_write(const Comparison *comparison, const char *path, Error *error);

/* A file that cells are added to as they are finished. */
typedef struct ComparisonLog ComparisonLog;

/* Opens or makes the file for what `comparison` asks for, and adds to it the cells that
 * the file holds. Cuts a torn last line off (*torn as above). Fails if the file is
 * another comparison's or another process adds to it. The log lives in the arena, but
 * must come to comparison_log_close. */
ComparisonLog *comparison_log_open(Comparison *comparison, Arena *arena, const char *path,
        size_t *torn, Error *error);

/* Adds the line of a cell. False: it is not in the file, which ends where it ended
 * before. */
bool comparison_log_add(
        ComparisonLog *log, const Comparison *comparison, const Cell *cell, Error *error);

void comparison_log_close(ComparisonLog *log); /* NULL is allowed */

/* Joins `from` into `into`: its wishes and its cells. Both must have the same hash; a
 * cell that both have must be the same but for its times. `path`: what `from` was read
 * from, for messages. */
bool comparison_join(Comparison *into, Arena *arena, const Comparison *from,
        const char *path, Error *error);

#endif
