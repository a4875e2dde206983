/* json_any.h: JSON that others wrote, where a reader wants some members and passes over
 * the rest.
 *
 * json.h expects what its caller expects. Here the caller first asks what comes, and may
 * skip it. Members that are needed in another order than the file has them are read in
 * two passes: note json->at before json_skip, and set it back later. */
#ifndef TENSOR_FILE_JSON_ANY_H
#define TENSOR_FILE_JSON_ANY_H

#include "tensor/file/json.h"

/* What the next value begins with: '{' '[' '"', 't' (true), 'f' (false), 'n' (null), '0'
 * (a number); 0 where no value can begin, and after an error. Reads nothing. */
char json_peek(Json *json);

/* Passes over one value of any kind, without reading its strings. What is no JSON fails;
 * so does what is nested more than JSON_DEEPEST deep. */
enum { JSON_DEEPEST = 64 };
void json_skip(Json *json);

bool json_bool(Json *json); /* true or false; false on error */
/* Is the next value null? Then it is passed over. */
bool json_null(Json *json);

/* Passes over an object, and notes where the value of each member `names[i]` begins:
 * json_at(json, at[i]) goes there. at[i] = 0: there is no such member. Of two of one name
 * it is the last. */
void json_members(Json *json, const char *const names[], int count, size_t at[]);
/* Goes there. False, and goes nowhere, where there is nothing: after an error, or at 0. */
bool json_at(Json *json, size_t at);

#endif
