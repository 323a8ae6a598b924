import { byText } from "../syntax/by-text.ts";
import type { CodeText } from "../syntax/code-text.ts";

/**
 * A number below zero, or above what may be dropped: more than 0.8. Of what is computed with a name
 * nothing is known, and `1 - keep` is how rates are often given.
 */
const ODD = String.raw`(?<![\w.])(?:-[ \t]*\.?\d|[1-9]|0?\.(?:8\d*[1-9]|9))(?![\d.]*[ \t]*[-+*/][ \t]*[^\d.\s])`;
const ODD_RATES = [
  // `dropout = 5`, `dropout: float = 5`, `config["dropout"] = 5`, `"dropout": 5`
  String.raw`drop\w*["'\]]*[ \t]*(?::[^=\n]*?)?[=:][ \t]*${ODD}`,
  // `Dropout(p=5)`, `dropout(f(x), 5)`
  String.raw`drop\w*[ \t]*\((?:[^\n]*?|\s*)${ODD}`,
  // `get("dropout", 5)`, `add_argument("--dropout", default=5)`, `dropout, width = 5, 3`
  String.raw`drop\w*["']?[ \t]*,[^\n]*?${ODD}`,
  String.raw`add_argument\([^)]*drop[^)]*default\s*=\s*${ODD}`,
  String.raw`(?:\bp|(?<!sampl\w*_|learning_)rate|prob)(?:[ \t]*:[^=\n]*)?[ \t]*=[ \t]*${ODD}`,
  String.raw`drop\w*[ \t]+as\b`,
  // The share that is kept is odd where it is small.
  String.raw`[(,]\s*keep_prob\s*=`,
].map((pattern) => new RegExp(pattern, "i"));

/** Whether code may give a dropout rate that is odd, told without parsing it. */
export function mayGiveOddRate(code: CodeText): boolean {
  return code.parts.some((text) => givesOddRate(text, code));
}

const givesOddRate = byText((text) => ODD_RATES.some((pattern) => pattern.test(text)));
