/* str: see str.h. UTF-8 is decoded strictly (RFC 3629): no overlong forms, no surrogates, nothing
 * beyond U+10FFFF; whatever is wrong costs one byte and yields U+FFFD. */
#include "base/str.h"

#include "base/mem.h"

static const uint32_t replacement = 0xFFFD;

struct str str_of(const char *c_string)
{
	return c_string ? (struct str){c_string, strlen(c_string)} : (struct str){"", 0};
}

bool str_is(struct str a, const char *c_string)
{
	size_t i = 0;

	/* Most comparisons end with the first byte. */
	while (c_string && i < a.n && c_string[i] && a.p[i] == c_string[i])
		i++;
	return i == a.n && (!c_string || !c_string[i]);
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, s.n), suffix);
}

size_t str_find(struct str s, struct str needle)
{
	if (needle.n == 0)
		return 0;
	if (needle.n > s.n)
		return SIZE_MAX;
	const char *hit = NULL;
	/* Not all of a long text at once: under a sanitizer that is a look at every byte of it, for each of a million comments. */
	for (size_t n = 0, near = 1024; !hit && n < s.n; near *= 2) {
		n = near < s.n ? near : s.n;
		hit = memmem(s.p, n, needle.p, needle.n);
	}
	return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	size_t from = 0, to = s.n;
	while (from < to && is_blank(s.p[from]))
		from++;
	while (to > from && is_blank(s.p[to - 1]))
		to--;
	return str_sub(s, from, to);
}

uint64_t str_hash(struct str s)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (size_t i = 0; i < s.n; i++) {
		h ^= (unsigned char)s.p[i];
		h *= 0x100000001b3u;
	}
	return h;
}

/* The compiler makes one load of it. */
static uint64_t little_endian(const char *bytes)
{
	const unsigned char *p = (const unsigned char *)bytes;
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
	       (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

/* Each step is a bijection of what came before, so two texts that differ in one place never meet. */
static uint64_t mix(uint64_t h)
{
	h *= 0x9e3779b97f4a7c15u;
	return h ^ h >> 32;
}

uint64_t str_digest(struct str s)
{
	uint64_t h = s.n;
	size_t i = 0;
	for (; s.n - i >= 8; i += 8)
		h = mix(h ^ little_endian(s.p + i));
	for (; i < s.n; i++)
		h = mix(h ^ (unsigned char)s.p[i]);
	return mix(h);
}

/* Length of the well-formed sequence at p (n > 0 bytes left) and its code point; 0 when bad. */
static size_t decode(const unsigned char *p, size_t n, uint32_t *cp)
{
	static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
	size_t len;
	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	if (p[0] >= 0xC2 && p[0] <= 0xDF)
		len = 2, *cp = p[0] & 0x1Fu;
	else if (p[0] >= 0xE0 && p[0] <= 0xEF)
		len = 3, *cp = p[0] & 0x0Fu;
	else if (p[0] >= 0xF0 && p[0] <= 0xF4)
		len = 4, *cp = p[0] & 0x07u;
	else
		return 0;
	if (n < len)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		*cp = *cp << 6 | (p[i] & 0x3Fu);
	}
	bool surrogate = *cp >= 0xD800 && *cp <= 0xDFFF;
	return *cp >= least[len] && *cp <= 0x10FFFF && !surrogate ? len : 0;
}

uint32_t utf8_next_rare(struct str s, size_t *at)
{
	uint32_t cp;
	size_t len = decode((const unsigned char *)s.p + *at, s.n - *at, &cp);
	*at += len ? len : 1;
	return len ? cp : replacement;
}

uint32_t utf8_prev(struct str s, size_t *at)
{
	size_t end = *at;
	for (size_t back = 1; back <= 4 && back <= end; back++) {
		uint32_t cp;
		const unsigned char *p = (const unsigned char *)s.p + end - back;
		if ((*p & 0xC0) == 0x80)
			continue;
		if (decode(p, back, &cp) != back)
			break;
		*at = end - back;
		return cp;
	}
	*at = end - 1;
	return replacement;
}

int utf8_put(uint32_t cp, char out[4])
{
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = replacement;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	int n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	static const unsigned char lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
	for (int i = n - 1; i > 0; i--, cp >>= 6)
		out[i] = (char)(0x80 | (cp & 0x3F));
	out[0] = (char)(lead[n] | cp);
	return n;
}

size_t utf8_count(struct str s)
{
	size_t n = 0;
	for (size_t at = 0; at < s.n; n++)
		utf8_next(s, &at);
	return n;
}

size_t utf8_bad(struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t cp;
		size_t len = (unsigned char)s.p[at] < 0x80 ? 1 : decode((const unsigned char *)s.p + at, s.n - at, &cp);
		if (len == 0)
			return at;
		at += len;
	}
	return SIZE_MAX;
}

static int least_of(int a, int b, int c)
{
	int ab = a < b ? a : b;
	return ab < c ? ab : c;
}

static size_t code_points(struct str s, uint32_t *out)
{
	size_t n = 0;
	for (size_t at = 0; at < s.n;)
		out[n++] = utf8_next(s, &at);
	return n;
}

/* Rows of the Damerau-Levenshtein table (neighbours may be swapped once): row[0] is being filled,
 * row[1] and row[2] are the two before it. */
static int distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb, int limit, int *rows)
{
	int *row[3] = {rows, rows + nb + 1, rows + 2 * (nb + 1)};
	for (size_t j = 0; j <= nb; j++)
		row[0][j] = (int)j;
	for (size_t i = 1; i <= na; i++) {
		int *oldest = row[2];
		row[2] = row[1], row[1] = row[0], row[0] = oldest;
		int best = row[0][0] = (int)i;
		for (size_t j = 1; j <= nb; j++) {
			int change = a[i - 1] != b[j - 1];
			int d = least_of(row[1][j] + 1, row[0][j - 1] + 1, row[1][j - 1] + change);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && row[2][j - 2] + 1 < d)
				d = row[2][j - 2] + 1;
			row[0][j] = d;
			best = d < best ? d : best;
		}
		if (best > limit) /* and a swap cannot undercut it: the row before is at most one less */
			return limit + 1;
	}
	return row[0][nb] > limit ? limit + 1 : row[0][nb];
}

int str_distance(struct str a, struct str b, int limit)
{
	size_t na = utf8_count(a), nb = utf8_count(b);
	size_t gap = na > nb ? na - nb : nb - na;
	if (limit < 0 || gap > (size_t)limit)
		return limit + 1;
	uint32_t *points = mem_alloc((na + nb) * sizeof *points);
	int *rows = mem_zero(3 * (nb + 1), sizeof *rows);
	code_points(a, points);
	code_points(b, points + na);
	int d = distance(points, na, points + na, nb, limit, rows);
	mem_free(points);
	mem_free(rows);
	return d;
}
