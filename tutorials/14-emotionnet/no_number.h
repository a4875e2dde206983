/* no_number.h: what stands for a number that is not finite between the student's process and the
 * checks. */
#ifndef TUTORIALS_EMOTIONNET_NO_NUMBER_H
#define TUTORIALS_EMOTIONNET_NO_NUMBER_H

#define NO_NUMBER (-3e38f)

#endif
