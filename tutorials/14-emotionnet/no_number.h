/* no_number.h: what stands for a number that is not finite between the student's process and the
 * checks. */
#ifndef TUTORIALS_EMOTIONNET_NO_NUMBER_H
#define TUTORIALS_EMOTIONNET_NO_NUMBER_H

enum { NO_NUMBER = -7777777 };

#endif
