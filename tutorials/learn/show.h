/* show.h: the list of all items, and what has been gained. */
#ifndef TUTORIALS_LEARN_SHOW_H
#define TUTORIALS_LEARN_SHOW_H

#include "tutorials/learn/course.h"

/* Where the solutions stand in the tree: that, and how to make one to learn in. */
void show_where(void);
void show_list(const Course *course);
/* Times, tries and hints of what was begun; quizzes before and after. */
void show_progress(const Course *course);

#endif
