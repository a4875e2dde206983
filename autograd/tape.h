/* tape.h: values with gradients, and the tape that remembers how they were made.
 *
 * An operation computes at once and pushes a Node on the tape. tape_backward() walks the
 * nodes from the last to the first: the order of creation is already a topological order,
 * so there is no sort and no recursion.
 *
 * Everything an operation makes (its output, the gradient of it, its node, what it saved)
 * lives in the tape's arena until tape_reset(); a gradient less long where the tape is
 * `reusing`. */
#ifndef AUTOGRAD_TAPE_H
#define AUTOGRAD_TAPE_H

#include "tensor/axis.h"
#include "tensor/tensor.h"

typedef struct Node Node;
typedef struct Kept Kept;   /* kept.h */
typedef struct Terms Terms; /* terms.h */

/* A value and the gradient of the loss with respect to it. A leaf is a Var that no
 * operation made: a parameter, an input; grad.data is NULL where no gradient is wanted:
 * data, frozen parameters. The gradient of an intermediate result has memory from the
 * backward pass on that reaches it; none is ever wanted where the tape did not record
 * (node is NULL, too). */
typedef struct Var {
	Tensor value, grad;
	const char
	        *name; /* "text.lstm.weight_ih_l0", or NULL for an intermediate result */
	/* that made it; NULL for a leaf, and where the tape does not record */
	Node *node;
	/* Of a leaf of which a step reaches only some rows, a table of words: 1 where the
	 * row's gradient may be other than 0. One operation sets them in its backward;
	 * where another uses the leaf, tape_backward sets all. Whoever zeroes rows may
	 * clear theirs. NULL: nobody keeps account. */
	unsigned char *marks;
	const struct Op *marked_by;
	/* of a leaf whose gradient others sum up later; NULL: it is added to at once */
	Terms *terms;
} Var;

/* An operation, as the backward walk sees it. The contract of every backward: it adds
 * (+=) into the gradient of each input that wants one, and copes with inputs that want
 * none. */
typedef struct Op {
	const char *name; /* as the caller writes it: "op_matmul" */
	void (*backward)(const Node *node);
} Op;

/* What a node took; kept only while the tape measures. */
typedef struct NodeCost {
	double forward, backward; /* seconds */
	size_t live; /* bytes of the tape's arena that it and its gradient hold */
	size_t peak; /* the most it held while it computed */
} NodeCost;

struct Node {
	const Op *op;
	Node *previous;    /* the node pushed before this one; NULL for the first */
	Site site;         /* the line that called the operation */
	Var *out;          /* out->grad holds dloss/dout when backward is called */
	const void *saved; /* what the operation keeps for its backward, or NULL */
	NodeCost *cost;    /* NULL unless the tape measures */
	int inputs;
	int pass; /* the last backward pass that reached it: see tape_backward() */
	/* bit i: to the gradient of input i it adds through terms.h alone */
	unsigned by_terms;
	Var *in[]; /* `inputs` of them; one that may be left out can be NULL */
};

enum { TAPE_SIZES = 40 };

typedef struct Tape {
	Arena *arena;
	/* what was made of the weights for all tapes that share it, or NULL */
	Kept *kept;
	Node *last;
	int nodes;
	int pass;       /* backward passes so far */
	bool recording; /* false: no nodes and no gradients, for inference */
	bool measuring; /* true: every node gets a NodeCost (report.h prints them) */
	/* true: the gradient of an intermediate result is given up when its node's
	 * backward is over, and the next ones are made in its memory, which the caches
	 * still hold. For training, where nobody looks at them afterwards. */
	bool reusing;
	void *spare[TAPE_SIZES]; /* memory given up, by the logarithm of its size */
	double clock; /* while measuring: when the operation before this one ended, */
	size_t live;  /* what the arena held then, */
	size_t peak;  /* and the most that it ever held */
} Tape;

/* A tape that records into `arena`, which it resets but does not own. */
Tape tape_new(Arena *arena);

/* From now on every node gets a NodeCost. It costs some 100 ns a node, and restarts the
 * peak of the arena with each. */
void tape_measure(Tape *tape);

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
 * a gradient; tape_wants() says so beforehand, to save nothing in vain. Record last: what
 * an operation took, in time and memory, is counted from the end of the one before it. */
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
 * zeroed here, just before the first of its users adds into it; a node that no user
 * reached does not lead to the loss: its gradient is zero (none, if the tape is
 * `reusing`) and its backward is not called. Stops if `loss` is not a scalar or wants
 * no gradient. */
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

/* Any row of x's gradient may now be other than 0: for whoever writes into one with
 * marks outside of a backward. */
void var_mark_all(Var *x);

#endif
