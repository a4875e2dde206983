/* The list is Wengert's ("A simple automatic derivative evaluation program",
 * Communications of the ACM, 1964); to walk it backward is Linnainmaa's idea (1970). */
#include "tutorials/02-the-tape/small_tape.h"

#include <assert.h>
#include <stdio.h>

/* [operations] */
static int push(SmallTape *t, Entry entry)
{
	assert(t->count < ENTRIES);
	t->entry[t->count] = entry;
	return t->count++;
}

int number(SmallTape *t, float value)
{
	return push(t, (Entry){ "number", value, .from = { -1, -1 } });
}

int add(SmallTape *t, int a, int b)
{
	float va = t->entry[a].value, vb = t->entry[b].value;
	return push(t, (Entry){ "add", va + vb, 0, { a, b }, { 1, 1 } });
}
/* [/operations] */

/* [multiply] */
int multiply(SmallTape *t, int a, int b)
{
	float va = t->entry[a].value, vb = t->entry[b].value;
	return push(t, (Entry){ "multiply", va * vb, 0, { a, b }, { vb, va } });
}
/* [/multiply] */

/* [backward] */
void backward(SmallTape *t, int result)
{
	for (int i = 0; i < t->count; i++)
		t->entry[i].gradient = 0;
	t->entry[result].gradient = 1;
	for (int i = result; i >= 0; i--) {
		Entry *e = &t->entry[i];
		for (int k = 0; k < 2; k++)
			if (e->from[k] >= 0)
				t->entry[e->from[k]].gradient +=
				        e->gradient * e->local[k];
	}
}
/* [/backward] */

void small_tape_print(const SmallTape *t)
{
	printf("  entry  made by   from     value  gradient\n");
	for (int i = 0; i < t->count; i++) {
		const Entry *e = &t->entry[i];
		char from[24] = "";
		if (e->from[0] >= 0)
			snprintf(from, sizeof from, "%d %d", e->from[0], e->from[1]);
		printf("  %5d  %-8s  %-5s %8.4f  %8.4f\n", i, e->made_by, from,
		        (double)e->value, (double)e->gradient);
	}
}
