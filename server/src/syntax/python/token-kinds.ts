/**
 * Kinds of tokens, as numbers: the parser compares and looks up hundreds of thousands of them.
 *
 * Keywords come last, in the order of {@link KEYWORDS}.
 */
export const END = 0;
export const NEWLINE = 1;
export const INDENT = 2;
export const DEDENT = 3;
export const NAME = 4;
export const NUMBER = 5;
export const STRING = 6;
/** Characters that begin nothing, and closing brackets that close nothing. */
export const BAD = 7;
export const OPEN_PAREN = 8;
export const OPEN_SQUARE = 9;
export const OPEN_CURLY = 10;
export const CLOSE_PAREN = 11;
export const CLOSE_SQUARE = 12;
export const CLOSE_CURLY = 13;
export const COMMA = 14;
export const COLON = 15;
export const SEMICOLON = 16;
export const DOT = 17;
export const EQUALS = 18;
export const WALRUS = 19;
export const ARROW = 20;
export const AT = 21;
export const ELLIPSIS = 22;
export const AUGMENTED = 23;
export const PLUS = 24;
export const MINUS = 25;
export const STAR = 26;
export const SLASH = 27;
export const DOUBLE_SLASH = 28;
export const PERCENT = 29;
export const DOUBLE_STAR = 30;
export const SHIFT_LEFT = 31;
export const SHIFT_RIGHT = 32;
export const AMPERSAND = 33;
export const BAR = 34;
export const CARET = 35;
export const TILDE = 36;
export const LESS = 37;
export const LESS_EQUAL = 38;
export const GREATER = 39;
export const GREATER_EQUAL = 40;
export const EQUAL_EQUAL = 41;
export const NOT_EQUAL = 42;

export const AND = 64;
export const AS = 65;
export const ASSERT = 66;
export const ASYNC = 67;
export const AWAIT = 68;
export const BREAK = 69;
export const CLASS = 70;
export const CONTINUE = 71;
export const DEF = 72;
export const DEL = 73;
export const ELIF = 74;
export const ELSE = 75;
export const EXCEPT = 76;
export const FALSE = 77;
export const FINALLY = 78;
export const FOR = 79;
export const FROM = 80;
export const GLOBAL = 81;
export const IF = 82;
export const IMPORT = 83;
export const IN = 84;
export const IS = 85;
export const LAMBDA = 86;
export const NONE = 87;
export const NONLOCAL = 88;
export const NOT = 89;
export const OR = 90;
export const PASS = 91;
export const RAISE = 92;
export const RETURN = 93;
export const TRUE = 94;
export const TRY = 95;
export const WHILE = 96;
export const WITH = 97;
export const YIELD = 98;

/** All kinds from here to {@link KIND_COUNT} are keywords. */
export const FIRST_KEYWORD = 64;
export const KIND_COUNT = 99;

/** Reserved words; the kind of each is {@link FIRST_KEYWORD} plus its place. */
export const KEYWORDS: readonly string[] =
  "and as assert async await break class continue def del elif else except False finally for from global if import in is lambda None nonlocal not or pass raise return True try while with yield".split(
    " ",
  );

/** A look-up table that holds 1 at each of the kinds. */
export function kindSet(kinds: readonly number[]): Uint8Array {
  const set = new Uint8Array(KIND_COUNT);
  for (const kind of kinds) set[kind] = 1;
  return set;
}
