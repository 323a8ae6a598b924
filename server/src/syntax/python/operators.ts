import {
  AMPERSAND,
  ARROW,
  AT,
  AUGMENTED,
  BAD,
  BAR,
  CARET,
  CLOSE_CURLY,
  CLOSE_PAREN,
  CLOSE_SQUARE,
  COLON,
  COMMA,
  DOT,
  DOUBLE_SLASH,
  DOUBLE_STAR,
  ELLIPSIS,
  EQUAL_EQUAL,
  EQUALS,
  GREATER,
  GREATER_EQUAL,
  LESS,
  LESS_EQUAL,
  MINUS,
  NOT_EQUAL,
  OPEN_CURLY,
  OPEN_PAREN,
  OPEN_SQUARE,
  PERCENT,
  PLUS,
  SEMICOLON,
  SHIFT_LEFT,
  SHIFT_RIGHT,
  SLASH,
  STAR,
  TILDE,
  WALRUS,
} from "./token-kinds.ts";

const EQUALS_SIGN = 61;
const POINT = 46;

function tableOf(kinds: Readonly<Record<string, number>>): Uint8Array {
  const table = new Uint8Array(128);
  for (const [sign, kind] of Object.entries(kinds)) table[sign.charCodeAt(0)] = kind;
  return table;
}

const SINGLE = tableOf({
  "(": OPEN_PAREN,
  "[": OPEN_SQUARE,
  "{": OPEN_CURLY,
  ")": CLOSE_PAREN,
  "]": CLOSE_SQUARE,
  "}": CLOSE_CURLY,
  ",": COMMA,
  ":": COLON,
  ";": SEMICOLON,
  ".": DOT,
  "=": EQUALS,
  "@": AT,
  "+": PLUS,
  "-": MINUS,
  "*": STAR,
  "/": SLASH,
  "%": PERCENT,
  "&": AMPERSAND,
  "|": BAR,
  "^": CARET,
  "~": TILDE,
  "<": LESS,
  ">": GREATER,
  "!": BAD,
});

/** Signs with `=` behind them. */
const WITH_EQUALS = tableOf({
  "=": EQUAL_EQUAL,
  "!": NOT_EQUAL,
  "<": LESS_EQUAL,
  ">": GREATER_EQUAL,
  ":": WALRUS,
  "+": AUGMENTED,
  "-": AUGMENTED,
  "*": AUGMENTED,
  "/": AUGMENTED,
  "%": AUGMENTED,
  "@": AUGMENTED,
  "&": AUGMENTED,
  "|": AUGMENTED,
  "^": AUGMENTED,
});

/** Signs written twice. */
const DOUBLED = tableOf({
  "*": DOUBLE_STAR,
  "/": DOUBLE_SLASH,
  "<": SHIFT_LEFT,
  ">": SHIFT_RIGHT,
});

/** Kind and length of the operator at `at`, as `kind * 4 + length`. */
export function operatorAt(text: string, at: number, code: number): number {
  const next = text.charCodeAt(at + 1);
  if (next === EQUALS_SIGN) {
    const kind = WITH_EQUALS[code] ?? 0;
    if (kind !== 0) return kind * 4 + 2;
  }
  if (next === code) {
    const packed = doubledAt(text, at, code);
    if (packed !== 0) return packed;
  }
  if (next === 62 && code === 45) return ARROW * 4 + 2;
  // Python 2 wrote `<>` for `!=`.
  if (next === 62 && code === 60) return NOT_EQUAL * 4 + 2;
  return (SINGLE[code] ?? BAD) * 4 + 1;
}

/** Operators that begin with the same sign twice; 0 where this is none. */
function doubledAt(text: string, at: number, code: number): number {
  const third = text.charCodeAt(at + 2);
  if (code === POINT) return third === POINT ? ELLIPSIS * 4 + 3 : 0;
  const kind = DOUBLED[code] ?? 0;
  if (kind === 0) return 0;
  return third === EQUALS_SIGN ? AUGMENTED * 4 + 3 : kind * 4 + 2;
}
