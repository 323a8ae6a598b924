import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import { formatSize } from "./number-format.ts";

/** Sums over the layers of one group; norms are those of all their weights together. */
export interface LayerTotals {
  readonly layers: number;
  readonly count: number;
  readonly penalised: number;
  /** Exact zeros among the penalised weights. */
  readonly zeros: number;
  readonly l1: number;
  readonly l2: number;
  readonly deadUnits: number;
  readonly nonFinite: number;
}

export interface LayerGroup {
  /** First part of the names; empty for names of one part. */
  readonly name: string;
  readonly rows: readonly LayerRow[];
  readonly totals: LayerTotals;
}

/** Part of a name before the first dot or slash, `image` of `image.0.weight`, `dense` of `dense/kernel:0`. */
export function groupOf(layer: string): string {
  const end = layer.search(/[./]/);
  return end > 0 ? layer.slice(0, end) : "";
}

/** Name inside its group, `0.weight` of `image.0.weight`. */
export function nameInGroup(layer: string): string {
  const group = groupOf(layer);
  return group === "" ? layer : layer.slice(group.length + 1);
}

/** Groups in the order in which the model lists their first layer. */
export function groupLayers(layers: readonly LayerRow[]): LayerGroup[] {
  const groups = new Map<string, LayerRow[]>();
  for (const row of layers) {
    const name = groupOf(row.layer);
    const rows = groups.get(name);
    if (rows === undefined) groups.set(name, [row]);
    else rows.push(row);
  }
  return [...groups].map(([name, rows]) => ({ name, rows, totals: totalsOf(rows) }));
}

/** Layers whose full name holds every word of `filter`, upper and lower case alike. */
export function filterLayers(layers: readonly LayerRow[], filter: string): readonly LayerRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return layers;
  return layers.filter(({ layer }) => {
    const name = layer.toLowerCase();
    return words.every((word) => name.includes(word));
  });
}

/** True as well where nobody knows: what is not known is no reason to leave a tensor out. */
export function isPenalised(row: LayerRow): boolean {
  return row.penalty !== "";
}

/** ‖w‖₁ adds up over tensors, ‖w‖₂ as the root of the sum of squares. */
export function totalsOf(rows: readonly LayerRow[]): LayerTotals {
  const penalised = rows.filter(isPenalised);
  return {
    layers: rows.length,
    count: sum(rows, (row) => row.count),
    penalised: sum(penalised, (row) => row.count),
    zeros: sum(penalised, (row) => row.zeros),
    l1: sum(rows, (row) => row.l1),
    l2: Math.sqrt(sum(rows, (row) => row.l2 ** 2)),
    deadUnits: sum(rows, (row) => row.deadUnits ?? 0),
    nonFinite: sum(rows, (row) => row.nonFinite),
  };
}

/** 0..1; NaN for an empty tensor. */
export function zeroFraction(row: LayerRow): number {
  return row.zeros / row.count;
}

/** ‖W‖_F² / σ₁²; `undefined` without a spectrum or for a matrix of zeros. */
export function stableRank(spectrum: readonly number[] | undefined): number | undefined {
  const largest = spectrum?.[0];
  if (spectrum === undefined || largest === undefined || !(largest > 0)) return undefined;
  return sum(spectrum, (value) => (value / largest) ** 2);
}

/** σ₁/σ_min, "∞" below full rank; `undefined` without a spectrum. */
export function conditionText({ rank, condition }: LayerRow): string | undefined {
  if (rank === undefined) return undefined;
  return condition === undefined ? "∞" : formatSize(condition);
}

/** The layer to show when the reader has chosen none: the largest penalised one. */
export function largestLayer(layers: readonly LayerRow[]): LayerRow | undefined {
  const candidates = layers.some(isPenalised) ? layers.filter(isPenalised) : layers;
  return candidates.reduce<LayerRow | undefined>(
    (best, row) => (best === undefined || row.count > best.count ? row : best),
    undefined,
  );
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
