/* Messages are put together in memory of a fixed size, so that an error about memory
 * needs none; what a terminal would obey, or could not show, is taken out. */
#include "tensor/error.h"
#include "tensor/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_and_abort(ErrorKind kind, const char *message)
{
	(void)kind;
	fflush(stdout);
	fprintf(stderr, "%s\n", message);
	abort();
}

/* The one global of the library: how the process reports what cannot be returned. */
static ErrorHandler *handler = print_and_abort;

ErrorHandler *error_handler_set(ErrorHandler *replacement)
{
	ErrorHandler *before = handler;
	handler = replacement ? replacement : print_and_abort;
	return before;
}

/* The build compiles with paths from the root, so __FILE__ is the name a reader knows. */
_Noreturn void error_stop(Site site, const char *operation, const char *format, ...)
{
	char message[2 * ERROR_TEXT];
	size_t size = sizeof message;
	int used =
	        snprintf(message, size, "%s at %s:%d: ", operation, site.file, site.line);
	if (used > 0 && (size_t)used < size) {
		va_list arguments;
		va_start(arguments, format);
		vsnprintf(message + used, size - (size_t)used, format, arguments);
		va_end(arguments);
		utf8_clean(message);
	}
	handler(ERROR_CALLER, message);
	abort();
}

_Noreturn void error_out_of_memory(const char *who, unsigned long long bytes)
{
	char message[ERROR_TEXT];
	snprintf(message, sizeof message,
	        "out of memory: %s asked for %llu more bytes and the system has none. Hint: a smaller batch, shorter clips or a smaller model.",
	        who, bytes);
	handler(ERROR_MEMORY, message);
	abort();
}

bool error_set(Error *error, const char *format, ...)
{
	if (!error)
		return false;
	char text[ERROR_TEXT]; /* an argument may be error->text itself */
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	utf8_clean(text);
	memcpy(error->text, text, sizeof text);
	return false;
}
