/* exercise.h: twice a number. */
int twice(int x);
