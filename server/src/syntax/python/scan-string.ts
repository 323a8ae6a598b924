const NEWLINE = 10;
const RETURN = 13;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const COLON = 58;
const HASH = 35;

/** Replacement fields within fields are read so deep; what lies deeper is plain text. */
const MAX_FIELD_DEPTH = 8;

/** The quotes that end a string: one or three of the same. */
interface Quotes {
  readonly code: number;
  readonly isTriple: boolean;
}

const isQuote = (code: number) => code === 34 || code === 39;
const isLineBreak = (code: number) => code === NEWLINE || code === RETURN;

function quotesAt(text: string, at: number): Quotes {
  const code = text.charCodeAt(at);
  const isTriple = text.charCodeAt(at + 1) === code && text.charCodeAt(at + 2) === code;
  return { code, isTriple };
}

const isClosing = ({ code, isTriple }: Quotes, text: string, at: number) =>
  text.charCodeAt(at) === code &&
  (!isTriple || (text.charCodeAt(at + 1) === code && text.charCodeAt(at + 2) === code));

/** A line continued by a backslash may end in two characters. */
const afterEscape = (text: string, at: number) =>
  text.charCodeAt(at + 1) === RETURN && text.charCodeAt(at + 2) === NEWLINE ? at + 3 : at + 2;

/** End of the string whose opening quote is at `start`; an open one ends with its line or the text. */
export function stringEnd(text: string, start: number, limit: number): number {
  const quotes = quotesAt(text, start);
  let at = start + (quotes.isTriple ? 3 : 1);
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at = afterEscape(text, at);
    else if (code === quotes.code && isClosing(quotes, text, at)) {
      return at + (quotes.isTriple ? 3 : 1);
    } else if (!quotes.isTriple && isLineBreak(code)) return at;
    else at += 1;
  }
  return limit;
}

/** An expression in the braces of an f-string, and where the text goes on. */
export interface ReplacementField {
  readonly start: number;
  readonly end: number;
  readonly after: number;
}

interface FieldScan {
  readonly text: string;
  readonly limit: number;
  readonly quotes: Quotes;
  readonly depth: number;
  /** Calls back with each field of the string itself. */
  readonly onField?: (field: ReplacementField) => void;
}

/** End of a formatted string as Python 3.12 reads it; -1 where it is not closed that way. */
export function formattedEnd(
  text: string,
  start: number,
  limit: number,
  onField?: (field: ReplacementField) => void,
  depth = 0,
): number {
  if (depth > MAX_FIELD_DEPTH) return -1;
  const quotes = quotesAt(text, start);
  const scan = { text, limit, quotes, depth, ...(onField === undefined ? {} : { onField }) };
  let at = start + (quotes.isTriple ? 3 : 1);
  while (at >= 0 && at < limit) {
    if (isClosing(quotes, text, at)) return at + (quotes.isTriple ? 3 : 1);
    if (!quotes.isTriple && isLineBreak(text.charCodeAt(at))) return -1;
    at = afterLiteral(scan, at);
  }
  return -1;
}

/** What follows one character, escape or field of the string's own text; -1 where a field is open. */
function afterLiteral(scan: FieldScan, at: number): number {
  const { text } = scan;
  const code = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  if (code === BACKSLASH) {
    if (next === OPEN || next === CLOSE) return at + 1;
    return next === 78 && text.charCodeAt(at + 2) === OPEN ? at + 3 : afterEscape(text, at);
  }
  if (code !== OPEN) return at + 1;
  return next === OPEN ? at + 2 : afterField(scan, at);
}

/** Goes from the `{` of a field behind its `}`; -1 where there is none. */
function afterField(scan: FieldScan, open: number): number {
  const { text, onField } = scan;
  const end = fieldExpressionEnd(scan, open + 1);
  if (end < 0) {
    onField?.({ start: open + 1, end: -1 - end, after: -1 });
    return -1;
  }
  const after = text.charCodeAt(end) === CLOSE ? end + 1 : afterFormat(scan, end);
  onField?.({ start: open + 1, end, after });
  return after;
}

/** Where the expression gives way to `}`, `:` or `!r`; the negated end less one where nothing ends it. */
function fieldExpressionEnd(scan: FieldScan, start: number): number {
  const { text, limit } = scan;
  let open = 0;
  let at = start;
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (open === 0 && isFieldEnd(text, at)) return at;
    if (isOutOfField(scan, code)) return -1 - at;
    open += nesting(code);
    at = isQuote(code) ? nestedStringEnd(scan, at, start) : at + 1;
    if (at < 0) break;
  }
  return -1 - limit;
}

/** Change of the number of open brackets. */
function nesting(code: number): number {
  if (code === 40 || code === 91 || code === OPEN) return 1;
  return code === 41 || code === 93 || code === CLOSE ? -1 : 0;
}

const isOutOfField = ({ quotes }: FieldScan, code: number) =>
  code === HASH || code === BACKSLASH || (!quotes.isTriple && isLineBreak(code));

function isFieldEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === CLOSE || code === COLON || (code === 33 && text.charCodeAt(at + 1) !== 61);
}

function nestedStringEnd(scan: FieldScan, at: number, start: number): number {
  const { text, limit, depth } = scan;
  let prefix = at;
  while (prefix > start && /[a-z]/i.test(text.charAt(prefix - 1))) prefix -= 1;
  if (!/[ft]/i.test(text.slice(prefix, at))) {
    const end = stringEnd(text, at, limit);
    return end < limit && isLineBreak(text.charCodeAt(end)) ? -1 : end;
  }
  return formattedEnd(text, at, limit, undefined, depth + 1);
}

/** Goes from the `!` or `:` of a field behind its `}`. */
function afterFormat(scan: FieldScan, start: number): number {
  const { text, limit, quotes, depth } = scan;
  const inner = { text, limit, quotes, depth: depth + 1 };
  let at = start;
  while (at >= 0 && at < limit) {
    const code = text.charCodeAt(at);
    if (code === CLOSE) return at + 1;
    if (isClosing(quotes, text, at) || (!quotes.isTriple && isLineBreak(code))) return -1;
    at = code === OPEN ? afterNestedField(inner, at) : at + 1;
  }
  return -1;
}

const afterNestedField = (scan: FieldScan, at: number) =>
  scan.depth > MAX_FIELD_DEPTH ? -1 : afterField(scan, at);
