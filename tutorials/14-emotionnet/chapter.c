#include "tutorials/14-emotionnet/joint.h"
#include "tutorials/lesson/lesson.h"
#include <stdio.h>
int main(int argc, char **argv)
{
	Lesson *lesson = lesson_begin(argc, argv, "14-emotionnet", "EmotionNet");
	World w = the_world(lesson_arena(lesson));
	Joint plans[] = { { .rate = 0.003 }, { .rate = 0.003, .auxiliary = 1 },
		{ .rate = 0.003, .modulate = 0.5 }, { .rate = .003, .pretrain = 4 },
		{ .rate = .003, .pretrain = EPOCHS } };
	for (int p = 0; p < 5; p++)
		for (int s = 1; s <= 2; s++) {
			plans[p].seed = (uint64_t)s;
			Accuracies a[EPOCHS];
			model_train(lesson_arena(lesson), &w, plans[p], a);
			printf("plan %d seed %d\n", p, s);
			for (int e = 0; e < EPOCHS; e++)
				printf("%d: %.3f text %.3f speech %.3f\n", e, a[e].fused,
				        a[e].text, a[e].speech);
			fflush(stdout);
		}
	return lesson_end(lesson);
}
