#include "tutorials/lesson.h"
#include "emotionnet/score/metrics.h"
#include "tensor/file/file.h"
#include "tensor/clock.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SCREEN = 78, NARROWEST = 40, ANSWER = 128 };

struct Lesson {
	Arena *arena;
	const char *chapter, *values_path;
	char *values; /* "key<tab>text\n" for each number so far */
	ColourDepth depth;
	bool step, ask, failed;
	int width; /* of the screen, in characters */
	int points, asked, right;
};

/* --- beginning and end ----------------------------------------------------------------------- */

static void usage(const char *chapter)
{
	printf("usage: chapter [--step] [--values FILE]\n\n"
	       "The program of tutorials/%s/chapter.md: make chapter CH=%.2s\n\n"
	       "  --step         stop at each numbered point until Enter (make chapter "
	       "STEP=1)\n"
	       "  --values FILE  write the numbers that the text quotes\n\n"
	       "Predictions are asked on a terminal; in a pipe their answers are "
	       "printed.\n",
	        chapter, chapter);
	exit(0);
}

/* Of the terminal; wide enough if there is none, or it does not say. */
static int terminal_columns(void)
{
	struct winsize size;
	bool unknown = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col;
	return unknown ? SCREEN + 1 : size.ws_col;
}

/* One column is left free, where some terminals wrap. */
static int screen_width(int columns)
{
	if (columns > SCREEN)
		return SCREEN;
	return columns > NARROWEST ? columns - 1 : NARROWEST;
}

static void make_folder(const char *path)
{
	if (mkdir(path, 0777) && errno != EEXIST)
		fprintf(stderr, "%s: cannot be made: %s\n", path, strerror(errno));
}

static const char *heading(const Lesson *lesson)
{
	static const Colour blue = { 0, 135, 215 };
	static ColourText text;
	text = colour_foreground(lesson->depth, blue);
	return text.text;
}

Lesson *lesson_begin(int argc, char **argv, const char *chapter, const char *title)
{
	Arena *arena = arena_new("lesson");
	const int columns = terminal_columns();
	Lesson *lesson = ARENA_NEW(arena, Lesson);
	*lesson = (Lesson){ .arena = arena,
		.chapter = chapter,
		.values = arena_string(arena, ""),
		.depth = colour_depth(stdout),
		.width = screen_width(columns),
		.ask = isatty(STDIN_FILENO) };
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help")) {
			usage(chapter);
		} else if (!strcmp(argv[i], "--step")) {
			lesson->step = true;
		} else if (!strcmp(argv[i], "--values") && i + 1 < argc) {
			lesson->values_path = argv[++i];
		} else {
			fprintf(stderr,
			        "\"%s\" is not understood. --help says what is.\n",
			        argv[i]);
			exit(2);
		}
	}
	setvbuf(stdout, NULL, _IOLBF,
	        BUFSIZ); /* nothing is lost where a debugger stops */
	make_folder("build");
	make_folder("build/tutorials");
	make_folder(arena_format(arena, "build/tutorials/%s", chapter));
	printf("%s%.2s  %s%s\n", heading(lesson), chapter, title,
	        colour_end(lesson->depth).text);
	if (columns < NARROWEST)
		lesson_say(lesson,
		        "(This terminal is %d columns wide. Tables and pictures need %d; "
		        "%d are best.)",
		        columns, NARROWEST, SCREEN);
	return lesson;
}

static void write_file(Lesson *lesson, const char *path, const char *text, size_t size)
{
	Error error = { "" };
	FileWriter *writer = file_open(lesson->arena, path, &error);
	if (writer)
		file_write(writer, text, size);
	if (!writer || !file_close(writer, &error)) {
		fprintf(stderr, "%s\n", error.text);
		lesson->failed = true;
	}
}

int lesson_end(Lesson *lesson)
{
	if (lesson->asked)
		lesson_say(
		        lesson, "\nPredictions: %d of %d.", lesson->right, lesson->asked);
	if (lesson->values_path)
		write_file(lesson, lesson->values_path, lesson->values,
		        strlen(lesson->values));
	lesson_say(lesson,
	        "\nNext: tutorials/%s/chapter.md tells why; make exercise CH=%.2s is "
	        "yours.",
	        lesson->chapter, lesson->chapter);
	bool failed = lesson->failed;
	arena_free(lesson->arena);
	return failed;
}

Arena *lesson_arena(const Lesson *lesson)
{
	return lesson->arena;
}

/* --- saying ---------------------------------------------------------------------------------- */

/* How many characters UTF-8 text takes on the screen. */
static int characters(const char *text, int bytes)
{
	int count = 0;
	for (int i = 0; i < bytes; i++)
		count += ((unsigned char)text[i] & 0xC0) != 0x80;
	return count;
}

/* Words up to the width of the screen, the lines after the first indented. What is laid out by hand (it
 * begins with a blank) is left as it is where there is room for it. */
static void print_wrapped(const Lesson *lesson, const char *text, int column, int indent)
{
	if (*text == ' ') {
		int blanks = (int)strspn(text, " ");
		if (characters(text, (int)strlen(text)) <= lesson->width) {
			printf("%s\n", text);
			return;
		}
		printf("%*s", blanks, "");
		text += blanks;
		column = blanks;
		indent = blanks + 2;
	}
	for (bool first = true; *text; first = false) {
		int bytes = (int)strcspn(text, " \n"), length = characters(text, bytes);
		if (!first && column + 1 + length > lesson->width) {
			printf("\n%*s", indent, "");
			column = indent;
		} else if (!first && column > 0) {
			putchar(' ');
			column++;
		}
		printf("%.*s", bytes, text);
		column += length;
		text += bytes;
		for (; *text == ' ' || *text == '\n'; text++)
			if (*text == '\n') {
				putchar('\n');
				column = 0;
			}
	}
	putchar('\n');
}

void lesson_section(Lesson *lesson, const char *title)
{
	printf("\n%s== %s%s\n", heading(lesson), title, colour_end(lesson->depth).text);
}

void lesson_say(Lesson *lesson, const char *format, ...)
{
	char text[2048];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	print_wrapped(lesson, text, 0, 0);
}

/* A line from the person, without its end. False at the end of the input; then nothing is asked any more. */
static bool read_line(Lesson *lesson, char line[ANSWER])
{
	fflush(stdout);
	if (!fgets(line, ANSWER, stdin)) {
		putchar('\n');
		lesson->step = lesson->ask = false;
		return false;
	}
	size_t length = strcspn(line, "\n");
	if (!line[length]) /* longer than there is room for: the rest is not an answer */
		for (int c = getchar(); c != '\n' && c != EOF;)
			c = getchar();
	line[length] = '\0';
	return true;
}

/* Where a debugger stops: the caption is printed, the caller's caller is the chapter. */
__attribute__((noinline)) static void lesson_stop(void)
{
	__asm__ volatile("" ::: "memory");
}

void lesson_point(Lesson *lesson, const char *look)
{
	lesson->points++;
	printf("%s[%d]%s ", heading(lesson), lesson->points,
	        colour_end(lesson->depth).text);
	print_wrapped(lesson, look, 4, 4);
	lesson_stop();
	if (!lesson->step)
		return;
	char line[ANSWER];
	printf("    (Enter to go on) ");
	if (read_line(lesson, line) && !isatty(STDIN_FILENO))
		putchar('\n');
}

void lesson_tensor(Lesson *lesson, const char *name, Tensor x)
{
	lesson_say(lesson, "  %s %s", name, tensor_shape_text(x).text);
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	if (!out)
		error_out_of_memory("lesson_tensor", 0);
	tensor_print(out, x);
	fclose(out);
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		lesson_say(lesson, "    %s", line);
	free(text);
}

static void keep(Lesson *lesson, const char *key, const char *end, const char *text)
{
	lesson->values = arena_format(
	        lesson->arena, "%s%s%s\t%s\n", lesson->values, key, end, text);
}

typedef struct NumberText {
	char text[64];
} NumberText;

static NumberText number_text(const char *format, double value)
{
	NumberText number;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(number.text, sizeof number.text, format, value);
#pragma GCC diagnostic pop
	return number;
}

void lesson_number(Lesson *lesson, const char *key, const char *what, const char *format,
        double value)
{
	NumberText text = number_text(format, value);
	lesson_say(lesson, "  %s = %s", what, text.text);
	keep(lesson, key, "", text.text);
}

void lesson_spread(Lesson *lesson, const char *key, const char *what, const char *format,
        int count, const double values[])
{
	Spread spread = spread_of(values, count);
	double least = values[0], largest = values[0];
	for (int i = 1; i < count; i++) {
		least = fmin(least, values[i]);
		largest = fmax(largest, values[i]);
	}
	char text[160], range[160];
	snprintf(text, sizeof text, "%s ± %s", number_text(format, spread.mean).text,
	        number_text(format, spread.deviation).text);
	snprintf(range, sizeof range, "%s to %s", number_text(format, least).text,
	        number_text(format, largest).text);
	lesson_say(lesson, "  %s = %s (%s)", what, text, range);
	keep(lesson, key, "", text);
	keep(lesson, key, "-range", range);
}

/* --- time ------------------------------------------------------------------------------------ */

void lesson_time(Lesson *lesson, const char *what, double seconds, double before)
{
	char factor[48] = "";
	if (before > 0)
		snprintf(factor, sizeof factor, "  [%.1f times as fast]",
		        before / seconds);
	lesson_say(lesson, "  %-34s [%7.3f ms]%s", what, seconds * 1e3, factor);
}

double lesson_stopwatch(void (*work)(void *), void *context)
{
	double least = (double)INFINITY, begin = seconds_now();
	do {
		double start = seconds_now();
		work(context);
		least = fmin(least, seconds_now() - start);
	} while (seconds_now() - begin < 0.05);
	return least;
}

/* --- predictions ----------------------------------------------------------------------------- */

typedef enum PredictionKind { PREDICT_NUMBER, PREDICT_YES, PREDICT_SHAPE } PredictionKind;

typedef struct Prediction {
	PredictionKind kind;
	double number, within; /* for PREDICT_YES: 1 or 0 */
	const char *text;      /* the answer, as it is told */
} Prediction;

enum { NO_ANSWER = -1, WRONG, RIGHT };

static int judge_number(const Prediction *wanted, const char *line)
{
	char *end;
	double number = strtod(line, &end);
	end += strspn(end, " \t");
	if (end == line || *end)
		return NO_ANSWER;
	return fabs(number - wanted->number) <= wanted->within;
}

static int judge_yes(const Prediction *wanted, const char *line)
{
	char first = (char)tolower((unsigned char)line[strspn(line, " \t")]);
	if (first != 'y' && first != 'n')
		return NO_ANSWER;
	return (first == 'y') == (wanted->number > 0);
}

/* The next whole number of a shape, whatever brackets, commas, blanks and crosses lie before it; -1: none;
 * -2: something else. */
static long next_size(const char **line)
{
	*line += strspn(*line, " \t(),[]xX*");
	if (!**line)
		return -1;
	if (!isdigit((unsigned char)**line))
		return -2;
	char *end;
	long size = strtol(*line, &end, 10);
	*line = end;
	return size;
}

static int judge_shape(const Prediction *wanted, const char *line)
{
	const char *right = wanted->text;
	bool same = true, any = false;
	for (;;) {
		long expected = next_size(&right), found = next_size(&line);
		if (found == -2 || (found == -1 && !any))
			return NO_ANSWER;
		any = true;
		same = same && expected == found;
		if (found == -1)
			return same;
		if (expected == -1)
			return WRONG;
	}
}

static void predict(Lesson *lesson, const char *question, const Prediction *wanted,
        const char *because)
{
	static int (*const judge[])(const Prediction *, const char *) = { judge_number,
		judge_yes, judge_shape };
	static const char *const again[] = { "a number", "yes or no",
		"a shape, such as (2,3)" };
	char line[ANSWER], text[512];
	lesson->asked += lesson->ask;
	printf("%s?%s ", heading(lesson), colour_end(lesson->depth).text);
	snprintf(text, sizeof text, "%s%s", question,
	        wanted->kind == PREDICT_YES ? " (yes or no)" : "");
	print_wrapped(lesson, text, 2, 2);
	int verdict = NO_ANSWER;
	for (int attempt = 0; lesson->ask && attempt < 2 && verdict == NO_ANSWER;
	        attempt++) {
		if (attempt)
			printf("  %s, please: ", again[wanted->kind]);
		else
			printf("  your prediction (Enter: pass): ");
		if (!read_line(lesson, line) || !line[strspn(line, " \t")])
			break;
		verdict = judge[wanted->kind](wanted, line);
	}
	lesson->right += verdict == RIGHT;
	snprintf(text, sizeof text, "%s%s: %s",
	        verdict == RIGHT   ? "Right, "
	        : verdict == WRONG ? "Not so, the answer is "
	                           : "",
	        wanted->text, because);
	printf("  ");
	print_wrapped(lesson, text, 2, 2);
}

void lesson_predict_number(Lesson *lesson, const char *question, double answer,
        double within, const char *because)
{
	char text[32];
	snprintf(text, sizeof text, "%.4g", answer);
	predict(lesson, question, &(Prediction){ PREDICT_NUMBER, answer, within, text },
	        because);
}

void lesson_predict_yes(
        Lesson *lesson, const char *question, bool answer, const char *because)
{
	predict(lesson, question,
	        &(Prediction){ PREDICT_YES, answer, 0, answer ? "yes" : "no" }, because);
}

void lesson_predict_shape(Lesson *lesson, const char *question, int ndim,
        const int shape[], const char *because)
{
	ShapeText text = tensor_shape_text(tensor_view(NULL, ndim, shape));
	predict(lesson, question, &(Prediction){ PREDICT_SHAPE, 0, 0, text.text },
	        because);
}

/* --- pictures -------------------------------------------------------------------------------- */

static FILE *picture_begin(char **text, size_t *size)
{
	FILE *out = open_memstream(text, size);
	if (!out)
		error_out_of_memory("lesson", 0);
	return out;
}

static void picture_end(
        Lesson *lesson, const char *name, FILE *out, char **text, const size_t *size)
{
	fclose(out);
	const char *path = arena_format(
	        lesson->arena, "build/tutorials/%s/%s.svg", lesson->chapter, name);
	write_file(lesson, path, *text, *size);
	lesson_say(lesson, "  (as a picture: %s)", path);
	free(*text);
}

void lesson_chart(Lesson *lesson, const char *name, const PlotChart *chart)
{
	char *text = NULL;
	size_t size = 0;
	plot_chart(plot_screen(stdout, lesson->width), chart);
	FILE *out = picture_begin(&text, &size);
	plot_chart_svg(out, chart);
	picture_end(lesson, name, out, &text, &size);
}

void lesson_curves(Lesson *lesson, const char *name, const char *title,
        const char *x_axis, const char *y_axis, int count, const PlotSeries series[])
{
	const PlotChart chart = {
		.title = title, .x = x_axis, .y = y_axis, .count = count, .series = series
	};
	lesson_chart(lesson, name, &chart);
}

void lesson_matrix(Lesson *lesson, const char *name, const PlotMatrix *matrix)
{
	char *text = NULL;
	size_t size = 0;
	plot_matrix(plot_screen(stdout, lesson->width), matrix);
	FILE *out = picture_begin(&text, &size);
	plot_matrix_svg(out, matrix);
	picture_end(lesson, name, out, &text, &size);
}

void lesson_histogram(Lesson *lesson, const char *name, const PlotHistogram *histogram)
{
	char *text = NULL;
	size_t size = 0;
	plot_histogram(plot_screen(stdout, lesson->width), histogram);
	FILE *out = picture_begin(&text, &size);
	plot_histogram_svg(out, histogram);
	picture_end(lesson, name, out, &text, &size);
}
