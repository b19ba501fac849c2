/* fault: an author's words and the exact place for the first fault libxml2 found.
 * Takes: its error and where the parser stands. Gives: one message, with the open element as a
 * second place where that helps. */
#include "xml/parse.h"

/* The element that is open, as a second place. */
static struct loc open_loc(const struct parse *p)
{
	if (!p->ctxt->node || !p->ctxt->node->_private)
		return (struct loc){0, 0};
	return loc_at(p->src, ptr_off(p->ctxt->node->_private));
}

#define SAY(p, at, zh, en, ...) \
	diag_add((p)->d, DIAG_XML_SYNTAX, loc_at((p)->src, (at)), \
		 arena_printf((p)->d->arena, DIAG_TWO(zh, en), __VA_ARGS__), NULL)
#define SAY_PLAIN(p, at, zh, en) \
	diag_add((p)->d, DIAG_XML_SYNTAX, loc_at((p)->src, (at)), DIAG_TWO(zh, en), NULL)

/* ---- full-width signs ---- */

/* What a Chinese input method types where XML wants a sign of ASCII. */
static const struct wide {
	uint32_t cp;
	char c;
} wide_signs[] = {{0xFF1C, '<'}, {0xFF1E, '>'}, {0xFF1D, '='}, {0x201C, '"'}, {0x201D, '"'}, {0xFF02, '"'},
                  {0x2018, '\''}, {0x2019, '\''}, {0xFF0F, '/'}, {0x3000, ' '}};

static const struct wide *wide_at(struct str s, size_t at)
{
	uint32_t cp = utf8_next(s, &at);

	for (size_t i = 0; i < sizeof wide_signs / sizeof *wide_signs; i++)
		if (wide_signs[i].cp == cp)
			return &wide_signs[i];
	return NULL;
}

/* The tag ends with a full-width sign too. */
static bool closes_wide(struct str s, size_t at)
{
	utf8_next(s, &at);
	while (at < s.n && !strchr("<>\n", s.p[at])) {
		const struct wide *w = wide_at(s, at);
		if (w && (w->c == '<' || w->c == '>'))
			return w->c == '>';
		utf8_next(s, &at);
	}
	return false;
}

static void say_wide(struct parse *p, size_t at, const struct wide *w)
{
	char sign[8] = {0}, ascii[2] = {w->c, 0};
	struct diag *m;

	utf8_put(w->cp, sign);
	if (w->cp == 0xFF1C && closes_wide(p->bytes, at))
		m = SAY_PLAIN(p, at, "标签两端全角的“＜”“＞”应改为半角的 < >", "the full-width ＜ and ＞ of a tag must be the ASCII < and >");
	else if (w->c == ' ')
		m = SAY_PLAIN(p, at, "标签里不能有全角空格，应改为半角空格", "a full-width blank in a tag must be a plain one");
	else
		m = SAY(p, at, "标签里全角的“%s”应改为半角的 %s", "the full-width %s in a tag must be the ASCII %s", sign, ascii, sign, ascii);
	m->length = (uint32_t)strlen(sign);
}

/* A full-width sign of the tag that begins at tag, outside of its values, near or before at. True when it was said. */
static bool fault_wide(struct parse *p, size_t tag, size_t at)
{
	char quote = 0;

	for (size_t i = tag; i < p->bytes.n && i < at + 4; utf8_next(p->bytes, &i)) {
		char c = p->bytes.p[i];
		const struct wide *w = quote ? NULL : wide_at(p->bytes, i);
		if (w) {
			say_wide(p, i, w);
			return true;
		}
		if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? 0 : c;
		else if (!quote && c == '>' && i > tag)
			return false;
	}
	return false;
}

/* A tag in the text between the open element and at that begins with a full-width bracket. */
static bool fault_wide_tag(struct parse *p, size_t from, size_t at)
{
	static const char bracket[] = "\xEF\xBC\x9C"; /* U+FF1C */

	for (size_t i = from; i + 3 < at; i++) {
		char next = p->bytes.p[i + 3];
		if (memcmp(p->bytes.p + i, bracket, 3) || !(next == '/' || ((next | 32) >= 'a' && (next | 32) <= 'z')))
			continue;
		say_wide(p, i, &wide_signs[0]);
		return true;
	}
	return false;
}

/* ---- one fault each ---- */

static void fault_mismatch(struct parse *p, const char *open, size_t at)
{
	struct str name;
	struct diag *m;
	int n;

	at = parse_back(p, at, '<');
	if (open_loc(p).source && fault_wide_tag(p, open_loc(p).off, at))
		return;
	raw_tag_name(p->bytes, at + 1, &name);
	n = name.n > 60 ? 60 : (int)name.n;
	m = SAY(p, at, "结束标签 </%.*s> 与开始标签 <%s> 不配对，这里应为 </%s>", "end tag </%.*s> does not match <%s>: </%s> is expected here",
		n, name.p, open, open, n, name.p, open, open);
	m->length = (uint32_t)name.n + 2;
	m->other = open_loc(p);
}

static void fault_open(struct parse *p, const char *name, size_t at)
{
	struct diag *m = SAY(p, at, "文件在元素 <%s> 之内结束，缺少 </%s>", "the file ends inside the element <%s>: there is no </%s>", name, name,
			     name, name);

	m->other = open_loc(p);
}

/* The place of an attribute (its last occurrence), or of the element when attr is NULL. */
static size_t attr_off(const struct parse *p, size_t tag, struct str attr)
{
	struct raw_attr raw;
	size_t at = raw_tag_name(p->bytes, tag, NULL), found = tag;

	while (attr.n && raw_attr_next(p->bytes, &at, &raw))
		if (str_eq(raw.name, attr))
			found = raw.at;
	return found;
}

static struct str prefixed(char *buf, size_t n, const char *prefix, const char *name)
{
	int length = prefix ? snprintf(buf, n, "%s:%s", prefix, name) : snprintf(buf, n, "%s", name);

	return (struct str){buf, length < (int)n ? (size_t)length : n - 1};
}

static void fault_prefix(struct parse *p, const xmlError *e, size_t at)
{
	char buf[256];
	const char *prefix = e->str1 ? e->str1 : "";
	size_t tag = parse_back(p, at, '<');
	struct str name = {"", 0};

	/* str3 is there for attributes only: prefix, attribute, element. */
	if (e->str3 && e->str2)
		name = prefixed(buf, sizeof buf, e->str1, e->str2);
	at = attr_off(p, tag, name);
	SAY(p, at, "命名空间前缀“%s”没有声明", "the namespace prefix \"%s\" is not declared", prefix, prefix);
}

static void fault_entity(struct parse *p, const xmlError *e, size_t at)
{
	size_t from = parse_back(p, at, '&');
	const char *name = e->str1 ? e->str1 : "";
	struct diag *m;

	m = SAY(p, from, "实体 &%s; 没有定义（只有 &lt; &gt; &amp; &quot; &apos;）",
		"unknown entity &%s; (there are only &lt; &gt; &amp; &quot; &apos;)", name, name);
	m->length = (uint32_t)(at > from ? at - from : 1);
}

/* The last attribute of the tag that begins before at. */
static struct raw_attr last_attr(const struct parse *p, size_t tag, size_t at)
{
	struct raw_attr raw, last = {.at = at};
	size_t i = raw_tag_name(p->bytes, tag, NULL);

	while (i < at && raw_attr_next(p->bytes, &i, &raw) && raw.at < at)
		last = raw;
	return last;
}

/* A value that is not closed swallows what follows it, up to the next tag. */
static void fault_value(struct parse *p, size_t at)
{
	size_t tag = parse_back(p, at, '<');
	struct raw_attr attr = last_attr(p, tag, at);

	if (fault_wide(p, tag, at))
		return;
	if (attr.name.n && memchr(p->bytes.p + attr.at, '>', at - attr.at))
		SAY(p, attr.at, "属性 %.*s 的值缺少收尾的引号", "the value of %.*s lacks its closing quotation mark", STR_ARG(attr.name),
		    STR_ARG(attr.name))->length = (uint32_t)attr.name.n;
	else
		SAY_PLAIN(p, at, "属性值中的“<”应写作 &lt;", "< in an attribute value must be written &lt;");
}

static void fault_attribute(struct parse *p, const char *name, size_t at)
{
	size_t tag = parse_back(p, at, '<');

	if (fault_wide(p, tag, at))
		return;
	struct raw_attr raw = {.at = tag};
	for (at = raw_tag_name(p->bytes, tag, NULL); raw_attr_next(p->bytes, &at, &raw);)
		; /* up to the one without a value */
	at = raw.at;
	SAY(p, at, "属性 %s 没有值，应写作 %s=\"…\"", "the attribute %s has no value: %s=\"…\"", name, name, name, name)->length =
		(uint32_t)strlen(name);
}

/* What else can happen, in both languages. back: the sign that begins what is meant, 0: where the parser stands. */
static const struct {
	int code;
	char back;
	const char *says;
} others[] = {
	{XML_ERR_RESERVED_XML_NAME, '<', DIAG_TWO("<?xml …?> 只能在文件的最前面，之前不能有空行或文字", "<?xml …?> must be the very first thing in the file, without a blank line before it")},
	{XML_ERR_ATTRIBUTE_NOT_STARTED, 0, DIAG_TWO("属性值要放在半角引号里，如 number=\"1.\"", "a value stands between quotation marks, as number=\"1.\"")},
	{XML_ERR_SPACE_REQUIRED, 0, DIAG_TWO("这里缺少空格：属性之间、属性与元素名之间要有空格", "a blank is missing here, between attributes or behind the name")},
	{XML_ERR_GT_REQUIRED, 0, DIAG_TWO("标签没有以 > 结束", "the tag does not end in >")},
	{XML_ERR_LTSLASH_REQUIRED, 0, DIAG_TWO("这里应为结束标签", "an end tag is expected here")},
	{XML_ERR_COMMENT_NOT_FINISHED, 0, DIAG_TWO("注释没有以 --> 结束", "the comment does not end in -->")},
	{XML_ERR_HYPHEN_IN_COMMENT, 0, DIAG_TWO("注释中不能有 --", "a comment cannot hold --")},
	{XML_ERR_CDATA_NOT_FINISHED, 0, DIAG_TWO("CDATA 没有以 ]]> 结束", "the CDATA section does not end in ]]>")},
	{XML_ERR_MISPLACED_CDATA_END, 0, DIAG_TWO("文字中的“]]>”应写作 ]]&gt;", "]]> in text must be written ]]&gt;")},
	{XML_ERR_PI_NOT_STARTED, '<', DIAG_TWO("<? 之后应为名称", "a name is expected behind <?")},
	{XML_ERR_PI_NOT_FINISHED, 0, DIAG_TWO("处理指令没有以 ?> 结束", "the processing instruction does not end in ?>")},
	{XML_ERR_XMLDECL_NOT_FINISHED, 0, DIAG_TWO("<?xml 声明没有以 ?> 结束", "the declaration <?xml does not end in ?>")},
	{XML_ERR_VERSION_MISSING, 0, DIAG_TWO("<?xml 声明缺少 version=\"1.0\"", "the declaration <?xml lacks version=\"1.0\"")},
	{XML_ERR_UNKNOWN_VERSION, 0, DIAG_TWO("<?xml 声明的 version 应为 1.0", "the version of <?xml must be 1.0")},
	{XML_ERR_STANDALONE_VALUE, 0, DIAG_TWO("<?xml 声明的 standalone 应为 yes 或 no", "standalone of <?xml must be yes or no")},
	{XML_ERR_INVALID_CHARREF, '&', DIAG_TWO("字符引用有误，应如 &#x4E00;", "a bad character reference; it is written as &#x4E00;")},
	{XML_ERR_INVALID_HEX_CHARREF, '&', DIAG_TWO("字符引用有误，应如 &#x4E00;", "a bad character reference; it is written as &#x4E00;")},
	{XML_ERR_INVALID_DEC_CHARREF, '&', DIAG_TWO("字符引用有误，应如 &#19968;", "a bad character reference; it is written as &#19968;")},
	{XML_NS_ERR_QNAME, '<', DIAG_TWO("名称里只能有一个冒号，且不能在两端", "a name holds one colon at most, and not at its ends")},
	{XML_NS_ERR_XML_NAMESPACE, '<', DIAG_TWO("前缀 xml、xmlns 不能另作他用", "the prefixes xml and xmlns cannot be declared anew")},
};

static bool fault_listed(struct parse *p, int code, size_t at)
{
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (others[i].code == code) {
			size_t place = others[i].back ? parse_back(p, at, others[i].back) : at;
			diag_add(p->d, DIAG_XML_SYNTAX, loc_at(p->src, place), others[i].says, NULL);
			return true;
		}
	return false;
}

static bool in_tag(const struct parse *p, size_t at)
{
	size_t open = parse_back(p, at, '<');

	return at > open && p->bytes.p[open] == '<' && !memchr(p->bytes.p + open, '>', at - open);
}

/* libxml2's own words, for what nobody has met yet. */
static void fault_other(struct parse *p, const xmlError *e, size_t at)
{
	char text[256];
	size_t n;

	if ((in_tag(p, at) && fault_wide(p, parse_back(p, at, '<'), at)) || fault_listed(p, e->code, at))
		return;
	snprintf(text, sizeof text, "%s", e->message ? e->message : "?");
	n = strlen(text);
	while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == ' '))
		text[--n] = 0;
	diag_add(p->d, DIAG_XML_SYNTAX, loc_at(p->src, at), text, NULL);
}

static bool is_blank_or_digit(const struct parse *p, size_t at)
{
	return at >= p->bytes.n || strchr(" \t\r\n0123456789<", p->bytes.p[at]);
}

/* A name is missing behind & or <. */
static void fault_name(struct parse *p, const xmlError *e, size_t at)
{
	size_t amp = parse_back(p, at, '&'), open = parse_back(p, at, '<');
	bool is_amp = at > amp && p->bytes.p[amp] == '&' && at - amp <= 64 && amp > open;

	if (is_amp)
		SAY_PLAIN(p, amp, "单独的“&”应写作 &amp;", "a bare & must be written &amp;");
	else if (at - open <= 2 && (is_blank_or_digit(p, open + 1) || !fault_wide(p, open, at)))
		SAY_PLAIN(p, open, "“<”之后应为元素名；文字里的“<”应写作 &lt;", "an element's name is expected behind <; in text < must be written &lt;");
	else
		fault_other(p, e, at);
}

/* at stands in or behind &#…; however many digits that has. */
static bool is_reference(const struct parse *p, size_t at)
{
	size_t i = parse_back(p, at, '&');

	if (!str_starts(str_sub(p->bytes, i, p->bytes.n), STR("&#")))
		return false;
	for (i += 2; i < at && memchr("0123456789abcdefABCDEFxX", p->bytes.p[i], 24); i++)
		;
	return i >= at || (p->bytes.p[i] == ';' && i + 1 >= at);
}

static void fault_character(struct parse *p, const xmlError *e, size_t at)
{
	unsigned cp;
	size_t i = at;

	if (is_reference(p, at) && fault_listed(p, XML_ERR_INVALID_CHARREF, at))
		return;
	if (at >= p->bytes.n) {
		fault_other(p, e, at);
		return;
	}
	cp = utf8_next(p->bytes, &i);
	SAY(p, at, "XML 中不允许出现字符 U+%04X，请删去", "the character U+%04X is not allowed in XML; take it out", cp, cp);
}

static void fault_twice(struct parse *p, const xmlError *e, size_t at)
{
	char buf[256];
	struct str name = prefixed(buf, sizeof buf, e->str2 ? e->str2 : NULL, e->str1 ? e->str1 : "");

	at = attr_off(p, parse_back(p, at, '<'), name);
	SAY(p, at, "属性 %s 重复出现", "the attribute %s stands twice", buf, buf);
}

void parse_fault(struct parse *p, const xmlError *e)
{
	size_t at = parse_off(p);
	const char *first = e->str1 ? e->str1 : "";

	switch (e->code) {
	case XML_ERR_TAG_NAME_MISMATCH:
		fault_mismatch(p, first, at);
		break;
	case XML_ERR_TAG_NOT_FINISHED:
		fault_open(p, first, at);
		break;
	case XML_NS_ERR_UNDEFINED_NAMESPACE:
		fault_prefix(p, e, at);
		break;
	case XML_ERR_ATTRIBUTE_REDEFINED:
	case XML_NS_ERR_ATTRIBUTE_REDEFINED:
		fault_twice(p, e, at);
		break;
	case XML_ERR_UNDECLARED_ENTITY:
		fault_entity(p, e, at);
		break;
	case XML_ERR_NAME_REQUIRED:
	case XML_ERR_ENTITYREF_SEMICOL_MISSING:
		fault_name(p, e, at);
		break;
	case XML_ERR_LT_IN_ATTRIBUTE:
	case XML_ERR_ATTRIBUTE_NOT_FINISHED:
		fault_value(p, at);
		break;
	case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
		fault_attribute(p, first, at);
		break;
	case XML_ERR_DOCUMENT_EMPTY:
		SAY_PLAIN(p, at, "这里应有根元素的开始标签", "the start tag of the root element is missing here");
		break;
	case XML_ERR_DOCUMENT_END:
		SAY_PLAIN(p, at, "根元素已经结束，之后不能再有内容", "there is content behind the end of the root element");
		break;
	case XML_ERR_INVALID_CHAR:
		fault_character(p, e, at);
		break;
	default:
		fault_other(p, e, at);
	}
}

