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

static void fault_mismatch(struct parse *p, const char *open, size_t at)
{
	struct str name;
	struct diag *m;
	int n;

	at = parse_back(p, at, '<');
	raw_tag_name(p->bytes, at + 1, &name);
	n = name.n > 60 ? 60 : (int)name.n;
	m = SAY(p, at, "结束标签 </%.*s> 与开始标签 <%s> 不配对", "end tag </%.*s> does not match <%s>", n, name.p,
		open, n, name.p, open);
	m->length = (uint32_t)name.n + 2;
	m->other = open_loc(p);
}

static void fault_open(struct parse *p, const char *name, size_t at)
{
	struct diag *m = SAY(p, at, "文件在元素 <%s> 之内结束", "the file ends inside the element <%s>", name, name);

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

static void fault_other(struct parse *p, const xmlError *e, size_t at)
{
	char text[256];
	size_t n;

	snprintf(text, sizeof text, "%s", e->message ? e->message : "?");
	n = strlen(text);
	while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == ' '))
		text[--n] = 0;
	diag_add(p->d, DIAG_XML_SYNTAX, loc_at(p->src, at), text, NULL);
}

static void fault_character(struct parse *p, const xmlError *e, size_t at)
{
	unsigned cp;
	size_t i = at;

	if (at >= p->bytes.n) {
		fault_other(p, e, at);
		return;
	}
	cp = utf8_next(p->bytes, &i);
	SAY(p, at, "XML 中不允许出现字符 U+%04X", "the character U+%04X is not allowed in XML", cp, cp);
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
		if (at == 0 || !memchr(p->bytes.p + (at > 64 ? at - 64 : 0), '&', at > 64 ? 64 : at)) {
			fault_other(p, e, at);
			break;
		}
		SAY_PLAIN(p, parse_back(p, at, '&'), "单独的“&”应写作 &amp;", "a bare & must be written &amp;");
		break;
	case XML_ERR_LT_IN_ATTRIBUTE:
		SAY_PLAIN(p, at, "属性值中的“<”应写作 &lt;", "< in an attribute value must be written &lt;");
		break;
	case XML_ERR_DOCUMENT_EMPTY:
		SAY_PLAIN(p, at, "这里应有根元素的开始标签", "the start tag of the root element is missing here");
		break;
	case XML_ERR_DOCUMENT_END:
		SAY_PLAIN(p, at, "根元素之后还有内容", "there is content behind the root element");
		break;
	case XML_ERR_INVALID_CHAR:
		fault_character(p, e, at);
		break;
	default:
		fault_other(p, e, at);
	}
}

