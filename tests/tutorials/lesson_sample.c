/* A lesson of nothing but what tests/tutorials/test_lesson.sh asks for. */
#include "tutorials/lesson/lesson.h"

int main(int argc, char **argv)
{
	static const Choice choices[] = { { "as before", "Nothing passes." },
		{ "0", "Nothing is passed on." }, { "half", "Compute v first." } };
	Lesson *lesson = lesson_begin(argc, argv, "00-sample", "A sample");
	lesson_section(lesson, "Predictions");
	lesson_predict_number(
	        lesson, "How many?", 10, 0.5, "Three rows of three, and one.");
	lesson_predict_choice(lesson, "What is d_a?", 3, choices, 1);
	lesson_predict_shape(lesson, "Which shape?", SHAPE(3, 1), "One for each weight.");
	lesson_predict_choice(lesson, "And again?", 3, choices, 2);
	real four[] = { 1, 2, 3, 4 };
	const float half[] = { (float)0.5, 1 };
	lesson_look(lesson, "four", tensor_view(four, SHAPE(2, 2)));
	lesson_look_floats(lesson, "half", 1, 2, half);
	lesson_look(lesson, "a gradient", (Tensor){ .data = NULL });
	lesson_point(lesson, "The first point.");
	lesson_section(lesson, "Settings");
	double rate = lesson_setting(lesson, "rate", "how far a step goes", 0.1, 0, 2);
	int batch = lesson_count(lesson, "batch", "sentences of a step", 8, 1, 64);
	lesson_settings(
	        lesson, "the line", "rate %g, batch %d, hidden %d", rate, batch, 0);
	lesson_settings(lesson, "the curve", "rate %g, batch %d, hidden %d", 0.5, 8, 32);
	lesson_time(lesson, "along rows, and a name that is long", 0.0015, 0.016);
	real samples[] = { 0, (real)0.5, 0, (real)-0.5 };
	lesson_sound(
	        lesson, "beep", &(Clip){ .samples = samples, .count = 4, .rate = 8000 });
	return lesson_end(lesson);
}
