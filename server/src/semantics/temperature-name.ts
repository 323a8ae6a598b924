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

/** Whether something is multiplied by a temperature in a code, told without parsing it. */
export function multipliesTemperature(code: string): boolean {
  return /(?:temp|tau|tao)\w*(?:\(\))?[ \t)]*\*|\*[ \t(]*[\w.]*(?:temp|tau|tao)|\.mul_?\(/i.test(
    code,
  );
}
