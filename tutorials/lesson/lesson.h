/* lesson.h: what a chapter's program speaks with.
 *
 *     int main(int argc, char **argv)
 *     {
 *             Lesson *lesson = lesson_begin(argc, argv, "02-the-tape", "The tape");
 *             lesson_section(lesson, "By hand");
 *             lesson_predict_number(lesson, "dL/dz at z = 2?", 7.889, 0.01, "1/z + e^z.");
 *             lesson_number(lesson, "by-hand", "dL/dz", "%.4f", 0.5 + e2);
 *             lesson_point(lesson, "the derivative is there; nothing was measured yet");
 *             return lesson_end(lesson);
 *     }
 *
 * On a terminal headings are coloured and each prediction waits for an answer, which is
 * scored. Lines follow its width, from 40 columns to 78. In a pipe it asks nothing and
 * prints the answers, 78 columns wide, so that the text is the same each time, but for
 * measured times, which stand in square brackets: [12.3 ms]. With --step it stops at each
 * point until Enter, and shows the values that the point is about. A debugger stops in lesson_point() (tutorials/step.gdb), and nothing
 * is asked (LESSON_ASK=0).
 *
 * What lesson_number prints under a key, chapter.md quotes by it: <!--=by-hand-->; a
 * prediction it quotes by its number. `--values FILE` writes them. Pictures and sounds go
 * to build/tutorials/CHAPTER/. */
#ifndef TUTORIALS_LESSON_H
#define TUTORIALS_LESSON_H

#include "audio/clip.h"
#include "tensor/plot/plot.h"
#include "tutorials/draw/draw.h"

typedef struct Lesson Lesson;

/* Reads the command line; --help and mistakes in it end the program. `chapter` is the
 * folder's name. */
Lesson *lesson_begin(int argc, char **argv, const char *chapter, const char *title);
/* Says how the predictions went and ends main: 0, or 1 if a file could not be written. */
int lesson_end(Lesson *lesson);

Arena *lesson_arena(const Lesson *lesson);

void lesson_section(Lesson *lesson, const char *title);
void lesson_say(Lesson *lesson, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* A numbered place to stop at. `look` says what to look at. */
void lesson_point(Lesson *lesson, const char *look);
/* Beforehand: what the next point shows below its caption if the program stops there (--step,
 * or a debugger): a tensor, or a table of floats. It is read at the point, and must live until
 * then. A gradient that nothing has reached is "nothing yet". */
void lesson_look(Lesson *lesson, const char *name, Tensor x);
void lesson_look_floats(
        Lesson *lesson, const char *name, int rows, int columns, const float *numbers);

/* Name, shape and numbers. */
void lesson_tensor(Lesson *lesson, const char *name, Tensor x);
/* "  what = 1.2345", which the text can quote as `key`; `format` is for one double. */
void lesson_number(Lesson *lesson, const char *key, const char *what, const char *format,
        double value);
/* The same of one number for each of several seeds, as mean and standard deviation, the
 * least and the largest: "  what = 0.38 ± 0.02 (0.35 to 0.41)". `key` quotes the first
 * part, `key`-range the second. */
void lesson_spread(Lesson *lesson, const char *key, const char *what, const char *format,
        int count, const double values[]);
/* "  what   [12.3 ms]  [4.5 times as fast]"; without the second if `before` is 0. */
void lesson_time(Lesson *lesson, const char *what, double seconds, double before);
/* The least of several runs, until 0.05 s are spent: of what a machine does, the rest is
 * others' doing. */
double lesson_stopwatch(void (*work)(void *), void *context);

/* Every setting of an experiment: "rate %g, batch %d": a name of one word, its value, a
 * comma. After the first of a section a line says in which settings it is unlike the one
 * before, with the other's values, so that no comparison hides one. */
void lesson_settings(Lesson *lesson, const char *experiment, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* A number that the chapter invites to change: `usual`, or what --set NAME=VALUE says, from
 * `least` to `most`; then a line says so. Anything else ends the program, and is told
 * `what` it is. The page of make web has a field for each, found by this call: write out
 * the name, what it is (one string) and the numbers. */
double lesson_setting(Lesson *lesson, const char *name, const char *what, double usual,
        double least, double most);
/* The same, of whole numbers. */
int lesson_count(Lesson *lesson, const char *name, const char *what, int usual, int least,
        int most);

/* Ask, score, and tell what is true beside what was answered. Enter or "not sure" passes,
 * which is never scored as wrong; `?` repeats the question; after Ctrl-D nothing more is
 * asked, nor told. What is no answer of the kind is asked for again. `because` and the
 * replies are whole sentences. */

/* One of 2 to 6 choices, `right` counted from 0. Each wrong one is a mistake that
 * somebody makes, and its reply says what is mistaken; the reply of the right one says
 * why it is. */
typedef struct Choice {
	const char *text, *reply;
} Choice;
void lesson_predict_choice(Lesson *lesson, const char *question, int count,
        const Choice choices[], int right);
/* Right within `within` of the answer. */
void lesson_predict_number(Lesson *lesson, const char *question, double answer,
        double within, const char *because);
/* Right as (2,3), 2,3 or 2x3. */
void lesson_predict_shape(Lesson *lesson, const char *question, int ndim,
        const int shape[], const char *because);

/* Drawn here, and written to build/tutorials/CHAPTER/NAME.svg. */
void lesson_chart(Lesson *lesson, const char *name, const PlotChart *chart);
/* A chart of nothing but series. */
void lesson_curves(Lesson *lesson, const char *name, const char *title,
        const char *x_axis, const char *y_axis, int count, const PlotSeries series[]);
void lesson_matrix(Lesson *lesson, const char *name, const PlotMatrix *matrix);
void lesson_histogram(Lesson *lesson, const char *name, const PlotHistogram *histogram);
/* A drawing that explains (drawings.h): its title and text form here, the picture
 * likewise. */
void lesson_drawing(Lesson *lesson, const char *name, const Drawing *drawing);

/* Something to hear: build/tutorials/CHAPTER/NAME.wav. */
void lesson_sound(Lesson *lesson, const char *name, const Clip *clip);

#endif
