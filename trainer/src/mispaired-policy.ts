import type { Pairing } from "../../core/experiment/experiment.ts";
import { finiteRows, spreadRows } from "../../core/measures/unit-rows.ts";
import { probePairs } from "./alignment/probe-pairs.ts";
import { fitScaling } from "./alignment/scaling.ts";
import type { Dataset, ModalityData } from "./dataset.ts";
import type { Dense } from "./linear-algebra/products.ts";
import { modalityMatrix } from "./modality-matrix.ts";
import type { Values } from "./procedure.ts";
import type { Split } from "./split.ts";

/** Rows that are enough to report a share; all are looked at where suspects are to be dropped. */
const REPORTED_ROWS = 400;

export interface MispairedHandled {
  readonly split: Split;
  /**
   * `data/mispaired/<a>_<b>`: estimated share of training rows that are paired with a stranger;
   * `data/below_chance/<a>_<b>`: share whose partner ranks below chance; `data/scale/<modality>`: root
   * mean square of its centred numbers.
   */
  readonly values: Values;
  readonly notes: readonly string[];
}

/**
 * Looks for training rows whose modalities do not belong together, over all pairs of `names`, and
 * drops the suspects from the training part where the experiment says so. See {@link probePairs}.
 *
 * Validation and test parts are never touched: a figure on a cleaned test part would flatter.
 */
export function handleMispaired(
  dataset: Dataset,
  split: Split,
  names: readonly string[],
  policy: Pairing["mispaired_policy"],
  seed: number,
): MispairedHandled {
  if (policy === "ignore") return { split, values: {}, notes: [] };
  const used = names.flatMap(
    (name) => dataset.modalities.find((modality) => modality.name === name) ?? [],
  );
  const places = spreadRows(split.train.length, REPORTED_ROWS);
  const rows =
    policy === "drop" ? split.train : Int32Array.from(places, (place) => split.train[place] ?? 0);
  const scaled = used.flatMap((modality) => centred(modality, rows));
  const values: Record<string, number> = {};
  const notes: string[] = [];
  const suspects = new Set<number>();
  for (const { name, spread } of scaled) values[`data/scale/${name}`] = spread;
  notes.push(...scaleNote(scaled));
  for (const [a, b] of pairsOf(scaled)) {
    const found = probePairs(a.matrix, b.matrix, seed);
    if (found.ranked === 0) continue;
    values[`data/below_chance/${a.name}_${b.name}`] = found.belowChance;
    values[`data/mispaired/${a.name}_${b.name}`] = found.estimate;
    for (const place of found.suspects) suspects.add(rows[place] ?? -1);
    notes.push(
      `${a.name} and ${b.name}: the partners of ${percent(found.belowChance)} of ${found.ranked} training rows rank below chance, so about ${percent(found.estimate)} may be paired with a stranger`,
    );
  }
  if (policy === "report") return { split, values, notes };
  const train = split.train.filter((row) => !suspects.has(row));
  notes.push(`${suspects.size} of ${split.train.length} training rows are left out for it`);
  return { split: { ...split, train }, values, notes };
}

interface Centred {
  readonly name: string;
  readonly spread: number;
  readonly matrix: Dense;
}

/** Nothing where none of the rows has the modality without gaps. */
function centred(modality: ModalityData, rows: Int32Array): Centred[] {
  const { name } = modality;
  const matrix = modalityMatrix(modality, rows);
  if (finiteRows(matrix).length === 0) return [];
  const scaling = fitScaling(matrix, "center");
  return [{ name, spread: scaling.spread, matrix: scaling.apply(matrix) }];
}

function pairsOf(scaled: readonly Centred[]): (readonly [Centred, Centred])[] {
  return scaled.flatMap((a, index) => scaled.slice(index + 1).map((b) => [a, b] as const));
}

/** Says so where one modality's numbers are much larger than another's. */
function scaleNote(scaled: readonly Centred[]): string[] {
  const known = scaled.filter(({ spread }) => spread > 0);
  const sorted = known.toSorted((a, b) => a.spread - b.spread);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined || least === most) return [];
  const ratio = most.spread / least.spread;
  return [
    `Scales: ${known.map(({ name, spread }) => `${name} ${spread.toPrecision(3)}`).join(", ")} (root mean square of centred numbers); the largest is ${ratio.toPrecision(3)} times the smallest`,
  ];
}

function percent(share: number): string {
  return `${(100 * share).toPrecision(3)} %`;
}
