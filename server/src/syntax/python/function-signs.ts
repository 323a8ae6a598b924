import { operatorWords } from "../operator-words.ts";
import { automatonOf, hasEdges, patternOf } from "../word-automaton.ts";

/** What a function may be made of: words one of which stands in it, whatever their case. */
const SIGNS = {
  /** One number of many. */
  total: ["sum", "mean", "average", "add_n", "reduce", "l2_loss"],
  norm: ["norm"],
  /** A product of arrays. */
  product: [...operatorWords("@"), "dot", "inner", "matmul", "\bmm", "\bmv", "matvec", "einsum"],
  transposition: [".t\b", "transpose"],
  /** An array of weights. */
  weights: [
    "weight",
    "kernel",
    "theta",
    "coef",
    "param",
    "variable",
    "trainable",
    "state_dict",
    "\bw\b",
    "\bw_",
    "\b_w",
    ...[..."0123456789"].map((digit) => `\bw${digit}`),
  ],
  maximum: ["max"],
  absolute: ["abs"],
  /** A penalty by its name. */
  penalty: [
    "l1",
    "l2",
    "penalt",
    "\breg",
    "reg\b",
    "reg_",
    "regulari",
    "lasso",
    "ridge",
    "decay",
    ".losses",
  ],
  /** How strongly weights are penalised: what a regularizer or an optimizer is told. */
  strength: ["regularizer", "regulariser", "l1", "l2", "decay", "wd"],
  optimizer: [
    "optim",
    "optax",
    "adam",
    "sgd",
    "lion",
    "muon",
    "trainingarguments",
    "training_arguments",
  ],
  /** A gradient by its name, such as `dw` and `dJ_dw`. */
  gradient: [
    "grad",
    "nabla",
    "\bg\b",
    "\bdw",
    "\bd_",
    "\bdj",
    "\bdl",
    "\bdtheta",
    "\bdbeta",
    "\bdweight",
  ],
  range: ["\barange\b"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type FunctionSign = keyof typeof SIGNS;

const NAMES = Object.keys(SIGNS);
const bitOf = (sign: string): number => 1 << NAMES.indexOf(sign);

/** A number that holds one bit for each of these signs. */
export const signBits = (signs: readonly FunctionSign[]): number =>
  signs.reduce((bits, sign) => bits | bitOf(sign), 0);

/** The bits of `def` and `class`, which are no signs. */
const FUNCTION = 1 << NAMES.length;
const CLASS = FUNCTION << 1;
const WORDS = [
  { word: "\bdef\b", bits: FUNCTION },
  { word: "\bclass\b", bits: CLASS },
  ...Object.entries(SIGNS).flatMap(([sign, words]) =>
    words.map((word) => ({ word, bits: bitOf(sign) })),
  ),
];
const PATTERNS = WORDS.map(({ word }) => patternOf(word));
const AUTOMATON = automatonOf(PATTERNS.map(({ letters }) => letters));
/** The bits of all words that end in each state. */
const STATE_BITS = Int32Array.from(AUTOMATON.endings, (_, state) =>
  (AUTOMATON.ends[state] ?? []).reduce((bits, word) => bits | (WORDS[word]?.bits ?? 0), 0),
);

/** A Python function in a text without comments, up to the next one. */
export interface FunctionPiece {
  readonly start: number;
  readonly end: number;
  /** The signs that it has, see {@link signBits}. */
  readonly bits: number;
}

/**
 * Cuts a text before each line that begins a function or a class, in one pass over it; what is
 * defined within a function stays with it.
 */
export function functionPieces(code: Uint8Array): readonly FunctionPiece[] {
  const { next, classes, bits: shift } = AUTOMATON;
  const pieces: FunctionPiece[] = [];
  let piece: Definition = { line: 0, indentation: Number.POSITIVE_INFINITY };
  let bits = 0;
  let state = 0;
  for (let at = 0; at < code.length; at += 1) {
    state = next[(state << shift) | (classes[code[at] ?? 0] ?? 0)] ?? 0;
    if (((STATE_BITS[state] ?? 0) & ~bits) === 0) continue;
    const found = bitsEndingAt(at + 1, state, code);
    bits |= found & (FUNCTION - 1);
    const definition = found < FUNCTION ? undefined : definitionAt(at, found >= CLASS, code);
    if (definition === undefined || definition.indentation > piece.indentation) continue;
    const { line } = definition;
    pieces.push({ start: piece.line, end: line, bits });
    // Each method of a class is a piece of its own.
    piece = found >= CLASS ? { line, indentation: Number.POSITIVE_INFINITY } : definition;
    bits = 0;
  }
  pieces.push({ start: piece.line, end: code.length, bits });
  return pieces;
}

/** The line of a `def` or `class`. */
interface Definition {
  readonly line: number;
  readonly indentation: number;
}

/** The definition whose keyword ends at a place; `undefined` where it is no keyword. */
function definitionAt(last: number, isClass: boolean, code: Uint8Array): Definition | undefined {
  const line = lineOfDefinition(code, last - (isClass ? 4 : 2));
  return line < 0 ? undefined : { line, indentation: indentationAt(code, line) };
}

function indentationAt(code: Uint8Array, line: number): number {
  let at = line;
  while (isBlank(code[at])) at += 1;
  return at - line;
}

/** Signs of the words that end at a place, which stand in their edges. */
function bitsEndingAt(end: number, state: number, code: Uint8Array): number {
  let bits = 0;
  for (const word of AUTOMATON.ends[state] ?? []) {
    const pattern = PATTERNS[word];
    if (pattern !== undefined && hasEdges(pattern, code, end)) bits |= WORDS[word]?.bits ?? 0;
  }
  return bits;
}

const NEWLINE = 10;
const isBlank = (byte: number | undefined) => byte === 32 || byte === 9;
const ASYNC = [..."async"].map((letter) => letter.charCodeAt(0));

/** Start of the line in which nothing but `async` stands before `at`; -1 for other lines. */
function lineOfDefinition(code: Uint8Array, at: number): number {
  let line = beforeBlanks(code, at);
  const before = line - ASYNC.length;
  if (line < at && ASYNC.every((letter, index) => code[before + index] === letter)) {
    line = beforeBlanks(code, before);
  }
  return line === 0 || code[line - 1] === NEWLINE ? line : -1;
}

function beforeBlanks(code: Uint8Array, from: number): number {
  let at = from;
  while (isBlank(code[at - 1])) at -= 1;
  return at;
}
