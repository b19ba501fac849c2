/* han_break: where a line may begin. Takes clusters with their classes. Settles what the characters that
 * Chinese and Latin share (“ ” ‘ ’ — … ·) are here, gives every character its class of UAX #14 by the
 * level of prohibition (CLREQ; gbt9704.md 10.3), runs the rules, and sets `before`.
 * The start of a paragraph is exempt from all of it: there is no break before it. */
#include "base/mem.h"
#include "text/han.h"

/* A character of the paragraph; a cluster may hold several. */
struct letter {
	uint32_t cp;
	uint32_t cluster;
	bool first; /* of its cluster */
};

struct letters {
	struct letter *list;
	struct uax14 *uax;
	uint8_t *before;
	size_t n;
};

/* Nine characters of ten: ideographs with nothing else about them. */
static bool is_plain_han(uint32_t cp)
{
	return cp >= 0x4e00 && cp <= 0x9fff;
}

static enum prohibition level_of(const struct cluster *c)
{
	const struct wrap_rules *rules = han_rules(c);
	return rules ? rules->prohibition : PROHIBIT_BASIC;
}

/* ---- shared characters ---- */

static bool is_word(const struct cluster *c)
{
	return c && (c->cls == HAN_LATIN || c->cls == HAN_DIGIT);
}

static bool is_wide(const struct cluster *c)
{
	return c && c->cls != HAN_WIDE_SPACE && han_is_wide(c->cp);
}

/* A quotation mark or interpunct between prev and next (NULL at the edges) stands in Chinese text. */
static bool is_chinese(const struct cluster *c, const struct cluster *prev, const struct cluster *next)
{
	bool inside_word = is_word(prev) && is_word(next); /* don’t, 5·12 */
	if (inside_word && (c->cp == 0x2019 || c->cls == HAN_INTERPUNCT))
		return false;
	return han_is_full(c) || is_wide(prev) || is_wide(next);
}

/* Dashes or ellipses from i on that stand side by side. */
static size_t run_length(const struct shaped *s, size_t i)
{
	size_t end = i + 1;
	while (end < s->n && s->clusters[end].cls == s->clusters[i].cls)
		end++;
	return end - i;
}

/* One — is a connector (一字线), two are a dash; one … among letters is Latin. */
static void settle_run(struct shaped *s, size_t i, size_t n)
{
	struct cluster *c = &s->clusters[i];
	const struct cluster *prev = i ? c - 1 : NULL, *next = i + n < s->n ? c + n : NULL;
	if (n > 1)
		return;
	if (c->cp == 0x2014)
		c->cls = HAN_CONNECTOR;
	else if (c->cp == 0x2026 && !is_wide(prev) && !is_wide(next))
		c->cls = HAN_LATIN_MARK;
}

static void settle_shared(struct shaped *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct cluster *c = &s->clusters[i];
		bool quote = c->cp == 0x2018 || c->cp == 0x2019 || c->cp == 0x201C || c->cp == 0x201D;
		if (c->cls == HAN_DASH || c->cls == HAN_ELLIPSIS) {
			size_t n = run_length(s, i);
			settle_run(s, i, n);
			i += n - 1;
		} else if ((quote || c->cls == HAN_INTERPUNCT) &&
			   !is_chinese(c, i ? c - 1 : NULL, i + 1 < s->n ? c + 1 : NULL)) {
			c->cls = HAN_LATIN_MARK;
		}
	}
}

/* ---- classes of UAX #14 by level ---- */

static unsigned object_class(const struct cluster *c)
{
	switch (c->item->kind) {
	case INLINE_LEADER: return UAX_GL;
	case INLINE_SPREAD: return UAX_ID;
	default: return UAX_BA;
	}
}

static bool is_symbol(uint32_t cp)
{
	return (cp >= 0x2150 && cp <= 0x218F) || (cp >= 0x2460 && cp <= 0x27BF);
}

/* What a Chinese mark is to the rules; own: its class in Unicode. */
static unsigned mark_class(const struct cluster *c, unsigned own)
{
	enum prohibition level = level_of(c);
	bool free = level == PROHIBIT_NONE;
	switch (c->cls) {
	case HAN_OPEN:
		return free ? UAX_ID : UAX_OP;
	case HAN_CLOSE: case HAN_PAUSE: case HAN_STOP:
		return free ? UAX_ID : UAX_CL;
	case HAN_INTERPUNCT:
		return free ? UAX_ID : UAX_NS;
	case HAN_CONNECTOR: case HAN_SLASH: /* hyphen and / keep their class: they belong to words */
		return !han_is_wide(c->cp) && c->cp != 0x2014 ? own : free ? UAX_ID : UAX_NS;
	case HAN_DASH: case HAN_ELLIPSIS: /* B2: not between two of them; IN: not before one either */
		return level == PROHIBIT_STRICT ? UAX_IN : UAX_B2;
	case HAN_IDEOGRAPH:
		return free && own == UAX_NS ? UAX_ID : own;
	case HAN_POSTFIX:
		return UAX_PO;
	case HAN_OTHER: /* ① Ⅲ ○ set full width; arrows and operators stay with their words */
		return han_is_full(c) && is_symbol(c->cp) ? UAX_ID : own;
	case HAN_LATIN_MARK:
		return c->cp == 0xB7 || c->cp == 0x2027 ? UAX_AL : own;
	case HAN_OBJECT:
		return object_class(c);
	default:
		return own;
	}
}

static struct uax14 class_of(const struct cluster *c, struct letter l)
{
	struct uax14 u = uax14_of(l.cp);
	if (l.cp == '\t' || l.cp == '\n' || l.cp == '\r')
		u.cls = UAX_SP; /* set as a space */
	else if (l.first)
		u.cls = (uint8_t)mark_class(c, u.cls);
	if (l.first && c->cls >= HAN_OPEN && c->cls <= HAN_STOP)
		u.wide = true; /* “ ” are not by Unicode */
	return u;
}

static void read_letters(const struct shaped *s, struct letters *out)
{
	size_t cap = s->text.n + s->n + 1; /* objects may have no text */
	out->list = mem_alloc(cap * sizeof(*out->list));
	out->uax = mem_alloc(cap * sizeof(*out->uax));
	out->before = mem_alloc(cap);
	for (size_t i = 0; i < s->n; i++) {
		const struct cluster *c = &s->clusters[i];
		size_t at = c->text, end = at + c->length;
		bool first = true;
		if (is_plain_han(c->cp) && c->length == 3 && c->cls == HAN_IDEOGRAPH) {
			out->list[out->n] = (struct letter){c->cp, (uint32_t)i, true};
			out->uax[out->n++] = (struct uax14){.cls = UAX_ID, .wide = true, .letter = true};
			continue;
		}
		do {
			uint32_t cp = at < end ? utf8_next(s->text, &at) : c->cp;
			struct letter l = {cp, (uint32_t)i, first};
			out->list[out->n] = l;
			out->uax[out->n++] = class_of(c, l);
			first = false;
		} while (at < end);
	}
}

static void free_letters(struct letters *l)
{
	mem_free(l->list);
	mem_free(l->uax);
	mem_free(l->before);
}

/* ---- what differs from UAX #14 ---- */

static bool is_hyphen(uint32_t cp)
{
	return cp == '-' || cp == 0xAD || cp == 0x2010 || cp == 0x2011 || cp == 0x2013;
}

/* A hyphen of the text never ends a line, nor a point before a digit (B.1), nor a slash before letters;
 * from GB on the slash does not before a Chinese character either (GB/T 15834-2011 5.1.9). */
static bool keeps_next(const struct cluster *c, struct letter a, struct uax14 next, bool loose)
{
	if (is_hyphen(a.cp))
		return true;
	if (a.cp == '.' || a.cp == ',' || a.cp == ':')
		return next.cls == UAX_NU && !loose;
	if (a.cp != '/' && a.cp != 0xFF0F)
		return false;
	return !next.wide || level_of(c) >= PROHIBIT_GB;
}

/* Half-width , ; : ! ? ) ] } behind a Chinese character do the work of the Chinese mark. */
static bool works_as_chinese(struct letter l)
{
	return l.cp < 0x80 && l.cp && strchr(",;:!?)]}", (int)l.cp);
}

static bool follows_freely(unsigned cls)
{
	return cls == UAX_AL || cls == UAX_HL || cls == UAX_NU || cls == UAX_OP;
}

static bool is_one_of(const uint32_t *set, uint32_t cp)
{
	while (*set && *set != cp)
		set++;
	return *set;
}

/* number-unit="keep" (gbt9704.md 10.4): words of measure behind a number, and 年. Custom. */
static const uint32_t multiples[] = U"十百千万亿余多";
static const uint32_t units[] = U"年月日号时点分秒周天岁代届期个名位人家户次项件份条款章节页行册本卷篇种类级层间所座处台辆套"
				U"部只头株棵支元角米里亩吨克斤升度倍瓦伏安帕成折场起例批轮组队班公平立毫厘";

struct state {
	bool loose;  /* the last character works as a Chinese mark */
	bool number; /* the last character belongs to a number */
};

static void adjust(const struct shaped *s, struct letters *l, size_t i, struct state *now)
{
	struct letter a = l->list[i - 1], b = l->list[i];
	const struct cluster *left = &s->clusters[a.cluster], *right = &s->clusters[b.cluster];
	if (is_plain_han(a.cp) && !now->number) { /* nothing below is about such a pair */
		now->loose = false;
		return;
	}
	const struct wrap_rules *rules = han_rules(right);
	now->loose = works_as_chinese(a) && (now->loose || (i > 1 && l->uax[i - 2].wide));
	now->number = left->cls == HAN_DIGIT || (now->number && is_one_of(multiples, a.cp));
	bool unit = now->number && (is_one_of(units, b.cp) || is_one_of(multiples, b.cp));
	if (l->before[i] == BREAK_MAY &&
	    (keeps_next(left, a, l->uax[i], now->loose) || (unit && rules && rules->number_unit_keep)))
		l->before[i] = BREAK_NO;
	else if (l->before[i] == BREAK_NO && now->loose && follows_freely(l->uax[i].cls))
		l->before[i] = BREAK_MAY;
}

void han_mark_breaks(struct shaped *s)
{
	struct letters l = {.n = 0};
	struct state now = {false, false};
	settle_shared(s);
	read_letters(s, &l);
	uax14_breaks(l.uax, l.n, l.before);
	for (size_t i = 1; i < l.n; i++) {
		adjust(s, &l, i, &now);
		struct cluster *c = &s->clusters[l.list[i].cluster];
		if (l.list[i].first && c->before != BREAK_MUST)
			c->before = c[-1].item && c[-1].item->kind == INLINE_BR ? BREAK_MUST : l.before[i];
	}
	free_letters(&l);
}
