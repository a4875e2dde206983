/* list.h: the chapter's tape of numbers. An entry is named by its index; it is made from earlier ones. */
#ifndef TUTORIALS_THE_TAPE_LIST_H
#define TUTORIALS_THE_TAPE_LIST_H

/* [entry] */
typedef struct Entry {
	const char *made_by;
	double value, grad;
	int in[2];       /* the entries it was made from; -1: none */
	double slope[2]; /* how fast the value moves with each of them */
} Entry;

typedef struct List {
	int count;
	Entry entry[256];
} List;
/* [/entry] */

/* Each computes at once and returns the index of its entry. A list holds 256 at the most. */
int leaf(List *list, double x);
int add(List *list, int a, int b);
int multiply(List *list, int a, int b);
int logarithm(List *list, int a);
int exponential(List *list, int a);

/* Fills every entry's grad with d(loss)/d(entry). The careless one has one character too few. */
void list_backward(List *list, int loss);
void list_backward_careless(List *list, int loss);

void list_print(const List *list);

#endif
