/** `undefined` is what is none of these. */
export type PythonLiteral =
  | string
  | number
  | boolean
  | undefined
  | PythonLiteral[]
  | Map<string, PythonLiteral>;

/** A dictionary, the list of a record's fields, a field, its shape. */
const MAX_DEPTH = 4;
const MARKS = "{}()[],:";

interface Scanner {
  readonly tokens: readonly string[];
  at: number;
}

/**
 * Value of a Python literal as far as NumPy's headers need it: strings without escapes, whole numbers,
 * booleans, tuples, lists, dictionaries with strings for keys. Never throws.
 */
export function parsePythonLiteral(text: string): PythonLiteral {
  return value({ tokens: tokensOf(text), at: 0 }, 0);
}

function value(scanner: Scanner, depth: number): PythonLiteral {
  const token = scanner.tokens[scanner.at];
  scanner.at += 1;
  if (token === undefined || depth > MAX_DEPTH) return undefined;
  switch (token) {
    case "{":
      return dictionary(scanner, depth + 1);
    case "(":
      return list(scanner, ")", depth + 1);
    case "[":
      return list(scanner, "]", depth + 1);
    case "True":
    case "False":
      return token === "True";
    default:
      return token.startsWith("'") ? token.slice(1) : wholeNumber(token);
  }
}

function list(scanner: Scanner, close: string, depth: number): PythonLiteral[] {
  const items: PythonLiteral[] = [];
  while (scanner.at < scanner.tokens.length && !takes(scanner, close)) {
    items.push(value(scanner, depth));
    takes(scanner, ",");
  }
  return items;
}

function dictionary(scanner: Scanner, depth: number): Map<string, PythonLiteral> {
  const entries = new Map<string, PythonLiteral>();
  while (scanner.at < scanner.tokens.length && !takes(scanner, "}")) {
    const key = value(scanner, depth);
    if (typeof key !== "string" || !takes(scanner, ":")) return entries;
    entries.set(key, value(scanner, depth));
    takes(scanner, ",");
  }
  return entries;
}

function takes(scanner: Scanner, mark: string): boolean {
  if (scanner.tokens[scanner.at] !== mark) return false;
  scanner.at += 1;
  return true;
}

function wholeNumber(token: string): number | undefined {
  // Python 2 wrote long integers with an L behind them.
  const digits = token.endsWith("L") ? token.slice(0, -1) : token;
  return digits !== "" && [...digits].every((digit) => digit >= "0" && digit <= "9")
    ? Number(digits)
    : undefined;
}

/** Marks, words, and strings behind a quote and without their last one; none if a string has no end. */
function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    const letter = text.charAt(at);
    if (letter === "'" || letter === '"') {
      const end = text.indexOf(letter, at + 1);
      if (end < 0) return [];
      tokens.push(`'${text.slice(at + 1, end)}`);
      at = end + 1;
    } else if (MARKS.includes(letter)) {
      tokens.push(letter);
      at += 1;
    } else {
      const end = wordEnd(text, at);
      if (end > at) tokens.push(text.slice(at, end));
      at = Math.max(end, at + 1);
    }
  }
  return tokens;
}

function wordEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !`${MARKS} \n\t'"`.includes(text.charAt(end))) end += 1;
  return end;
}
