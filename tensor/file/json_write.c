/* Strings are escaped, and numbers have as many digits as it takes to read the same float
 * back. */
#include "tensor/file/json_write.h"
#include "tensor/utf8.h"

#include <math.h>
#include <string.h>

void json_text(FILE *out, const char *text)
{
	json_bytes(out, text, strlen(text));
}

void json_bytes(FILE *out, const char *text, size_t size)
{
	fputc('"', out);
	while (size > 0) {
		char bytes[4];
		Utf8 next = utf8_next(text, size);
		if (next.point == '"' || next.point == '\\')
			fprintf(out, "\\%c", (char)next.point);
		else if (next.point < 0x20 || (next.point >= 0x7F && next.point < 0xA0))
			fprintf(out, "\\u%04x", (unsigned)next.point);
		else
			fwrite(bytes, 1, (size_t)utf8_put(bytes, next.point), out);
		text += next.bytes;
		size -= (size_t)next.bytes;
	}
	fputc('"', out);
}

/* The only place where a number becomes JSON, which has none that are not finite. */
static void put(FILE *out, const char *format, double number)
{
	if (isfinite(number))
		fprintf(out, format, number);
	else
		fputs("null", out);
}

void json_number(FILE *out, double number)
{
	put(out, "%.9g", number);
}

void json_share(FILE *out, double number)
{
	put(out, "%.6f", number);
}

void json_tensor(FILE *out, Tensor x)
{
	fputc('[', out);
	for (int i = 0; i < x.shape[0]; i++) {
		if (i)
			fputc(',', out);
		if (x.ndim > 1)
			json_tensor(out, tensor_row(x, i));
		else
			json_number(out, (double)x.data[i]);
	}
	fputc(']', out);
}

void json_names(FILE *out, const char *const names[], int count)
{
	fputc('[', out);
	for (int i = 0; i < count; i++) {
		if (i)
			fputc(',', out);
		json_text(out, names[i]);
	}
	fputc(']', out);
}

void json_put(FILE *out, const char *key, double number)
{
	fprintf(out, ",\"%s\":", key);
	json_number(out, number);
}

void json_put_share(FILE *out, const char *key, double number)
{
	fprintf(out, ",\"%s\":", key);
	json_share(out, number);
}

void json_put_text(FILE *out, const char *key, const char *text)
{
	fprintf(out, ",\"%s\":", key);
	json_text(out, text);
}

void json_put_flag(FILE *out, const char *key, bool value)
{
	fprintf(out, ",\"%s\":%s", key, value ? "true" : "false");
}

void json_put_shares(FILE *out, const char *key, const char *const names[],
        const real *shares, int count)
{
	fprintf(out, ",\"%s\":{", key);
	for (int i = 0; i < count; i++) {
		if (i)
			fputc(',', out);
		json_text(out, names[i]);
		fputc(':', out);
		json_share(out, (double)shares[i]);
	}
	fputc('}', out);
}
