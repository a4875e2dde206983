/* letters.c: tables of ranges and pairs, searched from the beginning: they are short. */
#include "text/letters.h"
#include "tensor/utf8.h"

#include <string.h>

typedef struct Range {
	uint32_t first, last;
} Range;

static bool within(uint32_t point, const Range *ranges, int count)
{
	for (int i = 0; i < count; i++)
		if (point >= ranges[i].first && point <= ranges[i].last)
			return true;
	return false;
}
#define WITHIN(point, ranges)                                                            \
	within(point, ranges, (int)(sizeof(ranges) / sizeof((ranges)[0])))

/* Capitals from `first` to `last`, every one (step 1) or every other (step 2: capital and
 * small letter take turns); the small letter stands `distance` behind its capital. */
static const struct Capitals {
	uint32_t first, last, step, distance;
} capitals[] = {
	{ 'A', 'Z', 1, 32 }, { 0x00C0, 0x00D6, 1, 32 }, /* À..Ö */
	{ 0x00D8, 0x00DE, 1, 32 },                      /* Ø..Þ */
	{ 0x0100, 0x012E, 2, 1 },                       /* Ā..Į */
	{ 0x0132, 0x0136, 2, 1 },                       /* Ĳ..Ķ */
	{ 0x0139, 0x0147, 2, 1 },                       /* Ĺ..Ň */
	{ 0x014A, 0x0176, 2, 1 },                       /* Ŋ..Ŷ */
	{ 0x0179, 0x017D, 2, 1 },                       /* Ź..Ž */
	{ 0x01CD, 0x01DB, 2, 1 },                       /* Ǎ..Ǜ */
	{ 0x01DE, 0x01EE, 2, 1 },                       /* Ǟ..Ǯ */
	{ 0x01F8, 0x021E, 2, 1 },                       /* Ǹ..Ȟ */
	{ 0x0222, 0x0232, 2, 1 },                       /* Ȣ..Ȳ */
	{ 0x0246, 0x024E, 2, 1 },                       /* Ɇ..Ɏ */
	{ 0x0391, 0x03A1, 1, 32 },                      /* Α..Ρ */
	{ 0x03A3, 0x03AB, 1, 32 },                      /* Σ..Ϋ */
	{ 0x0400, 0x040F, 1, 80 },                      /* Ѐ..Џ */
	{ 0x0410, 0x042F, 1, 32 },                      /* А..Я */
	{ 0x0460, 0x0480, 2, 1 },                       /* Ѡ..Ҁ */
	{ 0x048A, 0x04BE, 2, 1 },                       /* Ҋ..Ҿ */
	{ 0x04C1, 0x04CD, 2, 1 },                       /* Ӂ..Ӎ */
	{ 0x04D0, 0x052E, 2, 1 },                       /* Ӑ..Ԯ */
	{ 0x1E00, 0x1E94, 2, 1 },                       /* Ḁ..Ẕ */
	{ 0x1EA0, 0x1EFE, 2, 1 },                       /* Ạ..Ỿ */
};

/* Those that follow no rule: capital, small letter, capital, ... */
static const char odd_capitals[] =
        "İiŸÿƁɓƂƃƄƅƆɔƇƈƉɖƊɗƋƌƎǝƏəƐɛƑƒƓɠƔɣƖɩƗɨƘƙƜɯƝɲƟɵƠơƢƣƤƥƦʀƧƨƩʃƬƭƮʈƯưƱʊƲʋƳƴƵƶƷʒƸƹƼƽǄǆǅǆǇǉǈǉǊǌǋǌǱǳǲǳǴǵǶƕǷƿȠƞȺⱥȻȼȽƚȾⱦɁɂɃƀɄʉɅʌẞßΆάΈέΉήΊίΌόΎύΏώӀӏ";

/* The second of the pair whose first is `point`, in a text of pairs; 0 if there is
 * none. */
static uint32_t find_pair(const char *pairs, uint32_t point)
{
	size_t size = strlen(pairs);
	for (size_t at = 0; at < size;) {
		Utf8 from = utf8_next(pairs + at, size - at);
		at += (size_t)from.bytes;
		Utf8 to = utf8_next(pairs + at, size - at);
		at += (size_t)to.bytes;
		if (from.point == point)
			return to.point;
	}
	return 0;
}

uint32_t letter_lower(uint32_t point)
{
	if (point < 0x80)
		return point >= 'A' && point <= 'Z' ? point + 32 : point;
	for (size_t i = 0; i < sizeof capitals / sizeof capitals[0]; i++) {
		const struct Capitals *c = &capitals[i];
		if (point >= c->first && point <= c->last)
			return (point - c->first) % c->step ? point : point + c->distance;
	}
	uint32_t odd = point < 0x0130 ? 0 : find_pair(odd_capitals, point);
	return odd ? odd : point;
}

/* For each mark: a letter without it, the letter with it, the next letter without it,
 * ... */
static const struct Mark {
	uint32_t mark;
	const char *pairs;
} marks[] = {
	{ 0x0300, "aàeèiìnǹoòuùwẁyỳâầêềôồüǜăằēḕōṑơờưừ" }, /* grave accent */
	/* acute accent */
	{ 0x0301, "aácćeégǵiíkḱlĺmḿnńoópṕrŕsśuúwẃyýzźâấåǻæǽçḉêếïḯôốõṍøǿüǘăắēḗōṓũṹơớưứ" },
	{ 0x0302, "aâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑạậẹệọộ" },   /* circumflex accent */
	{ 0x0303, "aãeẽiĩnñoõuũvṽyỹâẫêễôỗăẵơỡưữ" },       /* tilde */
	{ 0x0304, "aāeēgḡiīoōuūyȳäǟæǣõȭöȫüǖǫǭȧǡȯȱḷḹṛṝ" }, /* macron */
	{ 0x0306, "aăeĕgğiĭoŏuŭȩḝạặ" },                   /* breve */
	{ 0x0307, "aȧbḃcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzżśṥšṧſẛṣṩ" }, /* dot above */
	{ 0x0308, "aäeëhḧiïoötẗuüwẅxẍyÿõṏūṻ" },                       /* diaeresis */
	{ 0x0309, "aảeẻiỉoỏuủyỷâẩêểôổăẳơởưử" },                       /* hook above */
	{ 0x030A, "aåuůwẘyẙ" },                                       /* ring above */
	{ 0x030B, "oőuű" },                                   /* double acute accent */
	{ 0x030C, "aǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsštťuǔzžüǚʒǯ" }, /* caron */
	{ 0x030F, "aȁeȅiȉoȍrȑuȕ" },                           /* double grave accent */
	{ 0x0311, "aȃeȇiȋoȏrȓuȗ" },                           /* inverted breve */
	{ 0x031B, "oơuư" },                                   /* horn */
	{ 0x0323, "aạbḅdḍeẹhḥiịkḳlḷmṃnṇoọrṛsṣtṭuụvṿwẉyỵzẓơợưự" }, /* dot below */
	{ 0x0324, "uṳ" },                                         /* diaeresis below */
	{ 0x0325, "aḁ" },                                         /* ring below */
	{ 0x0326, "sștț" },                                       /* comma below */
	{ 0x0327, "cçdḑeȩgģhḩkķlļnņrŗsştţ" },                     /* cedilla */
	{ 0x0328, "aąeęiįoǫuų" },                                 /* ogonek */
	{ 0x032D, "dḓeḙlḽnṋtṱuṷ" },       /* circumflex accent below */
	{ 0x032E, "hḫ" },                 /* breve below */
	{ 0x0330, "eḛiḭuṵ" },             /* tilde below */
	{ 0x0331, "bḇdḏhẖkḵlḻnṉrṟtṯzẕ" }, /* macron below */
};

uint32_t letter_compose(uint32_t base, uint32_t mark)
{
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (marks[i].mark == mark)
			return find_pair(marks[i].pairs, base);
	return 0;
}

/* From U+0080 on there are far more letters than other characters; here are the
 * others. */
static const Range no_letters[] = {
	/* of Latin-1 */
	{ 0x0080, 0x00A9 }, { 0x00AB, 0x00B4 }, { 0x00B6, 0x00B9 }, { 0x00BB, 0x00BF },
	{ 0x00D7, 0x00D7 }, { 0x00F7, 0x00F7 },
	/* Greek, Armenian, Hebrew, Arabic, Hindi and Thai punctuation */
	{ 0x037E, 0x037E }, { 0x0387, 0x0387 }, { 0x055A, 0x055F }, { 0x0589, 0x058F },
	{ 0x05BE, 0x05BE }, { 0x05F3, 0x05F4 }, { 0x0600, 0x060F }, { 0x061B, 0x061F },
	{ 0x066A, 0x066D }, { 0x06D4, 0x06D4 }, { 0x0964, 0x0965 }, { 0x0E3F, 0x0E3F },
	{ 0x1680, 0x1680 },
	/* punctuation, arrows, mathematics, symbols */
	{ 0x2000, 0x2BFF }, { 0x2E00, 0x2E7F },
	/* Chinese and Japanese punctuation, and their wide forms */
	{ 0x3000, 0x3004 }, { 0x3008, 0x3020 }, { 0x3030, 0x3030 }, { 0x303D, 0x303F },
	{ 0x30FB, 0x30FB }, { 0x3200, 0x33FF }, { 0xFE00, 0xFE6F }, { 0xFEFF, 0xFF20 },
	{ 0xFF3B, 0xFF40 }, { 0xFF5B, 0xFF65 }, { 0xFFE0, 0xFFFF },
	/* surrogates and private use, emoji, and what has no letters yet */
	{ 0xD800, 0xF8FF }, { 0x1F000, 0x1FAFF }, { 0xE0000, 0x10FFFF }
};

bool letter_is_mark(uint32_t point)
{
	return point >= 0x0300 && point <= 0x036F;
}

bool letter_is_digit(uint32_t point)
{
	return point >= '0' && point <= '9';
}

bool letter_is(uint32_t point)
{
	if (point < 0x80)
		return (point | 32) >= 'a' && (point | 32) <= 'z';
	return !WITHIN(point, no_letters);
}

bool letter_is_space(uint32_t point)
{
	static const Range spaces[] = {
		{ 0x0000, 0x0020 }, { 0x007F, 0x00A0 }, { 0x1680, 0x1680 },
		{ 0x2000, 0x200B }, { 0x2028, 0x2029 }, { 0x202F, 0x202F },
		{ 0x205F, 0x2060 }, { 0x3000, 0x3000 },
		{ 0xFEFF, 0xFEFF }, /* the byte order mark */
	};
	return WITHIN(point, spaces);
}

bool letter_is_ideograph(uint32_t point)
{
	static const Range ideographs[] = { { 0x3005, 0x3007 }, { 0x3041, 0x30FF },
		{ 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF }, { 0xF900, 0xFAFF },
		{ 0x20000, 0x3FFFF } };
	return WITHIN(point, ideographs);
}

bool letter_is_emoji(uint32_t point)
{
	static const Range pictures[] = { { 0x2300, 0x23FF }, { 0x2600, 0x27BF },
		{ 0x2B00, 0x2BFF }, { 0x1F000, 0x1FAFF } };
	return WITHIN(point, pictures);
}
