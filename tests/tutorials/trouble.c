/* Comes to grief as it is told, in place of a chapter's program: what a page says then is what web_limits.mjs
 * looks at. proof_web.sh links it with a memory that cannot grow. */
#include "tensor/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int deep(volatile int *depth)
{
	volatile int here = *depth + 1;
	return here < 0 ? 0 : deep(&here) + here; /* the stack ends long before */
}

int main(void)
{
	char how[80] = "";
	printf("What shall go wrong? ");
	fflush(stdout);
	if (!fgets(how, sizeof how, stdin))
		return 1;
	how[strcspn(how, "\n")] = '\0';
	if (strcmp(how, "memory") == 0)
		for (Arena *arena = arena_new("trouble");;)
			arena_alloc(arena, 1 << 20);
	if (strcmp(how, "trap") == 0)
		abort();
	if (strcmp(how, "reach") == 0)
		return *(volatile int *)0x7ffffff0;
	if (strcmp(how, "deep") == 0)
		return deep(&(int){ 0 });
	for (volatile unsigned long n = 0;; n++)
		if (n % 50000000 == 0)
			printf("%lu\n", n), fflush(stdout);
}
