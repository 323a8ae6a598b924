import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import { itemAt, labelAt } from "./item-at.ts";
import type { PointSet } from "./points/point-set.ts";
import { tabSeparated } from "./table-content.ts";

/** One vector and how well its true partner is found from it. */
export interface PairRow {
  readonly key: string;
  readonly row: number;
  readonly modality: string;
  /** Where the partner is sought; of the worst, where it ranks last. Empty without a partner. */
  readonly partner: string;
  /** 1 is best; NaN where the partner is missing or was not ranked. */
  readonly rank: number;
  readonly cosine: number;
}

export const PAIR_COLUMNS = ["caption", "class", "modality", "rank", "cosine"] as const;
export type PairColumn = (typeof PAIR_COLUMNS)[number];

export interface PairSort {
  readonly column: PairColumn;
  readonly isDescending: boolean;
}

/** All ranked pairs of one direction. */
export function rankedPairRows(
  view: EmbeddingView,
  pairing: number,
  hiddenClasses: readonly string[] = [],
): PairRow[] {
  const pairs = view.pairs[pairing];
  if (pairs === undefined) return [];
  const { from, to, ranks, cosines } = pairs;
  return [...ranks.keys()]
    .filter((row) => Number.isFinite(ranks[row]) && !hiddenClasses.includes(labelAt(view, row)))
    .map((row) => ({
      key: `${from} ${row}`,
      row,
      modality: from,
      partner: to,
      rank: ranks[row] ?? Number.NaN,
      cosine: cosines[row] ?? Number.NaN,
    }));
}

/** One row for each point; of several partners the one that ranks last. */
export function selectedPairRows(
  view: EmbeddingView,
  { rows, clouds, modalities }: PointSet,
  selected: Int32Array,
): PairRow[] {
  const directions = modalities.map((name) => view.pairs.filter(({ from }) => from === name));
  return Array.from(selected, (index) => {
    const row = rows[index] ?? -1;
    const cloud = clouds[index] ?? 0;
    const matches = (directions[cloud] ?? []).map(({ to, ranks, cosines }) => ({
      partner: to,
      rank: ranks[row] ?? Number.NaN,
      cosine: cosines[row] ?? Number.NaN,
    }));
    const found = matches.filter(({ cosine }) => Number.isFinite(cosine));
    const [worst] = found.toSorted((a, b) => orderOf(b.rank) - orderOf(a.rank));
    const modality = modalities[cloud] ?? "";
    const none = { partner: "", rank: Number.NaN, cosine: Number.NaN };
    return { key: `${modality} ${row}`, row, modality, ...(worst ?? none) };
  });
}

/** What was not ranked counts as better than what was. */
function orderOf(rank: number): number {
  return Number.isNaN(rank) ? 0 : rank;
}

/** Rows without a value come last either way; equal ones by the lower cosine, then by the item. */
export function sortPairRows(
  view: EmbeddingView,
  rows: readonly PairRow[],
  { column, isDescending }: PairSort,
): PairRow[] {
  const side = isDescending ? -1 : 1;
  const rest = (a: PairRow, b: PairRow): number =>
    a.cosine - b.cosine || a.row - b.row || a.modality.localeCompare(b.modality);
  if (column === "rank" || column === "cosine") {
    const [known, unknown] = [
      rows.filter((row) => Number.isFinite(row[column])),
      rows.filter((row) => !Number.isFinite(row[column])),
    ];
    return [
      ...known.sort((a, b) => side * (a[column] - b[column]) || rest(a, b)),
      ...unknown.sort((a, b) => a.row - b.row),
    ];
  }
  const texts = new Map(rows.map((row) => [row.key, textOf(view, row, column)]));
  const collator = new Intl.Collator("en", { numeric: true });
  return rows.toSorted(
    (a, b) => side * collator.compare(texts.get(a.key) ?? "", texts.get(b.key) ?? "") || rest(a, b),
  );
}

function textOf(
  view: EmbeddingView,
  row: PairRow,
  column: "caption" | "class" | "modality",
): string {
  if (column === "caption") return itemAt(view, row.row).caption;
  return column === "class" ? labelAt(view, row.row) : `${row.modality} ${row.partner}`;
}

/** Tab-separated, in full precision, with what the figures mean in the first line. */
export function pairRowsText(view: EmbeddingView, rows: readonly PairRow[]): string {
  return tabSeparated([
    ["row", "caption", "class", "modality", "partner", "rank of partner", "cosine"],
    ...rows.map(({ row, modality, partner, rank, cosine }) => {
      const { caption, label } = itemAt(view, row);
      const plain = caption.replaceAll(/[\t\r\n]+/g, " ");
      return [row, plain, label, modality, partner, figure(rank), figure(cosine)];
    }),
  ]);
}

function figure(value: number): string | number {
  return Number.isFinite(value) ? value : "";
}
