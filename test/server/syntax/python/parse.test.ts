import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePython } from "../../../../server/src/syntax/python/parse.ts";
import {
  expressionsIn,
  ownExpressions,
  statementsIn,
} from "../../../../server/src/syntax/python/walk.ts";
import { showPython } from "../../../support/show-python.ts";

const shown = (text: string) => showPython(parsePython(text));

describe("parsePython() gives the tree that Python means", () => {
  test.each([
    ["a + b * c ** -d", "(a + (b * (c ** (- d))))"],
    ["-x ** 2", "(- (x ** 2))"],
    ["a @ b // c", "((a @ b) // c)"],
    ["not a and b or c", "(((not a) and b) or c)"],
    ["a and not b and c", "((a and (not b)) and c)"],
    ["a or not b == c or d", "((a or (not (b == c))) or d)"],
    ["a and (not (b or c))", "(a and (not (b or c)))"],
    ["0 < a <= b is not None", "(0 < a <= b is not null)"],
    ["x not in y", "(x not in y)"],
    ["a if b else c if d else e", "(a if b else (c if d else e))"],
    ["x[1:2, ::3, ...]", "x[1:2, ::3, ellipsis]"],
    ["x[(i, j)]", "x[i, j]"],
    ["f(a, *b, k=1, **c)", "f(a, *b, k=1, **c)"],
    ["f(x for x, y in z if x if y)", "f(generator(x for tuple(x, y) in z if x if y))"],
    ["f(n := 3)", "f((n := 3))"],
    ["{k: v for k, v in d}", "dict(k: v for tuple(k, v) in d)"],
    ["[a for b in c for a in b]", "[a for b in c for a in b]".replace(/^\[(.*)\]$/, "list($1)")],
    ["{**a, 'b': 1}", '{**a, "b": 1}'],
    ["(1,)", "tuple(1)"],
    ["()", "tuple()"],
    ["lambda a, *b, c=1, **d: a", "(lambda a, *b, c=1, **d: a)"],
    ["'a' \"b\\n\" r'\\n'", '"ab\\n\\\\n"'],
    ["f'{a.b!r:>{w}} {c}'", "f{a.b, c}"],
    ["b'x'", "str"],
    ["1_000.5e-3 + 0x1F + 2j + .5", "(((1.0005 + 31) + complex) + 0.5)"],
    ["1. / m + 2.*x", "((1 / m) + (2 * x))"],
    ["(1., -2.)", "tuple(1, (- 2))"],
    ["1.e-3 - 1.E+3", "(0.001 - 1000)"],
    ["1. if a else 2.", "(1 if a else 2)"],
    ["1.5.real + 1..real", "(1.5.real + 1.real)"],
    ["x1.y + \u53d8\u91cf1.z + '1.' + f(1.j)", '(((x1.y + \u53d8\u91cf1.z) + "1.") + f(complex))'],
    ["x[1.:2.]", "x[1:2]"],
    ["await f(x)", "(await f(x))"],
    ["a = b, c = d", "a = tuple(b, c) = d"],
    ["a, *b = c", "tuple(a, *b) = c"],
    ["a: int = 3", "a: int = 3"],
    ["a: int", "a: int"],
    ["w -= lr * g", "w -= (lr * g)"],
    ["x = yield y", "x = (yield y)"],
    ["a = 1; b = 2", "a = 1\nb = 2"],
    ["import a.b as c, d", "import a.b - c\nimport d - -"],
    ["from ..a.b import (c as d, e,)", "import ..a.b c d\nimport ..a.b e -"],
    ["from m import *", "import m * -"],
    ["del a, b[0]", "del a b[0]"],
    ["global x", "global x"],
    ["raise E from f", "raise E, f"],
    ["assert a, b", "assert a, b"],
  ])("expression or statement %j", (text, tree) => expect(shown(text)).toBe(tree));

  test.each([
    ["if a:\n  b\nelif c:\n  d\nelse:\n  e", "if a:\n  b\nelse:\n  if c:\n    d\n  else:\n    e"],
    ["for i, x in y:\n  a\nelse:\n  b", "for tuple(i, x) in y:\n  a\nelse:\n  b"],
    ["while a: b", "while a:\n  b"],
    ["with a as b, c:\n  d", "with a as b, c:\n  d"],
    ["with (a as b, c as d):\n  e", "with a as b, c as d:\n  e"],
    ["with (a, b):\n  c", "with a, b:\n  c"],
    [
      "try:\n  a\nexcept E as e:\n  b\nexcept (F, G):\n  c\nfinally:\n  d",
      "try E, tuple(F, G) as e\nblock:\n  a\nblock:\n  b\nblock:\n  c\nblock:\n  d",
    ],
    ["@d.e(1)\nclass A(B, metaclass=C):\n  x = 1", "@d.e(1)\nclass A(B, metaclass=C):\n  x = 1"],
    [
      "async def f(a, b: int = 1, *, c, **d) -> int:\n  return a, b",
      "def f(a, b: int=1, c, **d):\n  return tuple(a, b)",
    ],
    [
      "match x:\n  case [1, a] if b:\n    c\n  case _:\n    d",
      "match a, _ x, b\nblock:\n  c\nblock:\n  d",
    ],
  ])("block %j", (text, tree) => expect(shown(text)).toBe(tree));
});

describe("parsePython() goes on where Python stops", () => {
  test.each([
    ["theta := theta - a * g\nx = 1", "theta := (theta - (a * g))\nx = 1"],
    ["for i in r:\n  w[0] := 1\n  x = 2", "for i in r:\n  w[0] := 1\n  x = 2"],
    ["theta :=\nx = 2", "theta := <error>\nx = 2"],
    ["a = 1; b := 2; c = 3", "a = 1\nb := 2\nc = 3"],
    ["x =\ny = 2", "x = <error>\ny = 2"],
    ["x = [a, b", "x = [a, b]"],
    ["x = [[a], [b", "x = [[a], [b]]"],
    ["x = {'a': b", 'x = {"a": b}'],
    ["f(a, lr=\ny = 2", "f(a, lr=<error>)\ny = 2"],
    ["opt = Adam(p, \nfor x in y:\n  z = 1\nq", "opt = Adam(p)\nfor x in y:\n  z = 1\nq"],
    ["x = a.\ny = 2", "x = a.\ny = 2"],
    ["f(a, =b, c)", "f(a, c)"],
    ["a = f(b, [c\nd = 1\ne = g(\n  h)", "a = f(b, [c])\nd = 1\ne = g(h)"],
    ["f(a, b]\nc", "f(a, b)\nc"],
    ["x = [f(a, b]\nc", "x = [f(a, b)]\nc"],
    ["x = f(a))\ny", "x = f(a)\ny"],
    ["x = f(\n  return 1", "x = f()\nreturn 1"],
    ["x = [a\nfor a in b]", "x = list(a for a in b)"],
    ["x = (a\nif b\nelse c)", "x = (a if b else c)"],
    ["x = f(\nfor a in b:\n  c", "x = f()\nfor a in b:\n  c"],
    ["x = f(\nfrom a import b", "x = f()\nimport a b -"],
    ["def f(a, b=1\n  return a\nx", "def f(a, b=1):\n  return a\nx"],
    ["def f(a b, c):\n  d", "def f(a, c):\n  d"],
    ["class A\n  x = 1\ny", "class A():\n  x = 1\ny"],
    ["for a in\n  b", "for a in <error>:\n  b"],
    ["if a:\nb = 1", "if a:\nb = 1"],
    ["try:\n  a = f(\nexcept E:\n  b", "try E as \nblock:\n  a = f()\nblock:\n  b"],
    ["else:\n  a\nb", "a\nb"],
    ["a\n    b\nc", "a\nb\nc"],
    ["if a:\n        b\n    c\nd", "if a:\n  b\n  c\nd"],
    ["def f():\n  'open\n  a\nb", 'def f():\n  "open"\n  a\nb'],
    ["f'{a.b' + c", "(f{a.b} + c)"],
    ["f'{a[\"k\"]!r:>{w}}{{x}}' f'{b}'", 'f{a["k"], b}'],
    ["f'{a['k']}'", 'f{a["k"]}'],
    ["%matplotlib inline\nx", "(<error> % matplotlib)\ninline\nx"],
    ["a ? b\nc", "a\nb\nc"],
    ["from a import\nb", "b"],
    ["import a.\nb", "import a. - -\nb"],
    ["match = a\nmatch(b)\nmatch[c]: d", "match = a\nmatch(b)\nmatch[c]: d"],
    ["type = 1\ntype X[T] = int\ntype(a)", "type = 1\ntype X\ntype(a)"],
    ["\tif a:\n\t\tb\n\x0c\tc", "if a:\n  b\nc"],
    ["a = 1 + \\\r\n  2\rb = 3", "a = (1 + 2)\nb = 3"],
    ["with (a as b, c as d", "with a as b, c as d:"],
    ["x: int = f(\ny: T", "x: int = f()\ny: T"],
    ["lambda\na", "(lambda : <error>)\na"],
    ["print 'a'\ny", 'print "a"\ny'],
    ["\uFEFFimport a\r\nx = 1\r\n", "import a - -\nx = 1"],
  ])("%j", (text, tree) => expect(shown(text)).toBe(tree));

  test("keeps the offsets of what it read", () => {
    const text = "\uFEFFx = 'é🙂'\nopt.step(lr=0.1)  # go";
    const { body, comments } = parsePython(text);
    const step = body[1];
    expect(step && text.slice(step.span.start, step.span.end)).toBe("opt.step(lr=0.1)");
    const start = text.indexOf("#");
    expect(comments).toEqual([{ text: " go", span: { start, end: text.length } }]);
  });

  test.each([
    ["parentheses", "(".repeat(20_000)],
    ["calls", "f(".repeat(20_000) + ")".repeat(20_000)],
    ["sums", `${"a+".repeat(20_000)}a`],
    ["negations", `${"not ".repeat(20_000)}a`],
    ["elif", `if a:\n b\n${"elif a:\n b\n".repeat(5_000)}`],
    ["blocks", Array.from({ length: 500 }, (_, depth) => `${" ".repeat(depth)}if a:\n`).join("")],
    ["targets", `${"a=".repeat(20_000)}1`],
    ["lambdas", `${"lambda: ".repeat(10_000)}1`],
  ])("reads endless nesting of %s", (_name, text) => {
    const module = parsePython(text);
    expect(() => JSON.stringify(module.body)).not.toThrow();
  });
});

const piece = fc.oneof(
  fc.constantFrom(
    ...'( ) [ ] { } : := = , . \n \' " """ # \\ + - * ** @ ; \t'.split(" "),
    " ",
    "\n    ",
    "def f(a, b=1):\n    ",
    "class A(B):\n    ",
    "for x in y:\n    ",
    "if a and not b:\n    ",
    "lambda ",
    "import a.b as c\n",
    "f'{x}'",
    "match x:\n  case ",
    "theta := theta - 1\n",
    "async ",
    "await ",
    "with a as b",
    "x",
    "0.1",
    "1.",
    "1",
    ".",
  ),
  fc.string({ maxLength: 4, unit: "binary" }),
);
const program = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

describe("parsePython() is total", () => {
  test("every text gives a tree whose spans lie in it", () => {
    fc.assert(
      fc.property(program, (text) => {
        for (const statement of statementsIn(parsePython(text).body)) {
          for (const root of ownExpressions(statement)) {
            for (const { span } of expressionsIn(root)) {
              if (span.start < 0 || span.start > span.end || span.end > text.length) return false;
            }
          }
        }
        return true;
      }),
      { numRuns: 500 },
    );
  });
});
