/* error.h: the three kinds of error, and what each does.
 *
 * 1. The caller's mistake (shapes, axes, NULL): error_stop() says what was expected, what
 * was
 *    found and where, and does not return. A debugger stands on the line.
 * 2. The world (files, formats, disks): the function returns false and fills an Error
 * with
 *    path, byte or line, what was expected and what was found. Nothing is half done.
 *    Memory alone belongs to the world but is reported through the handler of kind 1, so
 * that
 *    model code reads like the equation and never tests for NULL.
 * 3. Numbers: autograd/inspect.h names the first operation that made a NaN. */
#ifndef TENSOR_ERROR_H
#define TENSOR_ERROR_H

#include <stdbool.h>

/* The line of source that called a function. Public functions that can stop take a Site
 * first; a macro supplies it, so that one writes op_add(tape, a, b) and the message names
 * that very line. The function itself is called op_add_at(site, tape, a, b): whoever
 * passes the caller's line on calls that. */
typedef struct Site {
	const char *file; /* __FILE__, lives for ever */
	int line;
} Site;

#define HERE ((Site){ __FILE__, __LINE__ })

typedef enum ErrorKind {
	ERROR_CALLER, /* a mistake in the program: the default handler aborts */
	/* no memory left: the default handler aborts, main() exits with 1 */
	ERROR_MEMORY,
} ErrorKind;

/* Called with the message of every error after which the program cannot go on. It must
 * not return: it may exit, abort or longjmp (tests do). If it returns, error_stop()
 * aborts. After a longjmp the caller frees the arenas that it made; nothing else needs to
 * be freed. In a pool of several threads it may be called on any of them, and a longjmp
 * cannot leave a thread: there it must exit or abort. */
typedef void ErrorHandler(ErrorKind kind, const char *message);

/* Replaces the handler of the whole process (NULL: the default) and returns the one
 * before. Call it before any thread is started. */
ErrorHandler *error_handler_set(ErrorHandler *handler);

/* "operation at file:line: message" to the handler. Never returns. */
_Noreturn void error_stop(Site site, const char *operation, const char *format, ...)
        __attribute__((format(printf, 3, 4)));
_Noreturn void error_out_of_memory(const char *who, unsigned long long bytes);

/* What went wrong in the world, for a person to read; no newline at the end. */
enum { ERROR_TEXT = 1024 };
typedef struct Error {
	char text[ERROR_TEXT];
} Error;

/* Fills `error` (NULL: says nothing) and returns false, so that a function can end in
 * `return error_set(error, "%s: byte %zu: expected ..., found ...", ...)`. Safe when an
 * argument is error->text itself, so that a caller can put its own words in front. */
bool error_set(Error *error, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

#endif
