import { byText } from "../syntax/by-text.ts";
import type { CodeText } from "../syntax/code-text.ts";
import { wordsOf } from "./identifier-words.ts";

const SINGLE = new Set(["temp", "temperature", "tau", "tao"]);
const PAIRS: readonly (readonly [string, string])[] = [
  ["logit", "scale"],
  ["logits", "scale"],
  ["log", "temperature"],
  ["log", "temp"],
  ["log", "tau"],
  ["log", "sigma"],
  ["inv", "temp"],
];

/** True for the last name of `model.logit_scale`: it scales similarities before a softmax. */
export function isTemperatureName(path: string): boolean {
  const words = wordsOf(path.slice(path.lastIndexOf(".") + 1));
  if (words.some((word) => SINGLE.has(word))) return true;
  return PAIRS.some(([first, second]) =>
    words.some((word, at) => word === first && words[at + 1] === second),
  );
}

const FACTOR =
  /(\w*(?:temp|tau|tao)\w*)(?:\(\))?[ \t)]*\*(?!\*)|(?<!\*)\*[ \t(]*[\w.]*?(\w*(?:temp|tau|tao)\w*)/gi;
const ARGUMENT = /\w*(?:temp|tau|tao)\w*/gi;

/** Whether something is multiplied by a temperature in a code, told without parsing it. */
export function multipliesTemperature(code: CodeText): boolean {
  const { parts } = code;
  if (parts.some((text) => hasFactor(text, code))) return true;
  if (!parts.some((text) => multiplies(text, code))) return false;
  return parts.some((text) => namesTemperature(text, code));
}

const hasFactor = byText((text) => {
  for (const [, left = "", right = ""] of text.matchAll(FACTOR)) {
    if (isTemperatureName(left) || isTemperatureName(right)) return true;
  }
  return false;
});

const multiplies = byText((text) => /\.mul_?\(|\bmul(?:tiply)?\(|\*\s*\n/.test(text));

const namesTemperature = byText((text) => {
  for (const [name] of text.matchAll(ARGUMENT)) if (isTemperatureName(name)) return true;
  return false;
});
