/* check.h: tries one item and says what is wrong with it. */
#ifndef TUTORIALS_LEARN_CHECK_H
#define TUTORIALS_LEARN_CHECK_H

#include "tutorials/learn/course.h"

/* Prints what the check says; true if the item is right, which is then kept. A reading
 * and a stretch have no check: they are right when the student says so (check_done). */
bool check_item(Item *item);
void check_done(Item *item);
/* Whether check_item can tell. */
bool check_can_tell(const Item *item);

/* Runs the command line of a shell; its status, or 127. Keys are not read by it. */
int check_run(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
