const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "0": "\0",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
};
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|\r\n|([\s\S]))/g;

/** Value of one string literal as written; `undefined` for bytes and f-strings. */
export function stringValue(literal: string): string | undefined {
  const quote = literal.search(/["']/);
  if (quote < 0) return undefined;
  const prefix = literal.slice(0, quote).toLowerCase();
  if (/[bft]/.test(prefix)) return undefined;
  const mark = literal.slice(quote, quote + 3);
  const width = mark === '"""' || mark === "'''" ? 3 : 1;
  const closing = literal.slice(quote, quote + width);
  const start = quote + width;
  const isClosed = literal.length >= start + width && literal.endsWith(closing);
  const body = literal.slice(start, isClosed ? literal.length - width : literal.length);
  if (prefix.includes("r") || !body.includes("\\")) return body;
  return body.replace(ESCAPE, (whole, hex?: string, unicode?: string, one?: string) => {
    const code = hex ?? unicode;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return one === undefined ? "" : (ESCAPES[one] ?? whole);
  });
}

/** Value of a number literal; NaN for complex numbers and for what is not a number. */
export function numberValue(literal: string): number {
  const plain = literal.replaceAll("_", "");
  return /[jJ]$/.test(plain) ? Number.NaN : Number(plain);
}
