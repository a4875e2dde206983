/* no_number.h: what stands for NaN between the student's process and the checks. */
#ifndef TUTORIALS_ATTENTION_NO_NUMBER_H
#define TUTORIALS_ATTENTION_NO_NUMBER_H

enum { ATTENTION_NO_NUMBER = -7777777 };

#endif
