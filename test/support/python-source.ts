import fc from "fast-check";

/** Source of expressions and statements that Python accepts, of the kinds that people write. */
const name = fc.constantFrom("a", "loss", "model", "x1", "µ", "été");
const literal = fc.constantFrom(
  "1",
  "0.5",
  "1.",
  "2e-3",
  "None",
  "'s'",
  'r"\\d"',
  "'''t\nt'''",
  "...",
);

const grammar = fc.letrec<Readonly<Record<"expression" | "block", string>>>((tie) => {
  const inner = tie("expression");
  const two = fc.tuple(inner, inner);
  const binary = fc.constantFrom("+", "-", "*", "/", "//", "%", "@", "**", "<<", "&", "|", "^");
  const compare = fc.constantFrom("<", "==", "!=", "in", "not in", "is", "is not");
  return {
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      name,
      literal,
      fc.tuple(two, binary).map(([[a, b], sign]) => `(${a}) ${sign} ${b}`),
      fc.tuple(two, binary).map(([[a, b], sign]) => `${a} ${sign}\\\n  (${b})`),
      fc.tuple(two, compare).map(([[a, b], sign]) => `(${a} ${sign} ${b})`),
      two.map(([a, b]) => `(${a} and not ${b} or ${a})`),
      two.map(([a, b]) => `((${a}) if ${b} else ${a})`),
      two.map(([a, b]) => `f(${a}, *[${b}], k=${b}, **{})`),
      two.map(([a, b]) => `f(\n  ${a}, # c\n  ${b},\n)`),
      two.map(([a, b]) => `(${a}).b[${b}, 1:${a}, ::2]`),
      two.map(([a, b]) => `[${a} for a, b in (${b}) if ${a} if b]`),
      two.map(([a, b]) => `{${a}: ${b}, **${"{}"}}`),
      two.map(([a, b]) => `(y := (lambda p, *q, r=${a}: ${b}))`),
      two.map(([a, b]) => `(${a}, (${b},), ())`),
      inner.map((a) => `-(${a})`),
    ),
    block: fc.oneof(
      { depthSize: "small" },
      inner.map((a) => `${a}\n`),
      two.map(([a, b]) => `x = (y, *z) = ${a}, (${b})\n`),
      two.map(([a, b]) => `x: int = ${a}; x += ${b}\n`),
      fc.constantFrom("pass\n", "import a.b as c, d\n", "from ..m import (a as b, c,)\n"),
      fc
        .tuple(inner, tie("block"), tie("block"))
        .map(([a, b, c]) => `if ${a}:\n${indented(b)}elif x:\n  pass\nelse:\n${indented(c)}`),
      fc.tuple(inner, tie("block")).map(([a, b]) => `for i, x in ${a}:\n\n  # c\n${indented(b)}`),
      fc
        .tuple(inner, tie("block"))
        .map(
          ([a, b]) => `@d(${a})\nasync def f(p, /, q: int = ${a}, *, r=1, **s):\n${indented(b)}`,
        ),
      fc.tuple(inner, tie("block")).map(([a, b]) => `class C(B, k=${a}):\n${indented(b)}`),
      fc.tuple(inner, tie("block")).map(([a, b]) => `with f(${a}) as t, g:\n${indented(b)}`),
      fc.tuple(inner, tie("block")).map(([a, b]) => `while ${a}: break\nelse:\n${indented(b)}`),
    ),
  };
});

/** Strings with line breaks are not indented, and need not be. */
const indented = (block: string): string =>
  block
    .split(/(?<=\n)(?!t''')/)
    .map((line) => (line.trim() === "" ? line : `    ${line}`))
    .join("");

export const pythonSource: fc.Arbitrary<string> = fc
  .array(grammar.block, { minLength: 1, maxLength: 4 })
  .map((blocks) => blocks.join(""));
