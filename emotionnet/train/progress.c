/* progress.c: a line that is written over on a terminal, and lines of their own
 * elsewhere. */
#include "emotionnet/train/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { BAR_WIDTH = 20 };

Progress progress_new(bool quiet)
{
	return (Progress){
		.quiet = quiet, .terminal = isatty(STDERR_FILENO) == 1, .task = ""
	};
}

void progress_show(const Progress *progress, int done, int total, const char *text)
{
	if (progress->quiet)
		return;
	if (!progress->terminal) {
		fprintf(stderr, "%s: %d/%d %s\n", progress->task, done, total, text);
		return;
	}
	int filled = total > 0 ? BAR_WIDTH * done / total : 0;
	char bar[3 * BAR_WIDTH + 1];
	int used = 0;
	for (int i = 0; i < BAR_WIDTH; i++)
		used += snprintf(bar + used, sizeof bar - (size_t)used, "%s",
		        i < filled ? "█" : "░");
	fprintf(stderr, "\r\033[K%-24s %s %3d/%d %s", progress->task, bar, done, total,
	        text);
	fflush(stderr);
}

void progress_end(const Progress *progress)
{
	if (!progress->quiet && progress->terminal)
		fputc('\n', stderr);
}
