/* folder.h: where files are, and what a folder holds. */
#ifndef TENSOR_FILE_FOLDER_H
#define TENSOR_FILE_FOLDER_H

#include "tensor/arena.h"
#include "tensor/error.h"

#include <stdbool.h>

/* The path from the root on, in the arena, so that it stays good in whatever folder it is
 * read. The path itself need not exist. NULL if the current folder cannot be found. */
const char *path_absolute(Arena *arena, const char *path, Error *error);

/* The path without what follows the last '/': "a/b" -> "a", "b" -> ".", "/b" -> "/". */
const char *path_folder(Arena *arena, const char *path);

/* What follows the last '/'; nothing is copied. */
const char *path_name(const char *path);

bool path_is_folder(const char *path); /* it exists and is one */

/* Makes it in a folder that is there; well, too, if it is there already. */
bool folder_make(const char *path, Error *error);

/* It is there, can be read, and is no folder; `error` says what it is instead. */
bool path_check_file(const char *path, Error *error);

typedef struct Files {
	const char *const
	        *paths; /* `count` of them, absolute, in order of the alphabet */
	int count;
} Files;

/* Every file in the folder, and in the folders in it down to `depth` levels (0: the
 * folder alone), whose name ends in `ending` (".wav", capitals or not) and does not
 * begin with a dot. */
bool folder_files(Files *files, Arena *arena, const char *folder, int depth,
        const char *ending, Error *error);

/* Whether a file of this name is of that kind: ".html", in capitals too. A name that
 * is nothing else is not. */
bool path_ends_in(const char *path, const char *ending);

#endif
