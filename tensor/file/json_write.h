/* json_write.h: the parts of JSON that printf does not know. */
#ifndef TENSOR_FILE_JSON_WRITE_H
#define TENSOR_FILE_JSON_WRITE_H

#include "tensor/tensor.h"

#include <stdio.h>

/* "text" in quotes, escaped; what is not UTF-8 becomes U+FFFD. */
void json_text(FILE *out, const char *text);
void json_bytes(FILE *out, const char *text, size_t size); /* the same of a part */
/* A number with enough digits to be read back as it was; null if it is not finite. */
void json_number(FILE *out, double number);
void json_share(FILE *out, double number); /* the same with six decimals */
/* ["a","b"] */
void json_names(FILE *out, const char *const names[], int count);
/* A further member of an object: ,"key":1 or ,"key":"text". */
void json_put(FILE *out, const char *key, double number);
void json_put_share(FILE *out, const char *key, double number);
void json_put_text(FILE *out, const char *key, const char *text);
void json_put_flag(FILE *out, const char *key, bool value);
/* ,"key":{"a":0.250000,"b":0.750000} */
void json_put_shares(FILE *out, const char *key, const char *const names[],
        const real *shares, int count);
/* [1,2] or [[1,2],[3,4]]: a tensor of one or two dimensions. */
void json_tensor(FILE *out, Tensor x);

#endif
