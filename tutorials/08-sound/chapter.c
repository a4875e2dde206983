#include "tutorials/lesson/lesson.h"
int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "08-sound", "Sound");
	return lesson_end(lesson);
}
