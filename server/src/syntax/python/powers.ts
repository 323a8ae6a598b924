import {
  AMPERSAND,
  AND,
  AT,
  BAR,
  CARET,
  DOT,
  DOUBLE_SLASH,
  DOUBLE_STAR,
  EQUAL_EQUAL,
  GREATER,
  GREATER_EQUAL,
  IF,
  IN,
  IS,
  KIND_COUNT,
  LESS,
  LESS_EQUAL,
  MINUS,
  NOT,
  NOT_EQUAL,
  OPEN_PAREN,
  OPEN_SQUARE,
  OR,
  PERCENT,
  PLUS,
  SHIFT_LEFT,
  SHIFT_RIGHT,
  SLASH,
  STAR,
} from "./token-kinds.ts";

/** How tightly operators bind, from `a if b else c` to `a.b`. */
export const CONDITIONAL = 1;
export const DISJUNCTION = 2;
export const CONJUNCTION = 3;
export const NEGATION = 4;
export const COMPARISON = 5;
export const UNION = 6;
const EXCLUSIVE = 7;
const INTERSECTION = 8;
const SHIFT = 9;
const SUM = 10;
const PRODUCT = 11;
export const SIGN = 12;
export const POWER = 13;
export const POSTFIX = 14;

const OPERATORS: readonly (readonly [number, readonly number[]])[] = [
  [CONDITIONAL, [IF]],
  [DISJUNCTION, [OR]],
  [CONJUNCTION, [AND]],
  [COMPARISON, [LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL_EQUAL, NOT_EQUAL, IN, IS, NOT]],
  [UNION, [BAR]],
  [EXCLUSIVE, [CARET]],
  [INTERSECTION, [AMPERSAND]],
  [SHIFT, [SHIFT_LEFT, SHIFT_RIGHT]],
  [SUM, [PLUS, MINUS]],
  [PRODUCT, [STAR, SLASH, DOUBLE_SLASH, PERCENT, AT]],
  [POWER, [DOUBLE_STAR]],
  [POSTFIX, [OPEN_PAREN, OPEN_SQUARE, DOT]],
];

/** Binding power of each kind behind an expression; 0 where it is no operator. */
export const POWERS = new Uint8Array(KIND_COUNT);
for (const [power, kinds] of OPERATORS) {
  for (const kind of kinds) POWERS[kind] = power;
}
