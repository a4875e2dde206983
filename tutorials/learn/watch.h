/* watch.h: one item after the other in a terminal; each is checked again when its file is
 * saved. */
#ifndef TUTORIALS_LEARN_WATCH_H
#define TUTORIALS_LEARN_WATCH_H

#include "tutorials/learn/course.h"

/* Begins with the item, or with the first that is not done if it is NULL. */
void watch(Course *course, Item *item);

#endif
