/* imports.h: folders made up in a test, and what an importer makes of them; and the
 * published corpora themselves, where they are there. */
#ifndef TESTS_IMPORTS_H
#define TESTS_IMPORTS_H

#include "emotionnet/import/import.h"

/* A file with this text in the test's own folder (harness_directory), and its path. */
const char *imports_write(Arena *arena, const char *name, const char *text);
void imports_folder(Arena *arena, const char *name); /* a folder in it */

/* What the importer makes of the test's folder: a corpus, or a refusal whose message
 * has `expected`. */
Corpus imports_made(Arena *arena, const char *name, ImportOptions options);
void imports_refuse(
        Arena *arena, const char *name, ImportOptions options, const char *expected);

/* The utterance of that id, and its value in an extra column; stops the test if it is
 * not there. */
const Utterance *imports_find(const Corpus *corpus, const char *id);
const char *imports_extra(const Corpus *corpus, const char *id, const char *column);
int imports_count(const Corpus *corpus, const char *label);

/* The folder of a published corpus, or NULL, with a message, where it is absent. */
const char *imports_real_folder(Arena *arena, const char *name);
Corpus imports_real(
        Arena *arena, const char *name, const char *folder, ImportOptions options);

#endif
