/* sys/resource.h: no limit to addresses but the page's own memory. */
#ifndef WASI_SYS_RESOURCE_H
#define WASI_SYS_RESOURCE_H

typedef unsigned long long rlim_t;

struct rlimit {
	rlim_t rlim_cur, rlim_max;
};

enum { RLIMIT_STACK = 3, RLIMIT_AS = 9 };

static inline int getrlimit(int what, struct rlimit *limit)
{
	(void)what;
	*limit = (struct rlimit){ ~0ull, ~0ull };
	return 0;
}

#endif
