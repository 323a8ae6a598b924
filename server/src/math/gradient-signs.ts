import { functionTexts } from "../syntax/python/function-texts.ts";

/** A product of arrays, other than of the kind that networks are made of. */
const LINEAR =
  /[\w)\]] ?@ ?[\w(]|\bdot\s*\(|\.T\b|\.t\(\)|\btranspose\(\)|\b(?:np|numpy|jnp|tf|torch)\.transpose\(|(?<![.\w])transpose\(/;
const PRODUCT = /\b(?:matmul|mm|mv|inner|vdot|matvec|einsum)\s*\(/;

/** `w` and `w[0]` at the start of a statement; what is given to it names it as `\1`. */
const TARGET = String.raw`^[ \t]*([\w.]+)(?:\[[^\]\n]*\])?[ \t]*`;
const OWN = String.raw`\1(?:\[[^\]\n]*\])?(?![\w(.])`;
/** `w -= …`, `w = w - …`, `w = lam * w + …` */
const UPDATE = new RegExp(
  `-=|${TARGET}(?:\\+=|=[ \\t]*\\(*${OWN}[ \\t]*(?:[-+]|\\*[^\\n]*[-+])|=[^\\n=]*[-+*][ \\t(]*${OWN}[ \\t)]*(?:[-+*]|$))`,
  "m",
);
/** The same where the step is taken off, or scaled. */
const STEP = new RegExp(
  `-=|${TARGET}(?:\\+=[^\\n]*\\*|=[ \\t]*\\(*${OWN}[ \\t]*(?:-|[+*][^\\n]*[-+*])|=[^\\n=]*(?:\\*[^\\n]*\\+|-[^\\n]*[-+*])[ \\t(]*${OWN}[ \\t)]*$)`,
  "m",
);

/** A name of a gradient that is given a value, or a function that is named so. */
const NAMED =
  /(?:^|[\s.,(_])(?:grads?|gradients?)(?:_\w+)?(?:\[[^\]\n]*\])?[ \t]*(?:,[^=\n]*)?(?::[^=\n]*)?=(?!=|[ \t]*(?:True|False|None)\b)|\b(?:g|d[wW]\d?|d_?(?:theta|beta|weights?)|d_[wW]\w*|dJ(?:_?d\w+)?|dL_?d[wW]|nabla\w*)[ \t]*(?:,[^=\n]*)?(?::[^=\n]*)?=[^=]|\bdef \w*(?:[gG]rad|nabla|dJ|dL|d[wW]|d_?(?:theta|beta|weight))|\bdef g\b/m;

let last = { code: "", mayHold: false };

/** Whether code may compute the gradient of a linear model by hand, told without parsing it. */
export function mayHoldLinearGradient(code: string): boolean {
  if (last.code !== code) last = { code, mayHold: holdsLinear(code) };
  return last.mayHold;
}

function holdsLinear(code: string): boolean {
  const isLinear = LINEAR.test(code);
  if (!isLinear && !PRODUCT.test(code)) return false;
  if (NAMED.test(code) || code.includes("-=")) return true;
  return functionTexts(code).some((text) =>
    LINEAR.test(text) ? UPDATE.test(text) : PRODUCT.test(text) && STEP.test(text),
  );
}

const ABSOLUTE = /(?<!self\.)\bnorm\s*\(|\b(?:abs|absolute|fabs)\b/;

/** Whether code may compute a gradient by hand and knows an L1 norm. */
export function mayHoldL1Gradient(code: string): boolean {
  if (!ABSOLUTE.test(code)) return false;
  return (
    functionTexts(code).some(
      (text) => ABSOLUTE.test(text) && (NAMED.test(text) || STEP.test(text)),
    ) || mayHoldLinearGradient(code)
  );
}
