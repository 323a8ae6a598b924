import type { BinaryOperator, Expression, Statement } from "../syntax/python/ast.ts";
import { expressionsIn } from "../syntax/python/walk.ts";
import { lastName } from "./program-index.ts";
import { isCoefficientName } from "./training-names.ts";
import {
  type EntryMap,
  isKnown,
  isPenalty,
  mapTerms,
  type Norm,
  type NormKind,
  type Reduction,
  type Term,
  type TrainingValue,
  termValue,
  unknownValue,
  type WeightsValue,
} from "./training-term.ts";

export interface Operands {
  readonly left: TrainingValue;
  readonly right: TrainingValue;
  readonly leftNode: Expression;
  readonly rightNode: Expression;
  /** The whole operation. */
  readonly node: Expression;
  readonly statement: Statement | undefined;
  readonly isSameText: boolean;
}

/** The value of `left operator right`. */
export function combine(operator: BinaryOperator, operands: Operands): TrainingValue {
  switch (operator) {
    case "+":
      return total(operands, 1);
    case "-":
      return total(operands, -1);
    case "*":
      return product(operands);
    case "/":
      return quotient(operands);
    case "@":
      return inner(operands);
    default:
      return unknownValue(operands.node, operands.statement);
  }
}

function total({ left, right, node, statement }: Operands, sign: 1 | -1): TrainingValue {
  if (left.kind !== "terms" || right.kind !== "terms") return unknownValue(node, statement);
  const added = sign === 1 ? right : negated(right);
  return added.kind === "terms"
    ? { kind: "terms", terms: [...left.terms, ...added.terms] }
    : unknownValue(node, statement);
}

export function negated(value: TrainingValue): TrainingValue {
  return mapTerms(value, (term) => ({ ...term, sign: term.sign === 1 ? -1 : 1 }));
}

function product(operands: Operands): TrainingValue {
  const { left, right, leftNode, rightNode, node, statement, isSameText } = operands;
  if (left.kind === "weights" && right.kind === "weights") {
    return isSameText && left.map === "identity"
      ? { ...left, map: "square" }
      : unknownValue(node, statement);
  }
  const isLeft = isKnown(left) && !isCoefficientOf(left, right, rightNode);
  const isRight = isKnown(right) && !isCoefficientOf(right, left, leftNode);
  if (isLeft === isRight) return unknownValue(node, statement);
  return isLeft
    ? scaled(left, { by: rightNode, node, statement })
    : scaled(right, { by: leftNode, node, statement });
}

/** Beside a norm that is computed, or an expression of its own, a name such as `reg` is a λ. */
function isCoefficientOf(value: TrainingValue, other: TrainingValue, by: Expression): boolean {
  if (!isNamedOnly(value)) return false;
  return isKnown(other) ? !isNamedOnly(other) : !isScalar(by);
}

function isNamedOnly(value: TrainingValue): boolean {
  return (
    value.kind === "terms" &&
    value.terms.length > 0 &&
    value.terms.every(
      (term) =>
        isPenalty(term) &&
        term.content.norm.source === "named" &&
        (term.node.kind === "name" || term.node.kind === "attribute"),
    )
  );
}

interface Scaling {
  readonly by: Expression;
  readonly node: Expression;
  readonly statement: Statement | undefined;
  readonly isDivision?: boolean;
}

function scaled(value: TrainingValue, scaling: Scaling): TrainingValue {
  const { by, node, statement, isDivision = false } = scaling;
  if (by.kind === "unary" && by.operator === "-" && by.operand.kind !== "number") {
    const positive = scaled(value, { ...scaling, by: by.operand });
    return positive.kind === "terms" ? negated(positive) : unknownValue(node, statement);
  }
  if (value.kind === "weights") {
    // A tensor of the same shape chooses or weighs entries: the result is no norm any more.
    if (!isScalar(by)) return unknownValue(node, statement);
    return isDivision
      ? { ...value, divisors: [...value.divisors, by] }
      : { ...value, factors: [...value.factors, by] };
  }
  const isOnly = value.kind === "terms" && value.terms.length === 1;
  return mapTerms(value, (term) => ({
    ...term,
    factors: isDivision ? term.factors : [...term.factors, by],
    divisors: isDivision ? [...term.divisors, by] : term.divisors,
    written: isOnly && term.statement === statement ? node : term.written,
  }));
}

/** Whether an expression is one number by its form and names. */
export function isScalar(node: Expression): boolean {
  switch (node.kind) {
    case "number":
      return true;
    case "name":
    case "attribute":
      return isCoefficientName(lastName(node) ?? "");
    case "unary":
      return isScalar(node.operand);
    case "binary":
      return node.operator !== "@" && isScalar(node.left) && isScalar(node.right);
    default:
      return false;
  }
}

function quotient({ left, right, rightNode, node, statement }: Operands): TrainingValue {
  if (!isKnown(left) || isKnown(right)) return unknownValue(node, statement);
  return scaled(left, { by: rightNode, node, statement, isDivision: true });
}

/** `w @ w`, `w.T @ w`. */
function inner({ left, right, node, statement }: Operands): TrainingValue {
  const isSquare =
    left.kind === "weights" &&
    right.kind === "weights" &&
    left.map === "identity" &&
    right.map === "identity" &&
    isSameVector(left, right);
  return isSquare ? normOf(left, "l2squared", { node, statement }) : unknownValue(node, statement);
}

/** True for one vector twice; the product of a matrix with itself is no norm. */
export function isSameVector(a: WeightsValue, b: WeightsValue): boolean {
  const [one, ...more] = a.weights;
  const [other, ...others] = b.weights;
  if (one === undefined || other === undefined || more.length + others.length > 0) return false;
  const names = (node: Expression) =>
    [...expressionsIn(node)].map((part) => lastName(part) ?? part.kind).join(" ");
  const id = lastName(one.node.kind === "subscript" ? one.node.value : one.node) ?? "";
  const isVector = one.evidence === "name" && /^[a-z_]/.test(id);
  return isVector && names(one.node) === names(other.node);
}

interface Written {
  readonly node: Expression;
  readonly statement: Statement | undefined;
}

/** One number of weights, with the coefficients that stood inside of it. */
export function normOf(
  value: WeightsValue,
  kind: NormKind,
  { node, statement }: Written,
  {
    reduction = "sum",
    scale = 1,
  }: { readonly reduction?: "sum" | "mean"; readonly scale?: number } = {},
): TrainingValue {
  const { weights, factors, divisors, blocker } = value;
  const norm: Norm = { kind, reduction, scale, weights, source: "computed", node };
  return mapTerms(termValue(node, { kind: "penalty", norm }, statement, blocker), (term) => ({
    ...term,
    factors,
    divisors,
  }));
}

const SUMS: Readonly<Record<EntryMap, NormKind>> = {
  identity: "signed",
  absolute: "l1",
  square: "l2squared",
  "group square": "l2squared",
  "group norm": "group",
  other: "other",
};

/** `.sum()` and `.mean()`, over all axes or some. */
export function reduced(
  value: TrainingValue,
  reduction: "sum" | "mean",
  leavesAxis: boolean,
  written: Written,
): TrainingValue {
  switch (value.kind) {
    case "weights":
      if (leavesAxis) return { ...value, map: alongAxis(value.map) };
      return normOf(value, SUMS[value.map], written, { reduction });
    case "collection":
      return reducedCollection(value.items, reduction, written);
    case "terms":
      return isKnown(value)
        ? mapTerms(value, (term) => reducedTerm(term, reduction))
        : termValue(written.node, { kind: "unknown", reduction }, written.statement);
  }
}

function alongAxis(map: EntryMap): EntryMap {
  return map === "square" ? "group square" : map === "group norm" ? map : "other";
}

function reducedTerm(term: Term, reduction: Reduction): Term {
  if (term.content.kind === "penalty") return term;
  const { reduction: known } = term.content;
  // One number stays what it is; a sum of something unknown may be a sum of one number.
  if (known === "mean" || known === "sum" || (known === undefined && reduction === "sum")) {
    return term;
  }
  return { ...term, content: { ...term.content, reduction } };
}

function reducedCollection(
  items: readonly TrainingValue[],
  reduction: "sum" | "mean",
  written: Written,
): TrainingValue {
  const terms = items.flatMap((item) => (item.kind === "terms" ? item.terms : []));
  const [only] = items;
  if (items.length === 1 && only?.kind === "weights") {
    return reduced(only, reduction, false, written);
  }
  if (items.some(({ kind }) => kind !== "terms"))
    return unknownValue(written.node, written.statement);
  if (reduction === "sum")
    return { kind: "terms", terms: terms.map((term) => asWhole(term, written)) };
  const meanOf = (term: Term): Term =>
    isPenalty(term)
      ? {
          ...term,
          content: { kind: "penalty", norm: { ...term.content.norm, reduction: "mean" } },
        }
      : reducedTerm(term, "mean");
  return { kind: "terms", terms: terms.map((term) => asWhole(meanOf(term), written)) };
}

/** A norm inside `sum(… for …)` is the whole of it. */
function asWhole(term: Term, { node, statement }: Written): Term {
  if (term.statement !== statement || !isPenalty(term)) return term;
  const norm = { ...term.content.norm, node };
  return { ...term, content: { kind: "penalty", norm }, node, written: node };
}

const ABSOLUTE: Readonly<Record<EntryMap, EntryMap>> = {
  identity: "absolute",
  absolute: "absolute",
  square: "square",
  "group square": "group square",
  "group norm": "group norm",
  other: "other",
};

/** A function of every entry, or of the one number. */
export function mapped(
  value: TrainingValue,
  map: "abs" | "square" | "sqrt" | "other",
  written: Written,
): TrainingValue {
  const unknown = unknownValue(written.node, written.statement);
  if (value.kind === "weights") return { ...value, map: mappedEntry(value.map, map) };
  if (value.kind !== "terms") return unknown;
  const [term, ...others] = value.terms;
  if (term === undefined || others.length > 0 || !isPenalty(term)) return unknown;
  const isPlain = term.factors.length + term.divisors.length === 0 && term.sign === 1;
  const { norm } = term.content;
  const kind = isPlain ? mappedNorm(norm.kind, map) : "other";
  const content = { kind: "penalty", norm: { ...norm, kind, node: written.node } } as const;
  return {
    kind: "terms",
    terms: [
      {
        ...term,
        factors: [],
        divisors: [],
        sign: 1,
        content,
        node: written.node,
        written: written.node,
      },
    ],
  };
}

function mappedEntry(entry: EntryMap, map: "abs" | "square" | "sqrt" | "other"): EntryMap {
  if (map === "abs") return ABSOLUTE[entry];
  if (map === "square") return entry === "identity" || entry === "absolute" ? "square" : "other";
  if (map === "sqrt" && entry === "group square") return "group norm";
  return map === "sqrt" && entry === "square" ? "absolute" : "other";
}

function mappedNorm(kind: NormKind, map: "abs" | "square" | "sqrt" | "other"): NormKind {
  if (map === "abs") return kind === "signed" ? "other" : kind;
  if (map === "square") return kind === "l2" ? "l2squared" : kind === "unknown" ? kind : "other";
  if (map === "sqrt" && kind === "l2squared") return "l2";
  return "other";
}
