import type {
  Convention,
  DataLoss,
  DecaySide,
  PenaltySide,
  Quantities,
  Quantity,
  Terms,
  Values,
} from "./convention.ts";

/** What the numbers of one convention are in another. */
export type Conversion =
  | {
      readonly kind: "exact";
      readonly values: Values;
      /** The one loss for which both objectives are the same; `any` where it does not matter. */
      readonly loss: DataLoss;
      /** Numbers that it was computed with. */
      readonly used: readonly Quantity[];
    }
  | { readonly kind: "needs"; readonly quantities: readonly Quantity[] }
  /** There is none; `why` is a sentence. */
  | { readonly kind: "none"; readonly why: string };

const none = (why: string): Conversion => ({ kind: "none", why });

/**
 * Converts numbers between two conventions where that is exact, and says why not elsewhere.
 *
 * Exact means: the same objective (for weights that both fall on), or the same shrinkage beside
 * each step. Numbers that are negative, infinite or NaN are not converted.
 */
export function convert(
  from: Convention,
  values: Values,
  to: Convention,
  known: Quantities,
): Conversion {
  if (!Object.values(values).every((value) => value >= 0 && Number.isFinite(value))) {
    return none("The numbers are outside of their range.");
  }
  const attempts: Conversion[] = [];
  if (from.penalty !== undefined && to.penalty !== undefined) {
    attempts.push(penaltyToPenalty(from.penalty, values, to.penalty, known));
  }
  if (isDecay(from.decay) && isDecay(to.decay)) {
    attempts.push(decayToDecay(from.decay, values, to.decay, known));
  }
  if (from.leaf !== undefined && to.leaf !== undefined) {
    const converted = to.leaf.values(from.leaf.terms(values));
    attempts.push({ kind: "exact", values: converted, loss: "any", used: [] });
  }
  return (
    attempts.find(({ kind }) => kind === "exact") ??
    attempts.find(({ kind }) => kind === "needs") ??
    attempts[0] ??
    none(differentKinds(from, to))
  );
}

/** A penalty that is a decay without momentum stays one of SGD's; Adam's step is another. */
function isDecay(side: DecaySide | undefined): side is DecaySide {
  return side !== undefined && side.needs?.includes("momentum") !== true;
}

function differentKinds(from: Convention, to: Convention): string {
  if (from.leaf !== undefined || to.leaf !== undefined) {
    return "One penalises the leaves of trees, the other weights.";
  }
  const isRescaled = from.isRescaled === true || to.isRescaled === true;
  return isRescaled
    ? "One is a penalty whose gradient is rescaled by the optimizer, the other shrinks weights beside the step: no number makes them the same."
    : "One is a penalty in the loss, the other shrinks weights beside the step: they agree for SGD without momentum only.";
}

function missing(known: Quantities, needed: readonly Quantity[]): readonly Quantity[] {
  return [...new Set(needed)].filter((quantity) => known[quantity] === undefined);
}

function settled(
  values: Values | undefined,
  loss: DataLoss,
  used: readonly Quantity[],
  why: string,
): Conversion {
  return values !== undefined && Object.values(values).every(Number.isFinite)
    ? { kind: "exact", values, loss, used: [...new Set(used)] }
    : none(why);
}

function decayToDecay(
  from: DecaySide,
  values: Values,
  to: DecaySide,
  known: Quantities,
): Conversion {
  const used = [...(from.needs ?? []), ...(to.needs ?? [])];
  const open = missing(known, used);
  if (open.length > 0) return { kind: "needs", quantities: open };
  const decay = from.decay(values, known);
  const converted = decay === undefined ? undefined : to.values(decay, known);
  return settled(converted, "any", used, "It cannot express this decay.");
}

function penaltyToPenalty(
  from: PenaltySide,
  values: Values,
  to: PenaltySide,
  known: Quantities,
): Conversion {
  const loss = commonLoss(from.loss, to.loss);
  if (loss === undefined) return none("They stand beside different data losses.");
  const intercepts = [from.intercept, to.intercept];
  if (intercepts.includes("free") && intercepts.includes("penalised")) {
    return none("One penalises the intercept, the other does not.");
  }
  const used = [...(from.needs ?? []), ...(to.needs ?? []), ...scalesBetween(from.over, to.over)];
  const open = missing(known, used);
  if (open.length > 0) return { kind: "needs", quantities: open };
  const terms = from.terms(values, known);
  if (terms === undefined) return none("With momentum it is no penalty.");
  const scaled = rescaled(terms, summands(to.over, known) / summands(from.over, known));
  return settled(to.values(scaled, known), loss, used, "It cannot express these terms.");
}

function commonLoss(a: DataLoss, b: DataLoss): DataLoss | undefined {
  if (a === "any" || a === b) return b;
  return b === "any" ? a : undefined;
}

const SCALE: Readonly<Record<PenaltySide["over"], readonly Quantity[]>> = {
  mean: [],
  samples: ["samples"],
  batch: ["batchSize"],
};

function scalesBetween(from: PenaltySide["over"], to: PenaltySide["over"]): readonly Quantity[] {
  return from === to ? [] : [...SCALE[from], ...SCALE[to]];
}

/** How many losses are added up, a mean counted as one. */
function summands(over: PenaltySide["over"], known: Quantities): number {
  if (over === "mean") return 1;
  return (over === "samples" ? known.samples : known.batchSize) ?? 1;
}

function rescaled({ l1, l2 }: Terms, factor: number): Terms {
  return { l1: l1 * factor, l2: l2 * factor };
}
