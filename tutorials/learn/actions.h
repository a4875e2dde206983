/* actions.h: what a student can ask for beside a check. */
#ifndef TUTORIALS_LEARN_ACTIONS_H
#define TUTORIALS_LEARN_ACTIONS_H

#include "tutorials/learn/course.h"

/* What to do, where, and how. */
void action_show(const Item *item);
/* The next hint; the last one again when all have been given. */
void action_hint(const Item *item);
/* The file as it was handed out. What the student wrote stays beside it as FILE.1, FILE.2
 * ... */
bool action_reset(Item *item);
/* The reference beside one's own, once it has passed. */
bool action_solution(const Item *item);

#endif
