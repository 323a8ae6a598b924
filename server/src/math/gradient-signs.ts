import { byText } from "../syntax/by-text.ts";
import { askedOnce, type CodeText } from "../syntax/code-text.ts";
import { isNoParameterName } from "./assign-shapes.ts";
import { isGradientFunction, isGradientName } from "./gradient-names.ts";

/** A product of arrays, other than of the kind that networks are made of. */
const LINEAR =
  /[\w)\]] ?@ ?[\w(]|\bdot\s*\(|\.T\b|\.t\(\)|\btranspose\(\)|\b(?:np|numpy|jnp|tf|torch)\.transpose\(|(?<![.\w])transpose\(/;
const PRODUCT = /\b(?:matmul|mm|mv|inner|vdot|matvec|einsum)\s*\(/;

/** `w` and `w[0]` at the start of a statement; what is given to it names it as `\1`. */
const TARGET = String.raw`^[ \t]*([\w.]+)(?:\[[^\]\n]*\])?[ \t]*`;
const OWN = String.raw`\1(?:\[[^\]\n]*\])?(?![\w(.])`;
/** `w += …`, `w = w - …`, `w = lam * w + …` */
const UPDATE = new RegExp(
  `${TARGET}(?:\\+=|=[ \\t]*\\(*${OWN}[ \\t]*(?:[-+]|\\*[^\\n]*[-+])|=[^\\n=]*[-+*][ \\t(]*${OWN}[ \\t)]*(?:[-+*]|$))`,
  "gm",
);
/** The same where the step is taken off, or scaled. */
const STEP = new RegExp(
  `${TARGET}(?:\\+=[^\\n]*\\*|=[ \\t]*\\(*${OWN}[ \\t]*(?:-|[+*][^\\n]*[-+*])|=[^\\n=]*(?:\\*[^\\n]*\\+|-[^\\n]*[-+*])[ \\t(]*${OWN}[ \\t)]*$)`,
  "gm",
);

/** A name that may be one of a gradient and is given a value. */
const GIVEN =
  /(?<![\w.])(?!requires_grad)((?:\w+\.)*(?:\w*(?:grads?|gradients?)(?:_\w+)?|g|d[wW]\d?|d_?(?:theta|beta|weights?)|d_[wW]\w*|dJ(?:_?d\w+)?|dL_?d[wW]|nabla\w*))(?:\[[^\]\n]*\])?[ \t]*(?:,[^=\n]*)?(?::[^=\n]*)?[-+*/]?=(?!=|[ \t]*(?:True|False|None)\b)/g;
const FUNCTION = /\bdef[ \t]+(\w+)/g;

/** Whether code may compute the gradient of a linear model by hand, told without parsing it. */
export const mayHoldLinearGradient = askedOnce((code) => {
  const linear = code.functionsWith(["product", "transposition"]);
  if (!linear.some((text) => isLinear(text, code))) return false;
  const isNamed = code.functionsWith(["gradient"]).some((text) => namesGradient(text, code));
  if (isNamed || stepsDown(code.text, code)) return true;
  return linear.some((text) =>
    LINEAR.test(text)
      ? updates(text, UPDATE, code)
      : PRODUCT.test(text) && updates(text, STEP, code),
  );
});

const isLinear = byText((text) => LINEAR.test(text) || PRODUCT.test(text));

/** Whether a text changes something in such a way that may be a parameter of a model. */
function updates(text: string, pattern: RegExp, code: CodeText): boolean {
  for (const [, target = ""] of text.matchAll(pattern)) {
    if (mayBeParameter(target, code)) return true;
  }
  return false;
}

const STEPPED = /([\w.]+)(?:\[[^\]\n]*\])?[ \t]*$/;
const COUNT = /^[ \t]*[\d.]+[ \t]*$/m;

/** `w -= …`, wherever it stands, but not by a number: that is a count. */
function stepsDown(text: string, code: CodeText): boolean {
  for (let at = text.indexOf("-="); at >= 0; at = text.indexOf("-=", at + 2)) {
    const target = STEPPED.exec(text.slice(text.lastIndexOf("\n", at) + 1, at))?.[1];
    const isCount = COUNT.exec(text.slice(at + 2, at + FAR))?.index === 0;
    if (target !== undefined && !isCount && mayBeParameter(target, code)) return true;
  }
  return false;
}

const judged = new WeakMap<CodeText, Map<string, boolean>>();

/** Judged once a name: the whole code is searched for it. */
function mayBeParameter(target: string, code: CodeText): boolean {
  const known = judged.get(code) ?? new Map<string, boolean>();
  judged.set(code, known);
  const before = known.get(target);
  if (before !== undefined) return before;
  const isPossible = looksLikeParameter(target, code);
  known.set(target, isPossible);
  return isPossible;
}

function looksLikeParameter(target: string, { text }: CodeText): boolean {
  const path = target.replace(/\.data$/, "");
  const name = path.slice(path.lastIndexOf(".") + 1);
  return !isNoParameterName(name) && !isGradientName(path) && isMultiplied(path, text);
}

const BEFORE_FACTOR =
  /[@*][ \t(]*$|\b(?:\w*dot|matmul|mm|mv|inner|matvec|einsum|outer)\s*\([^\n]*$/;
const BEHIND_FACTOR =
  /^(?:\[[^\]\n]*\])*(?:\.(?:T|t\(\)|transpose\()|[ \t)]*(?:@|\*(?!\*))|\.(?:dot|mm|mv|matmul)\b)/;
const ARGUMENT = /(\w+)\s*\([^()]*$/;

/** Whether something is a factor somewhere, or given to a function of the same code. */
function isMultiplied(path: string, text: string): boolean {
  for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
    const end = at + path.length;
    if (/[\w.]/.test(text.charAt(at - 1)) || /\w/.test(text.charAt(end))) continue;
    const before = text.slice(Math.max(0, at - FAR), at);
    if (BEFORE_FACTOR.test(before) || BEHIND_FACTOR.test(text.slice(end, end + FAR))) return true;
    const callee = ARGUMENT.exec(before)?.[1];
    if (callee !== undefined && text.includes(`def ${callee}(`)) return true;
  }
  return false;
}

/** So many characters around a name say what is done with it. */
const FAR = 120;

/** Whether something, or a function, is named as a gradient. */
const namesGradient = byText((text) => {
  for (const [, name = ""] of text.matchAll(GIVEN)) if (isGradientName(name)) return true;
  for (const [, name = ""] of text.matchAll(FUNCTION)) if (isGradientFunction(name)) return true;
  return false;
});

const ABSOLUTE = /(?<!self\.)\bnorm\s*\(|\b(?:abs|absolute|fabs)\b/;

const isAbsolute = byText((text) => ABSOLUTE.test(text));

/** Whether code may compute a gradient by hand and knows an L1 norm. */
export function mayHoldL1Gradient(code: CodeText): boolean {
  const absolute = code
    .functionsWith(["absolute", "norm"])
    .filter((text) => isAbsolute(text, code));
  if (absolute.length === 0) return false;
  return (
    absolute.some(
      (text) => namesGradient(text, code) || stepsDown(text, code) || updates(text, STEP, code),
    ) || mayHoldLinearGradient(code)
  );
}
