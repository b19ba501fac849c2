/* words: what libxml2 and libxslt say, in the words of this program and both languages.
 * Takes: an error code of XPath, or a sentence of libxslt. Gives: DIAG_TWO texts. */
#include "xml/sheet.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

const char *xpath_words(int code)
{
	switch (code - XML_XPATH_EXPRESSION_OK) {
	case XPATH_NUMBER_ERROR: return DIAG_TWO("数字写法不对", "bad number");
	case XPATH_UNFINISHED_LITERAL_ERROR: return DIAG_TWO("引号没有闭合", "a quote is not closed");
	case XPATH_START_LITERAL_ERROR: return DIAG_TWO("这里应有引号", "a quote is expected here");
	case XPATH_VARIABLE_REF_ERROR: return DIAG_TWO("$ 之后应有变量名", "the name of a variable is expected after $");
	case XPATH_UNDEF_VARIABLE_ERROR: return DIAG_TWO("没有这个变量", "no such variable");
	case XPATH_INVALID_PREDICATE_ERROR: return DIAG_TWO("这里应有 ]", "] is expected here");
	case XPATH_EXPR_ERROR: return DIAG_TWO("表达式写法不对", "bad expression");
	case XPATH_UNCLOSED_ERROR: return DIAG_TWO("括号没有闭合", "a bracket is not closed");
	case XPATH_UNKNOWN_FUNC_ERROR: return DIAG_TWO("没有这个函数", "no such function");
	case XPATH_INVALID_OPERAND: return DIAG_TWO("操作数不对", "bad operand");
	case XPATH_INVALID_TYPE: return DIAG_TWO("值的类型不对", "a value of the wrong type");
	case XPATH_INVALID_ARITY: return DIAG_TWO("函数的参数个数不对", "wrong number of arguments");
	case XPATH_UNDEF_PREFIX_ERROR: return DIAG_TWO("命名空间前缀没有声明", "undeclared namespace prefix");
	case XPATH_INVALID_CHAR_ERROR: return DIAG_TWO("不允许的字符", "a character that is not allowed");
	case XPATH_RECURSION_LIMIT_EXCEEDED: return DIAG_TWO("表达式嵌套过深", "the expression is nested too deeply");
	default: return DIAG_TWO("表达式有误", "the expression is wrong");
	}
}

/* A sentence of libxslt: what stands before and behind the name in it. */
struct phrase {
	const char *before, *behind, *text; /* text: DIAG_TWO, each half with one %.*s when there is a name */
};

static const struct phrase phrases[] = {
	{"Variable '", "' has not been declared", DIAG_TWO("没有变量 $%.*s", "there is no variable $%.*s")},
	{"The called template '", "' was not found",
	 DIAG_TWO("没有名为 %.*s 的模板", "there is no template named %.*s")},
	{"Recursive definition of ", "\n", DIAG_TWO("变量 $%.*s 的定义用到了它自己", "the variable $%.*s is defined by itself")},
	{"failed to compile '", "'", DIAG_TWO("match 写法不对：%.*s", "bad pattern: %.*s")},
	{"use-attribute-sets recursion detected on ", "\n",
	 DIAG_TWO("属性集 %.*s 引用了自己", "the attribute set %.*s uses itself")},
	{"error duplicate name '", "'", DIAG_TWO("有两个名为 %.*s 的模板", "there are two templates named %.*s")},
	{"redefinition of global variable ", "\n", DIAG_TWO("变量 $%.*s 定义了两次", "the variable $%.*s is defined twice")},
	{"Cannot add attributes to an element if children", NULL,
	 DIAG_TWO("属性必须写在内容之前", "an attribute must be made before any content")},
	{"does not evaluate to a node set", NULL,
	 DIAG_TWO("select 应选出节点", "the expression must select nodes")},
};

const char *xslt_words(struct arena *a, const char *text)
{
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
		const struct phrase *p = &phrases[i];
		const char *at = strstr(text, p->before), *end;
		int n;

		if (!at)
			continue;
		if (!p->behind)
			return p->text;
		at += strlen(p->before);
		end = strstr(at, p->behind);
		n = (int)(end ? (size_t)(end - at) : strlen(at));
		while (n > 0 && at[n - 1] == '.')
			n--;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		return arena_printf(a, p->text, n, at, n, at);
#pragma GCC diagnostic pop
	}
	return text;
}
