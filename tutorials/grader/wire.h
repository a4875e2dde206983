/* wire.h: what goes through the two pipes between a check and the process that holds
 * the student's code.
 *
 * A request is a WireHead, and for each argument a WireArgument and its numbers. The
 * answer to it holds no sizes but those of one tensor, so whoever reads it knows how
 * much there must be:
 *
 *     WIRE_CALL        the numbers of each array, as they are after the call
 *     WIRE_FORWARD     a WireShape and the numbers of the output; then the value of each Var
 *     WIRE_BACKWARD    the value and then the gradient of each Var; the request ends with the gradient of the output */
#ifndef TUTORIALS_GRADER_WIRE_H
#define TUTORIALS_GRADER_WIRE_H

#include "tensor/tensor.h"

#include <stdint.h>

enum {
	WIRE_REQUESTS = 3, /* the student's process reads them here, */
	WIRE_ANSWERS = 4,  /* and answers here */
	WIRE_ARGUMENTS = 32,
	WIRE_NUMBERS = 1 << 22, /* in one array, at most */
	WIRE_NAME = 48
};

typedef enum WireWay { WIRE_CALL, WIRE_FORWARD, WIRE_BACKWARD } WireWay;

typedef struct WireHead {
	char function[WIRE_NAME];
	int32_t way;
	int32_t arguments;
} WireHead;

typedef enum WireKind { WIRE_REALS, WIRE_INTS, WIRE_INT, WIRE_REAL, WIRE_VAR } WireKind;

typedef struct WireShape {
	int32_t ndim, shape[TENSOR_MAX_DIMS];
} WireShape;

typedef struct WireArgument {
	char name[WIRE_NAME];
	int32_t kind;
	int32_t number;  /* of WIRE_INT */
	double fraction; /* of WIRE_REAL */
	int64_t count;   /* of numbers that follow; a Var's value, then its gradient */
	WireShape shape; /* of WIRE_VAR */
	int32_t wants;   /* the Var has a gradient */
} WireArgument;

/* All `size` bytes; false if the other side has gone. They wait as long as it takes. */
bool wire_send(int fd, const void *data, size_t size);
bool wire_receive(int fd, void *data, size_t size);

#endif
