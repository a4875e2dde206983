/* Which layouts there are; those of numbers that are held as they are. The others:
 * block_packed.c. */
#include "tensor/block_layout.h"
#include "tensor/block_packed.h"
#include "tensor/half.h"

static const BlockLayout f32 = { "F32", 0, 1, 4, reals_of_f32, NULL };
static const BlockLayout f16 = { "F16", 1, 1, 2, reals_of_f16, NULL };
static const BlockLayout bf16 = { "BF16", 30, 1, 2, reals_of_bf16, NULL };

const BlockLayout *block_layout_find(unsigned code)
{
	const BlockLayout *const layouts[] = { &f32, &f16, &bf16, &block_q4_0,
		&block_q4_1, &block_q5_0, &block_q5_1, &block_q8_0, &block_q4_k,
		&block_q6_k };
	for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++)
		if (layouts[i]->code == code)
			return layouts[i];
	return NULL;
}

const char *block_layout_name(unsigned code)
{
	static const struct {
		unsigned code;
		const char *name;
	} others[] = {
		{ 9, "Q8_1" },
		{ 10, "Q2_K" },
		{ 11, "Q3_K" },
		{ 13, "Q5_K" },
		{ 15, "Q8_K" },
		{ 16, "IQ2_XXS" },
		{ 17, "IQ2_XS" },
		{ 18, "IQ3_XXS" },
		{ 19, "IQ1_S" },
		{ 20, "IQ4_NL" },
		{ 21, "IQ3_S" },
		{ 22, "IQ2_S" },
		{ 23, "IQ4_XS" },
		{ 24, "I8" },
		{ 25, "I16" },
		{ 26, "I32" },
		{ 27, "I64" },
		{ 28, "F64" },
		{ 29, "IQ1_M" },
		{ 34, "TQ1_0" },
		{ 35, "TQ2_0" },
		{ 39, "MXFP4" },
	};
	const BlockLayout *layout = block_layout_find(code);
	if (layout)
		return layout->name;
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (others[i].code == code)
			return others[i].name;
	return "unknown";
}
