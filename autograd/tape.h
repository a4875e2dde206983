/* tape.h: values with gradients, and the tape that remembers how they were made.
 *
 * An operation computes at once and pushes a Node on the tape. tape_backward() walks the
 * nodes from the last to the first: the order of creation is already a topological order,
 * so there is no sort and no recursion.
 *
 * Everything an operation makes (its output, the gradient of it, its node, what it saved)
 * lives in the tape's arena until tape_reset(). */
#ifndef AUTOGRAD_TAPE_H
#define AUTOGRAD_TAPE_H

#include "tensor/axis.h"
#include "tensor/tensor.h"

typedef struct Node Node;
typedef struct Tape Tape;
/* For a first reading: all seven are NULL. What they are is in hooks.h. */
typedef struct Terms Terms;     /* gradients that are summed later: fast/terms.h */
typedef struct Kept Kept;       /* copies of weights in a faster order: fast/kept.h */
typedef struct Touched Touched; /* which rows have a gradient: fast/touched.h */
typedef struct Reuse Reuse;     /* gradients that share memory: fast/reuse.h */
typedef struct Meter Meter;     /* what each node costs: look/meter.h */
typedef struct Team Team;       /* threads that share one product: fast/team.h */
typedef struct Stored Stored;   /* a weight as its file holds it: fast/stored.h */

/* A value and the gradient of the loss with respect to it.
 *
 * A leaf is a Var that no operation made: a parameter or an input. Its grad.data is NULL
 * where no gradient is wanted: data, frozen parameters. An intermediate result gets
 * memory for its gradient when the backward pass reaches it. */
typedef struct Var {
	Tensor value, grad;
	const char *name; /* "text.lstm.weight_ih_l0"; NULL for an intermediate result */
	Node *node;   /* that made it; NULL for a leaf, or if the tape did not record */
	Terms *later; /* of a leaf; NULL: operations add to its gradient at once */
	Touched *touched; /* of a leaf; NULL: any number of its gradient may not be 0 */
	const Stored *stored; /* of a leaf without value.data; NULL: all others */
} Var;

/* An operation, as the backward pass sees it. Every backward adds (+=) into the gradient
 * of each input that wants one, and accepts inputs that want none. */
typedef struct Op {
	const char *name; /* as the caller writes it: "op_matmul" */
	void (*backward)(const Node *node);
	unsigned later; /* bit i: input i is a weight, used by layers/weight.h alone */
} Op;

struct Node {
	const Op *op;
	Node *previous; /* the node pushed before this one; NULL for the first */
	Site site;      /* the line that called the operation */
	Tape *tape;
	Var *out;              /* out->grad holds dloss/dout when backward is called */
	const void *saved;     /* what the operation keeps for its backward, or NULL */
	struct NodeCost *cost; /* NULL unless a meter hangs on the tape */
	int inputs;
	int pass;  /* the last backward pass that reached it: see tape_backward() */
	Var *in[]; /* `inputs` of them; one that may be left out can be NULL */
};

struct Tape {
	Arena *arena;
	Node *last;
	int nodes;
	int pass;       /* backward passes so far */
	bool recording; /* false: no nodes and no gradients, for inference */
	Kept *kept;
	Reuse *reuse;
	Meter *meter;
	Team *team;
};

/* A tape that records into `arena`, which it resets but does not own. */
Tape tape_new(Arena *arena);

/* Forgets all nodes and gives all their memory back. Every Var made with the tape is
 * gone. */
void tape_reset(Tape *tape);

/* A Var over `value` (kept, not copied) that wants no gradient; `name` may be NULL. */
Var *tape_constant(Tape *tape, Tensor value, const char *name);
/* The same, with a gradient of its own, zero at first: for tests and for looking at
 * inputs. */
Var *tape_variable(Tape *tape, Tensor value, const char *name);

/* --- for those who write operations --- */

/* An output in the shape of `like`, its value to be computed, and its record: that `op`
 * made it from the inputs. A node is made only where the tape records and an input wants
 * a gradient; tape_wants() says so beforehand, to save nothing in vain. */
Var *tape_output(Tape *tape, Tensor like);
Var *tape_record(Site site, Tape *tape, const Op *op, Var *out, const void *saved,
        int inputs, Var *const in[]);
bool tape_wants(const Tape *tape, int inputs, Var *const in[]);
static inline bool var_wants(const Var *x) /* a gradient */
{
	return x->node || x->grad.data;
}

/* Both at once, for a value that exists already: computed elsewhere, or a view of an
 * input. */
Var *tape_push(Site site, Tape *tape, const Op *op, Tensor value, const void *saved,
        int inputs, Var *const in[]);
#define INPUTS(...)                                                                      \
	(int)(sizeof((Var *[]){ __VA_ARGS__ }) / sizeof(Var *)), (Var *[])               \
	{                                                                                \
		__VA_ARGS__                                                              \
	}

/* Sets dloss/dloss = 1 and calls every node's backward, last to first.
 *
 * The gradients of leaves are added to, so that they can be summed over several losses:
 * whoever owns them zeroes them first. The gradient of an intermediate result is made and
 * zeroed here, just before the first of its users adds into it. A node that no user
 * reached does not lead to the loss: its gradient is zero (with `reuse` it has none), and
 * its backward is not called. Stops if `loss` is not a scalar or wants no gradient. */
void tape_backward_at(Site site, Tape *tape, Var *loss);
#define tape_backward(...) tape_backward_at(HERE, __VA_ARGS__)

/* Stops with "operation at file:line: ...", followed by the last few nodes of the
 * tape. */
_Noreturn void tape_stop(Site site, const Tape *tape, const char *operation,
        const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Stops, in the name of `operation`, if x is NULL; if x has no axis of this index. */
_Noreturn void var_missing(
        Site site, const Tape *tape, const char *operation, const char *role);
static inline void var_require(Site site, const Tape *tape, const char *operation,
        const char *role, const Var *x)
{
	if (!x)
		var_missing(site, tape, operation, role);
}
Axis var_axis(
        Site site, const Tape *tape, const char *operation, const Var *x, int index);

/* `x "text.pooled" (16,128)`, for messages: what the operation calls it, its name, its
 * shape. */
typedef struct VarText {
	char text[160];
} VarText;
VarText var_text(const char *role, const Var *x);

#endif
