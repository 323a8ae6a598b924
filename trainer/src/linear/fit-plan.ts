import { type Design, paddedColumns } from "./design.ts";
import { fillGaps } from "./fill-gaps.ts";
import type { Fold } from "./folds.ts";
import { emptyMoments, type Moments, type MomentsRequest, meansOf } from "./moments.ts";
import type { SolverPool } from "./solver-pool.ts";

/** Shares of a block's moments, so that threads end together. */
const SHARES = 2;

/** Where the moments of one fit lie: training part = `plus` without `minus`. */
export interface PlannedFit {
  /** Features without gaps; those that were missing are means of the training part. */
  readonly design: Design;
  readonly plus: readonly Moments[];
  readonly minus: readonly Moments[];
  readonly held?: Moments;
  readonly shiftX: Float64Array;
  readonly shiftY: Float64Array;
}

export interface FitPlan {
  /** One a fold. */
  readonly folds: readonly PlannedFit[];
  /** On all rows that λ is chosen for. */
  readonly final: PlannedFit;
}

/**
 * Computes the moments that all fits of a cross-validation need, each row once: those of a training
 * part are the total without the fold. With gaps in the features every fit has its own moments, since
 * what fills the gaps is fitted on its training part.
 */
export async function planFits(
  pool: SolverPool,
  design: Design,
  folds: readonly Fold[],
  final: Int32Array,
): Promise<FitPlan> {
  if (design.x.some(Number.isNaN)) {
    const planned: PlannedFit[] = [];
    for (const fold of folds) planned.push(await planAlone(pool, design, fold));
    const none = new Int32Array(0);
    return { folds: planned, final: await planAlone(pool, design, { train: final, held: none }) };
  }
  const blocks = blocksOf(folds, final);
  const shift = meansOf(design, final);
  const moments = await momentsOf(
    pool,
    design,
    blocks.map(({ rows }) => rows),
    shift,
  );
  const inFinal = moments.filter((_, index) => blocks[index]?.isFinal === true);
  const total = sumOf(design, inFinal);
  const base = { design, shiftX: shift.x, shiftY: shift.y };
  return {
    folds: folds.map((_, fold) => {
      const roles = blocks.map(({ roles }) => roles[fold]);
      const train = moments.filter((_moments, index) => roles[index] === "train");
      const rest = inFinal.filter((block) => !train.includes(block));
      const isNear = rest.length < train.length && train.every((block) => inFinal.includes(block));
      const held = moments.filter((_moments, index) => roles[index] === "held");
      return {
        ...base,
        plus: isNear ? [total] : train,
        minus: isNear ? rest : [],
        held: sumOf(design, held),
      };
    }),
    final: { ...base, plus: [total], minus: [] },
  };
}

type Role = "train" | "held" | "none";

/** Rows that play the same part in every fold. */
interface Block {
  readonly roles: readonly Role[];
  readonly isFinal: boolean;
  readonly rows: Int32Array;
}

function blocksOf(folds: readonly Fold[], final: Int32Array): readonly Block[] {
  const last = Math.max(
    -1,
    ...[final, ...folds.flatMap(({ train, held }) => [train, held])].map(
      (rows) => rows.at(-1) ?? -1,
    ),
  );
  const codes = Array.from({ length: last + 1 }, () => "");
  const mark = (rows: Int32Array, letter: string) => {
    for (const row of rows) codes[row] += letter;
  };
  const letters = (fold: number) => ({ train: `t${fold},`, held: `h${fold},` });
  mark(final, "f,");
  folds.forEach(({ train, held }, fold) => {
    mark(train, letters(fold).train);
    mark(held, letters(fold).held);
  });
  const rowsByCode = new Map<string, number[]>();
  codes.forEach((code, row) => {
    if (code === "") return;
    const rows = rowsByCode.get(code);
    if (rows === undefined) rowsByCode.set(code, [row]);
    else rows.push(row);
  });
  return [...rowsByCode].map(([code, rows]) => {
    const parts = new Set(code.split(","));
    return {
      rows: Int32Array.from(rows),
      isFinal: parts.has("f"),
      roles: folds.map((_, fold) =>
        parts.has(`t${fold}`) ? "train" : parts.has(`h${fold}`) ? "held" : "none",
      ),
    };
  });
}

async function planAlone(pool: SolverPool, design: Design, fold: Fold): Promise<PlannedFit> {
  const filled = fillGaps(design, fold.train);
  const shift = meansOf(filled, fold.train);
  const [train, held] = await momentsOf(pool, filled, [fold.train, fold.held], shift);
  return {
    design: filled,
    plus: train === undefined ? [] : [train],
    minus: [],
    ...(held === undefined || held.rows === 0 ? {} : { held }),
    shiftX: shift.x,
    shiftY: shift.y,
  };
}

/** Moments of each of `blocks`, shared out over the threads by panels of columns. */
async function momentsOf(
  pool: SolverPool,
  design: Design,
  blocks: readonly Int32Array[],
  shift: MomentsRequest["shift"],
): Promise<readonly Moments[]> {
  const panels = paddedColumns(design.columns) / 4;
  const shares = pool.threads > 1 ? SHARES : 1;
  // A share of the triangle above the diagonal, not of its rows.
  const ends = Array.from({ length: shares + 1 }, (_, share) =>
    Math.round(panels * (1 - Math.sqrt(1 - share / shares))),
  );
  const moments = blocks.map((rows) => emptyMoments(design, rows.length));
  const tasks = blocks.flatMap((rows, index) =>
    Array.from({ length: shares }, (_, share): MomentsRequest | undefined => {
      const into = moments[index];
      const [first = 0, last = 0] = ends.slice(share, share + 2);
      return into === undefined || last === first
        ? undefined
        : { type: "moments", design, rows, shift, first, last, into };
    }).filter((task) => task !== undefined),
  );
  await pool.run<"moments">(tasks);
  return moments;
}

function sumOf(design: Design, parts: readonly Moments[]): Moments {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const total = emptyMoments(design, rows);
  for (const part of parts) {
    for (const field of ["sum", "sumY", "squareY", "cross", "gram"] as const) {
      addTo(total[field], part[field]);
    }
  }
  return total;
}

function addTo(into: Float64Array, values: Float64Array): void {
  for (let at = 0; at < into.length; at++) into[at] = (into[at] ?? 0) + (values[at] ?? 0);
}
