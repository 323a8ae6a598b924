import { byText } from "../syntax/by-text.ts";
import type { CodeText } from "../syntax/code-text.ts";
import { NORM, SQUARED, TOTAL } from "./array-signs.ts";

const NAME =
  /(?<![\w.])(?:\w+\.)*(?:\w*_)?(?:l[12]|norm|penalty|reg|regulari[sz](?:er|ation))(?:_\w+)?(?![\w(.])/gi;
const MAP = /\*\* ?\(?2|\b(?:pow|power|square|abs|absolute|fabs)\s*\(/;
const MAXIMUM = /\bmax\s*\(/;
const COMPUTED = new RegExp(
  [TOTAL, NORM, SQUARED, MAXIMUM].map(({ source }) => `(?:${source})`).join("|"),
  "g",
);
const SCALED_SUM = /[+-][^\n]*\*|\*[^\n]*[+-]/;
/** Line breaks in the middle of an expression. */
const BROKEN = /\n\s*(?=[-+*/).])|(?<=[-+*/(])[ \t]*\n\s*/g;

/** Whether code may add up a norm of an array twice, told without parsing it. */
export function mayAddNormsTwice(code: CodeText): boolean {
  return code
    .functionsWith(["total", "norm", "product", "maximum", "penalty"])
    .some((text) => addsScaledNorms(text, code));
}

const addsScaledNorms = byText(
  (text) => SCALED_SUM.test(text) && mayHoldNorm(text) && addsNormsTwice(text),
);

/** Whether a text has a norm under a name, or what one is computed with. */
function mayHoldNorm(text: string): boolean {
  const named = count(text, NAME);
  if (named > 1) return true;
  const isComputed = MAP.test(text) || NORM.test(text) || SQUARED.test(text);
  return isComputed && named + count(text, COMPUTED) > 0;
}

/** Whether a line adds two things that are norms, or that lines before made of norms. */
function addsNormsTwice(text: string): boolean {
  const made = new Set<string>();
  for (const line of text.replaceAll(BROKEN, " ").split("\n")) {
    const parts = made.size === 0 ? 0 : count(line, /[\w.]+/g, (name) => made.has(name));
    const all = parts + count(line, COMPUTED) + count(line, NAME);
    if (all > 1 && /[+-]/.test(line)) return true;
    const target = all > 0 ? TARGET.exec(line)?.[1] : undefined;
    if (target !== undefined) made.add(target);
  }
  return false;
}

const TARGET = /^[ \t]*([\w.]+)[ \t]*(?::[^=]*)?[-+*/]?=(?!=)/;

function count(text: string, pattern: RegExp, isCounted: (found: string) => boolean = () => true) {
  return text.match(pattern)?.filter(isCounted).length ?? 0;
}
