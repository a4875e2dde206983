/* walk.h: the section of chapter 1 on the order in which a table is visited. */
#ifndef TUTORIALS_TENSORS_WALK_H
#define TUTORIALS_TENSORS_WALK_H

#include "tutorials/lesson/lesson.h"

void which_way(Lesson *lesson);

#endif
