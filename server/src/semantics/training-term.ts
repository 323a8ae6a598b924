import type { Span } from "../../../core/protocol/span.ts";
import type { Expression, ForStatement, Statement, WhileStatement } from "../syntax/python/ast.ts";

/** Weights that a penalty reads. */
export interface Weights {
  /**
   * `model` for `net.parameters()`, whose `node` is `net`; `tensor` for one array, whose `node` is
   * the array as written.
   */
  readonly coverage: "model" | "tensor";
  readonly node: Expression;
  /** `name`: only the name says that the array holds weights. */
  readonly evidence: "parameters" | "name";
  /** True where a condition chooses among the parameters. */
  readonly isFiltered: boolean;
}

export type NormKind =
  /** Σ|w| */
  | "l1"
  /** √Σw² */
  | "l2"
  /** Σw² */
  | "l2squared"
  /** Σw */
  | "signed"
  /** A norm of norms, as in the group lasso. */
  | "group"
  /** Some other function of weights alone. */
  | "other"
  /** Not computed in sight. */
  | "unknown";

/** One number that depends on weights alone. */
export interface Norm {
  readonly kind: NormKind;
  /** Over the entries of the weights. */
  readonly reduction: "sum" | "mean";
  /** A constant that the function itself brings: ½ for `tf.nn.l2_loss`. */
  readonly scale: number;
  /** Empty where the norm is not computed in sight. */
  readonly weights: readonly Weights[];
  /** `named`: only a name says so, as `l2(net)`; `layers`: the penalties of Keras's layers. */
  readonly source: "computed" | "named" | "layers";
  /** The expression that makes one number of the weights. */
  readonly node: Expression;
}

/** Where the gradient of a value ends: `.item()`, `torch.no_grad()`, … */
export interface Blocker {
  /** As a reader knows it: `.item()`. */
  readonly name: string;
  /** The value that is cut off, and the whole of what cuts; the same for a statement. */
  readonly inner: Span;
  readonly outer: Span;
  /** `with torch.no_grad():` around the value. */
  readonly statement: Statement | undefined;
}

export type Reduction = "sum" | "mean" | "none";

export type TermContent =
  | { readonly kind: "penalty"; readonly norm: Norm }
  /** A loss that reads the data; the reduction where it is known. */
  | { readonly kind: "data"; readonly reduction: Reduction | undefined }
  | { readonly kind: "unknown"; readonly reduction: Reduction | undefined };

export type Loop = ForStatement | WhileStatement;

/** One addend of a loss: sign · Π factors / Π divisors · node. */
export interface Term {
  readonly content: TermContent;
  readonly sign: 1 | -1;
  readonly factors: readonly Expression[];
  readonly divisors: readonly Expression[];
  /** What is scaled, as written. */
  readonly node: Expression;
  /** The addend with its sign left out and its coefficients, as far as they stand in one place. */
  readonly written: Expression;
  /** Where it is written. */
  readonly statement: Statement | undefined;
  readonly blocker: Blocker | undefined;
  /** True where another branch leaves it out. */
  readonly isConditional: boolean;
  /** Loops around the addition that the use is not in. */
  readonly loops: readonly Loop[];
}

/** What has been done to each entry of the weights. */
export type EntryMap = "identity" | "absolute" | "square" | "group square" | "group norm" | "other";

/** What an expression is, as far as losses are concerned. */
export type TrainingValue =
  | {
      readonly kind: "weights";
      readonly map: EntryMap;
      readonly weights: readonly Weights[];
      readonly factors: readonly Expression[];
      readonly divisors: readonly Expression[];
      readonly blocker: Blocker | undefined;
    }
  | { readonly kind: "collection"; readonly items: readonly TrainingValue[] }
  | { readonly kind: "terms"; readonly terms: readonly Term[] };

export type WeightsValue = Extract<TrainingValue, { kind: "weights" }>;

export const NOTHING: TrainingValue = { kind: "terms", terms: [] };

export function weightsValue(weights: Weights, blocker?: Blocker): WeightsValue {
  return {
    kind: "weights",
    map: "identity",
    weights: [weights],
    factors: [],
    divisors: [],
    blocker,
  };
}

export function termValue(
  node: Expression,
  content: TermContent,
  statement: Statement | undefined,
  blocker?: Blocker,
): TrainingValue {
  const term: Term = {
    content,
    sign: 1,
    factors: [],
    divisors: [],
    node,
    written: node,
    statement,
    blocker,
    isConditional: false,
    loops: [],
  };
  return { kind: "terms", terms: [term] };
}

/** A value of which nothing is known but that it is written there. */
export const unknownValue = (node: Expression, statement: Statement | undefined): TrainingValue =>
  termValue(node, { kind: "unknown", reduction: undefined }, statement);

export const isPenalty = (
  term: Term,
): term is Term & { readonly content: Extract<TermContent, { kind: "penalty" }> } =>
  term.content.kind === "penalty";

/** True where a value holds weights, a penalty or a loss. */
export function isKnown(value: TrainingValue): boolean {
  switch (value.kind) {
    case "weights":
      return true;
    case "collection":
      return value.items.some(isKnown);
    case "terms":
      return value.terms.some(({ content }) => content.kind !== "unknown");
  }
}

/** The same value with each of its terms changed. */
export function mapTerms(value: TrainingValue, change: (term: Term) => Term): TrainingValue {
  switch (value.kind) {
    case "weights":
      return value;
    case "collection":
      return { kind: "collection", items: value.items.map((item) => mapTerms(item, change)) };
    case "terms":
      return { kind: "terms", terms: value.terms.map(change) };
  }
}

/** The value behind something that ends the gradient; the first end is what a reader sees. */
export function blocked(value: TrainingValue, blocker: Blocker): TrainingValue {
  if (value.kind === "weights") return { ...value, blocker: value.blocker ?? blocker };
  if (value.kind === "collection") {
    return { kind: "collection", items: value.items.map((item) => blocked(item, blocker)) };
  }
  return mapTerms(value, (term) => ({ ...term, blocker: term.blocker ?? blocker }));
}

/** A penalty of which only a name tells. */
export function namedPenalty(
  node: Expression,
  kind: "l1" | "l2" | "unknown",
  statement: Statement | undefined,
  source: "named" | "layers" = "named",
): TrainingValue {
  const norm = { kind, reduction: "sum", scale: 1, weights: [], source, node } as const;
  return termValue(node, { kind: "penalty", norm }, statement);
}
