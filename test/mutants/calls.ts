export interface Argument {
  readonly keyword?: string;
  readonly value: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/** A call as it is written. */
export interface Call {
  /** With what stands before it: `torch.optim.Adam`. */
  readonly name: string;
  readonly lastName: string;
  readonly start: number;
  readonly nameEnd: number;
  /** Of the opening and the closing parenthesis. */
  readonly open: number;
  readonly close: number;
  readonly arguments: readonly Argument[];
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/** Behind the string that begins at `at`. */
function stringEnd(code: string, at: number): number {
  const quote = code[at];
  for (let index = at + 1; index < code.length; index += 1) {
    if (code[index] === "\\") index += 1;
    else if (code[index] === quote || code[index] === "\n") return index + 1;
  }
  return code.length;
}

/** Offsets of the commas outside of brackets in `[start, end)`; `undefined` where brackets are open. */
function commas(code: string, start: number, end: number): readonly number[] | undefined {
  const found: number[] = [];
  const expected: string[] = [];
  for (let at = start; at < end; at += 1) {
    const sign = code[at] ?? "";
    if (sign === '"' || sign === "'") at = stringEnd(code, at) - 1;
    else if (CLOSING.has(sign)) expected.push(CLOSING.get(sign) ?? "");
    else if (")]}".includes(sign)) {
      if (expected.pop() !== sign) return undefined;
    } else if (sign === "," && expected.length === 0) found.push(at);
  }
  return expected.length === 0 ? found : undefined;
}

/** Where the bracket at `open` is closed. */
function closingOf(code: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    const sign = code[at] ?? "";
    if (sign === '"' || sign === "'") at = stringEnd(code, at) - 1;
    else if ("([{".includes(sign)) depth += 1;
    else if (")]}".includes(sign)) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return undefined;
}

function argumentAt(code: string, from: number, to: number): readonly Argument[] {
  const raw = code.slice(from, to);
  const text = raw.trim();
  if (text === "") return [];
  const start = from + raw.indexOf(text);
  const end = start + text.length;
  const named = /^(\w+)\s*=(?!=)\s*/.exec(text);
  const valueStart = start + (named?.[0].length ?? 0);
  const value = code.slice(valueStart, end);
  const keyword = named?.[1];
  return [{ ...(keyword === undefined ? {} : { keyword }), value, start, valueStart, end }];
}

/** What is written in `[start, end)`, split at its commas; `undefined` where brackets are open. */
function argumentsOf(code: string, start: number, end: number): readonly Argument[] | undefined {
  const splits = commas(code, start, end);
  return splits === undefined
    ? undefined
    : [...splits, end].flatMap((to, index) =>
        argumentAt(code, index === 0 ? start : (splits[index - 1] ?? 0) + 1, to),
      );
}

/** Calls of functions whose last name `name` matches, no definitions. */
export function* callsOf(code: string, name: RegExp): Generator<Call> {
  const pattern = new RegExp(`((?:\\w+\\.)*)(${name.source})\\s*\\(`, "g");
  for (const match of code.matchAll(pattern)) {
    const start = match.index;
    if (/[\w.]$|\b(def|class)\s+$/.test(code.slice(Math.max(0, start - 12), start))) continue;
    const open = start + match[0].length - 1;
    const close = closingOf(code, open);
    if (close === undefined) continue;
    const lastName = match[2] ?? "";
    const fullName = (match[1] ?? "") + lastName;
    yield {
      name: fullName,
      lastName,
      start,
      nameEnd: start + fullName.length,
      open,
      close,
      arguments: argumentsOf(code, open + 1, close) ?? [],
    };
  }
}
