"""Records with one thing wrong, made systematically out of good ones; grammars of every pattern with their records.

Takes: records; nothing for the grammars.  Gives: texts, the same ones on every run.  walker.py asks libxml2, the walker
and jing about each."""
import copy
import itertools
import random
import xml.etree.ElementTree as ET

VALUES = ["", " ", "x", "0", "1", " 1 ", "01", "-1", "1.5", "2031", "31", "2031-05", "2031-13", "2031-02-30", "2031-02-28",
          "2031-05-27Z", "0000-01-01", "zh-Hans", " zh-Hans", "a b", "a:b", "_a", "甲", "甲 ", "甲\u3000", " 甲", "甲  ",
          "甲\n乙", "lead", "send", "index", "slogan", "given"]
NAMES = ["nix", "p", "item", "unit", "date"]


def sites(root):
    """(number of the parent, index of the child), once for each kind of place."""
    number = {id(e): n for n, e in enumerate(root.iter())}
    seen = set()

    def below(parent, above):
        for i, e in enumerate(parent):
            kind = above, parent.tag, e.tag, tuple(sorted(e.attrib)), min(i, 2), i + 1 == len(parent)
            if kind not in seen:
                seen.add(kind)
                yield number[id(parent)], i
            yield from below(e, parent.tag)
    return list(below(root, ""))


def delete(p, i):
    p.remove(p[i])


def double(p, i):
    p.insert(i, copy.deepcopy(p[i]))


def swap(p, i):
    e = p[i]
    p.remove(e)
    p.insert(i + 1, e)


def last(p, i):
    e = p[i]
    p.remove(e)
    p.append(e)


def first(p, i):
    e = p[i]
    p.remove(e)
    p.insert(0, e)


def unwrap(p, i):
    e = p[i]
    p.remove(e)
    for c in reversed(list(e)):
        p.insert(i, c)


def wrap(p, i):
    e, around = p[i], ET.Element("section")
    p.remove(e)
    around.append(e)
    p.insert(i, around)


def hollow(p, i):
    p[i].text = None
    for c in list(p[i]):
        p[i].remove(c)


def head_text(p, i):
    p[i].text = "甲" + (p[i].text or "")


def tail_text(p, i):
    p[i].tail = "甲"


def colour(p, i):
    p[i].set("colour", "red")


def label_and_number(p, i):
    p[i].set("label", "甲：")
    p[i].set("number", "一、")


def rename(name):
    def change(p, i):
        p[i].tag = name(p[i].tag)
    return change


def unset(key):
    def change(p, i):
        del p[i].attrib[key]
    return change


def misname(key):
    def change(p, i):
        p[i].set(key + "x", p[i].attrib.pop(key))
    return change


def value(key, text):
    def change(p, i):
        p[i].set(key, text)
    return change


CHANGES = [delete, double, swap, last, first, unwrap, wrap, hollow, head_text, tail_text, colour, label_and_number,
           rename(lambda tag: tag + "x"), rename(lambda tag: "{urn:x}" + tag), *(rename(lambda _, n=n: n) for n in NAMES)]


def of_attributes(e):
    for key in list(e.attrib):
        yield unset(key)
        yield misname(key)
        yield from (value(key, text) for text in VALUES)


def of_record(path, step=1):
    """Every mutation of a record, or each step-th, as bytes."""
    source = ET.ElementTree(file=path).getroot()
    around = ET.Element("around")
    around.append(source)
    nodes = list(around.iter())
    jobs = [(parent, i, change) for parent, i in [(0, 0)] + [(n + 1, i) for n, i in sites(source)]
            for change in itertools.chain(CHANGES if parent else [], of_attributes(nodes[parent][i]))]
    for parent, i, change in jobs[::step]:
        copied = copy.deepcopy(around)
        change(list(copied.iter())[parent], i)
        yield ET.tostring(copied[0], encoding="utf-8")


# ---- grammars of every pattern ----

A, B, C = '<ref name="a"/>', '<ref name="b"/>', '<ref name="c"/>'
HEAD = ('xmlns="http://relaxng.org/ns/structure/1.0" '
        'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"')
INCLUDED = f'''<grammar {HEAD}>
 <start><ref name="never"/></start>
 <define name="never"><element name="never"><empty/></element></define>
 <div><define name="swapped"><notAllowed/></define></div>
 <define name="either" combine="choice"><ref name="a"/></define>
 <define name="any-order" combine="interleave"><ref name="a"/></define>
 <define name="a"><element name="a"><empty/></element></define>
</grammar>
'''


def tag(name):
    return lambda *parts: f"<{name}>{''.join(parts)}</{name}>"


optional, star, plus, choice, group, interleave, mixed, many = map(
    tag, ("optional", "zeroOrMore", "oneOrMore", "choice", "group", "interleave", "mixed", "list"))


def element(name, *parts):
    return f'<element name="{name}">{"".join(parts) or "<empty/>"}</element>'


def attribute(name, *parts):
    return f'<attribute name="{name}">{"".join(parts)}</attribute>'


def data(name, *params):
    return f'<data type="{name}">{"".join(params)}</data>'


def param(name, text):
    return f'<param name="{name}">{text}</param>'


def of_type(name, text):
    return f'<value type="{name}">{text}</value>'


def words(*texts):
    return list(texts), 1, [""]


def children(alphabet, most=3):
    return alphabet, most, [""]


def attributes(*texts, alphabet=(), most=0):
    return list(alphabet), most, list(texts)


def subsets(keys, most):
    return [" ".join(f'{k}="1"' for k in some) for n in range(most + 1) for some in itertools.combinations(keys, n)]


ABC = ["<a/>", "<b/>", "<c/>"]
NESTED = ["<a/>", "<a><b/></a>", "<a><a/></a>", "<a><a><b/></a></a>", "<a><a><c/></a></a>"]
INTEGERS = words("0", "1", "-1", "007", "256", " 1 ", "1 2", "", "1.0")
PATTERNS = [
    (A + optional(B) + star(C), children(ABC + ["t"])),
    (interleave(A, star(B), optional(C)), children(ABC + ["t", " "])),
    (mixed(star(A), B), children(ABC + ["t", " "])),
    (choice(group(A, B), group(B, A), C), children(ABC)),
    (plus(A, optional(B)), children(ABC, 4)),
    (plus(choice(A, group(A, B), group(A, A, C))), children(ABC, 5)),
    (plus(interleave(A, B)), children(ABC, 4)),
    (star(choice(A, B)) + A + choice(A, B), children(ABC, 4)),
    (choice(group(element("a", B), C), group(element("a", C), B)), children(["<a><b/></a>", "<a><c/></a>", *ABC])),
    (star(choice(element("a", optional('<ref name="deep"/>')), element("a", B))), children(NESTED, 2)),
    (star('<element><anyName><except><name>a</name><nsName ns="urn:n"/></except></anyName><empty/></element>'),
     children(["<a/>", "<b/>", '<b xmlns="urn:n"/>', '<a xmlns="urn:o"/>'], 2)),
    (star('<element><nsName ns="urn:n"><except><name ns="urn:n">a</name></except></nsName><empty/></element>'),
     children(["<a/>", '<a xmlns="urn:n"/>', '<b xmlns="urn:n"/>'], 2)),
    ('<element ns="urn:p"><choice><name>a</name><name ns="">b</name></choice><empty/></element>',
     children(["<a/>", "<b/>", '<a xmlns="urn:p"/>', '<b xmlns="urn:p"/>'], 2)),
    ('<element xmlns:o="urn:o" name="o:a"><attribute name="o:k"/></element>',
     children(["<a/>", '<a xmlns="urn:o" k=""/>', '<o:a xmlns:o="urn:o" o:k=""/>'], 2)),
    (attribute("x") + optional(choice(attribute("y"), attribute("z"))) + optional(A),
     attributes(*subsets("xyzw", 3), alphabet=["<a/>", "t"], most=1)),
    (optional(group(attribute("x"), attribute("y"), A)) + optional(attribute("z")),
     attributes(*subsets("xyz", 3), alphabet=["<a/>"], most=1)),
    (choice(attribute("x"), element("x", "<text/>")) + choice(group(attribute("y"), A), B),
     attributes(*subsets("xy", 2), alphabet=["<x>1</x>", "<a/>", "<b/>"], most=2)),
    (plus('<attribute><nsName ns="urn:n"/><data type="integer"/></attribute>') + optional(attribute("n")),
     attributes("", 'n="a"', 'xmlns:p="urn:n" p:q="1"', 'xmlns:p="urn:n" p:q="1" p:r="x"',
                'xmlns:p="urn:n" p:q="1" p:r="-2" n=""')),
    ('<ref name="either"/>', children(ABC, 2)),
    ('<ref name="any-order"/>', children(ABC)),
    ('<ref name="swapped"/>', children(ABC, 2)),
    (choice("<notAllowed/>", group(A, "<notAllowed/>"), B), children(ABC, 2)),
    ("<empty/>", children(["<a/>", "t", " "], 2)),
    ("<text/>", children(["<a/>", "t", " ", "<!--x-->", "<![CDATA[]]>"], 2)),
    (many("<value>x</value>", plus(data("positiveInteger"))),
     words("x 1", "x", " x  1\n2 ", "x 0", "1 x", "", "x 1 a", "<a/>")),
    (many(star(choice("<value>x</value>", "<value>y</value>"))), words("x", "", "  ", "x y", "xy", "x<!-- --> y")),
    (data("string", "<except>", of_type("string", "a"), of_type("token", "b"), "</except>"),
     words("a", " a", "b", " b ", "c")),
    (choice(of_type("integer", "1"), data("date"), of_type("string", " s "), "<value>t  u</value>"),
     words("1", "01", " +1 ", "2", "2031-02-28", "2031-02-29", "2032-02-29", " s ", "s", "t u", " t   u ", "<a/>")),
    (choice("<empty/>", data("boolean")), words("", "true", "1", " false", "yes", " ")),
    (data("token", param("pattern", "[a-c]{2}"), param("minLength", "2")), words("ab", " ab ", "abc", "a", "ad", "a b")),
    (data("decimal", param("minInclusive", "1.5"), param("maxExclusive", "10")),
     words("1.5", "1.4", "9.99", "10", "x", "", "+2", "1e1")),
    (data("string", param("minLength", "1"), param("maxLength", "3")), words("a", "abc", "abcd", "甲乙丙", "甲乙丙丁", "   ")),
    (data("NCName"), words("a", "a:b", "1", "甲", "a b", " a ", "", "_")),
    (data("gYearMonth"), words("2031-05", "2031-5", "2031-13", "2031", "2031-05Z", "-0001-01")),
    (data("gYear"), words("2031", "31", "02031", "-2031", "2031Z")),
    (data("dateTime"), words("2031-05-27T09:30:00", "2031-05-27", "2031-05-27T09:30:00.5+08:00", "2031-05-27T25:00:00")),
    (data("language"), words("zh-Hans", "zh_Hans", "toolonglanguage", "x-y", "")),
    (data("positiveInteger"), INTEGERS), (data("nonNegativeInteger"), INTEGERS), (data("integer"), INTEGERS),
    (attribute("k", choice("<value>u</value>", many(plus(data("integer"))))),
     attributes("", 'k="u"', 'k=" u "', 'k="1 2"', 'k="1 u"', 'k=""')),
    (attribute("k", data("string", param("pattern", r"\S(.*\S)?"))),
     attributes(*(f'k="{v}"' for v in ("", " ", "a", "a b", " a", "a ", "a&#10;b", "a&#x3000;", "&#x3000;")))),
    (attribute("k", "<empty/>") + attribute("l", "<text/>"), attributes('k="" l=""', 'k=" " l="x"', 'k="x" l=""')),
]


def grammar():
    start = choice(*(f'<ref name="r{i}"/>' for i in range(len(PATTERNS))))
    defines = [f'<define name="r{i}">{element(f"r{i}", p)}</define>' for i, (p, _) in enumerate(PATTERNS)]
    return f'''<grammar {HEAD}>
<include href="included.rng"><start>{start}</start><div><define name="swapped">{C}</define></div></include>
<define name="b">{element("b")}</define>
<define name="c">{element("c")}</define>
<define name="either" combine="choice">{B}</define>
<define name="any-order" combine="interleave">{optional(B)}{star(C)}</define>
<define name="deep">{choice(element("a", optional('<ref name="deep"/>')), element("a", B))}</define>
''' + "\n".join(defines) + "\n</grammar>\n"


def of_grammar():
    for i, (_, (alphabet, most, starts)) in enumerate(PATTERNS):
        for start in starts:
            for n in range(most + 1):
                for content in itertools.product(alphabet, repeat=n):
                    yield f"<r{i} {start}>{''.join(content)}</r{i}>".encode()


# ---- grammars by chance, the same for a seed ----

def by_chance(seed, n=60, records=60):
    """A grammar of n patterns and records for each of them."""
    dice = random.Random(seed)

    def pattern(letters, depth):
        k = dice.random()
        if depth == 0 or k < .3:
            return f'<ref name="{dice.choice(letters)}"/>'
        if .6 <= k < .7 and len(letters) > 1:
            dealt = letters[:]
            dice.shuffle(dealt)
            at = dice.randint(1, len(dealt) - 1)
            return interleave(pattern(dealt[:at], depth - 1), pattern(dealt[at:], depth - 1))
        if k < .6:
            return (group if k < .45 else choice)(pattern(letters, depth - 1), pattern(letters, depth - 1))
        return (optional if k < .8 else star if k < .9 else plus)(pattern(letters, depth - 1))
    starts = (f'<ref name="r{i}"/>' for i in range(n))
    text = f"<grammar {HEAD}><start>{choice(*starts)}</start>"
    text += "".join(f'<define name="{x}">{element(x)}</define>' for x in "abc")
    deep = element("b", '<ref name="d"/>')
    text += f'<define name="d">{choice(element("a", B), element("a", optional(C)), deep)}</define>'
    for i in range(n):
        text += f'<define name="r{i}">{element(f"r{i}", pattern(list("abc" if i % 2 else "dc"), 4))}</define>'
    made = []
    for i in range(n):
        alphabet = ABC if i % 2 else ABC + ["<a><b/></a>", "<a><c/></a>", "<b><a/></b>"]
        for _ in range(records):
            content = "".join(dice.choice(alphabet) for _ in range(dice.randint(0, 6)))
            made.append(f"<r{i}>{content}</r{i}>".encode())
    return text + "</grammar>\n", made
