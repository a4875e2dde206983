/* The chapter's tape of numbers: sixty lines. Wengert, "A simple automatic derivative evaluation program"
 * (Communications of the ACM, 1964); the walk backwards: Linnainmaa (1970). */
#include "tutorials/02-the-tape/list.h"
#include "tensor/elementary.h"

#include <stdio.h>

/* [list] */
static int push(List *list, const char *made_by, double value, int a, double slope_a,
        int b, double slope_b)
{
	list->entry[list->count] = (Entry){ .made_by = made_by,
		.value = value,
		.in = { a, b },
		.slope = { slope_a, slope_b } };
	return list->count++;
}

static double value(const List *list, int i)
{
	return list->entry[i].value;
}

int leaf(List *list, double x)
{
	return push(list, "given", x, -1, 0, -1, 0);
}

int add(List *list, int a, int b)
{
	return push(list, "add", value(list, a) + value(list, b), a, 1, b, 1);
}

int multiply(List *list, int a, int b)
{
	return push(list, "multiply", value(list, a) * value(list, b), a, value(list, b),
	        b, value(list, a));
}

int logarithm(List *list, int a)
{
	return push(
	        list, "log", double_log(value(list, a)), a, 1 / value(list, a), -1, 0);
}

int exponential(List *list, int a)
{
	double e = double_exp(value(list, a));
	return push(list, "exp", e, a, e, -1, 0);
}
/* [/list] */

/* [backward] */
void list_backward(List *list, int loss)
{
	for (int i = 0; i < list->count; i++)
		list->entry[i].grad = 0;
	list->entry[loss].grad = 1;
	for (int i = loss; i >= 0; i--)
		for (int k = 0; k < 2; k++) {
			int in = list->entry[i].in[k];
			if (in >= 0)
				list->entry[in].grad +=
				        list->entry[i].grad * list->entry[i].slope[k];
		}
}
/* [/backward] */

/* [careless] */
void list_backward_careless(List *list, int loss)
{
	for (int i = 0; i < list->count; i++)
		list->entry[i].grad = 0;
	list->entry[loss].grad = 1;
	for (int i = loss; i >= 0; i--)
		for (int k = 0; k < 2; k++) {
			int in = list->entry[i].in[k];
			if (in >=
			        0) /* the one wrong character of this chapter: = for += */
				list->entry[in].grad =
				        list->entry[i].grad * list->entry[i].slope[k];
		}
}
/* [/careless] */

void list_print(const List *list)
{
	printf("   i  made by   from    value     grad\n");
	for (int i = 0; i < list->count; i++) {
		const Entry *e = &list->entry[i];
		char from[16] = "";
		if (e->in[0] >= 0)
			snprintf(from, sizeof from, e->in[1] >= 0 ? "%d %d" : "%d",
			        e->in[0], e->in[1]);
		printf("  %2d  %-8s  %-4s %8.4f %8.4f\n", i, e->made_by, from, e->value,
		        e->grad);
	}
}
