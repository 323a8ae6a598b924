import type {
  LayerDifference,
  LayerRow,
  OtherWeights,
  WeightsDifference,
} from "../../../core/protocol/panel/weights.ts";
import type { PanelState } from "../store/panel-state.ts";
import { totalsOf } from "./layer-table.ts";

/** A tensor of the run that is compared with. */
export interface ComparedLayer {
  readonly other: LayerRow;
  /** Absent until the values have been read. */
  readonly values?: LayerDifference;
}

/** What the weights at the step in sight are compared with. */
export interface WeightComparison {
  readonly byLayer: ReadonlyMap<string, ComparedLayer>;
  /** Why a layer of this run has none. */
  readonly unmatched: ReadonlyMap<string, string>;
}

const NOTHING: WeightComparison = { byLayer: new Map(), unmatched: new Map() };

/** Key of the run that the reader chose and that is still shown. */
export function referenceKey({ settings, others }: PanelState): string | undefined {
  return others.some(({ key }) => key === settings.reference) ? settings.reference : undefined;
}

/** The difference from the chosen run at the step in sight; none while it is being made. */
export function currentDifference(state: PanelState): WeightsDifference | undefined {
  const { difference, weights } = state;
  const isCurrent =
    difference !== undefined &&
    difference.other === referenceKey(state) &&
    difference.step === weights?.step;
  return isCurrent ? difference : undefined;
}

export function weightComparison(difference: WeightsDifference | undefined): WeightComparison {
  if (difference === undefined) return NOTHING;
  const values = new Map(difference.values.map((found) => [found.layer, found]));
  const byLayer = difference.layers.map((other) => {
    const found = values.get(other.layer);
    return [other.layer, found === undefined ? { other } : { other, values: found }] as const;
  });
  return {
    byLayer: new Map(byLayer),
    unmatched: new Map(difference.unmatched.map(({ layer, reason }) => [layer, reason])),
  };
}

/** The weights to be subtracted from a layer's; nothing where it has no match. */
export function subtrahend(
  difference: WeightsDifference | undefined,
  layer: string,
): OtherWeights | undefined {
  if (difference === undefined) return undefined;
  const isMatched = difference.layers.some((row) => row.layer === layer);
  return isMatched ? { other: difference.other, step: difference.otherStep } : undefined;
}

/**
 * All matched layers of a group taken as one tensor: counts and squares add up. Values are there once
 * those of all of them are. `undefined` where none matches.
 */
export function comparedGroup(
  rows: readonly LayerRow[],
  { byLayer }: WeightComparison,
): { readonly row: LayerRow; readonly compared: ComparedLayer } | undefined {
  const pairs = rows.flatMap((row) => {
    const compared = byLayer.get(row.layer);
    return compared === undefined ? [] : [{ row, ...compared }];
  });
  const [first] = pairs;
  if (first === undefined) return undefined;
  const row = joined(pairs.map((pair) => pair.row));
  const other = joined(pairs.map((pair) => pair.other));
  const found = pairs.flatMap(({ values }) => values ?? []);
  if (found.length < pairs.length) return { row, compared: { other } };
  const values = {
    layer: first.row.layer,
    distance: Math.sqrt(sum(found.map(({ distance }) => distance ** 2))),
    maxAbs: largest(found.map(({ maxAbs }) => maxAbs)),
    zerosGained: sum(found.map(({ zerosGained }) => zerosGained)),
    zerosLost: sum(found.map(({ zerosLost }) => zerosLost)),
    nonFinite: sum(found.map(({ nonFinite }) => nonFinite)),
  };
  return { row, compared: { other, values } };
}

function joined(rows: readonly LayerRow[]): LayerRow {
  const totals = totalsOf(rows);
  return {
    layer: "",
    shape: [totals.count],
    count: totals.count,
    zeros: sum(rows.map(({ zeros }) => zeros)),
    nonFinite: totals.nonFinite,
    l1: totals.l1,
    l2: totals.l2,
    maxAbs: largest(rows.map(({ maxAbs }) => maxAbs)),
    histogram: { edges: [0], counts: [] },
  };
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** ‖A − B‖₂/‖B‖₂: 0 for no distance, ∞ where B is zero and A is not. */
export function relativeDistance({ other, values }: ComparedLayer): number | undefined {
  if (values === undefined) return undefined;
  return values.distance === 0 ? 0 : values.distance / other.l2;
}
