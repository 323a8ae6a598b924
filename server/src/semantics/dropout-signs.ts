/** A number below zero, or above what may be dropped: more than 0.8. */
const ODD = String.raw`(?<![\w.])(?:-[ \t]*\.?\d|[1-9]|0?\.(?:8\d*[1-9]|9))(?![\d.]*[ \t]*[-+*/])`;
const ODD_RATES = [
  String.raw`drop[^\n]*?${ODD}`,
  String.raw`(?:\bp|rate|prob)(?:[ \t]*:[^=\n]*)?[ \t]*=[ \t]*${ODD}`,
  String.raw`drop\w*\(\s*${ODD}`,
  String.raw`add_argument\([^)]*drop[^)]*default\s*=\s*${ODD}`,
  String.raw`drop\w*[ \t]+as\b`,
  // The share that is kept is odd where it is small.
  String.raw`[(,]\s*keep_prob\s*=`,
].map((pattern) => new RegExp(pattern, "i"));

/** Whether code may give a dropout rate that is odd, told without parsing it. */
export function mayGiveOddRate(code: string): boolean {
  return ODD_RATES.some((pattern) => pattern.test(code));
}
