import type { Expression, Statement } from "../syntax/python/ast.ts";
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
