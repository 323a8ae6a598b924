import { alignment } from "../../core/measures/alignment.ts";
import { linearCka } from "../../core/measures/linear-cka.ts";
import type { Matrix } from "../../core/measures/matrix.ts";
import { modalityGap } from "../../core/measures/modality-gap.ts";
import { retrieval } from "../../core/measures/retrieval.ts";
import { uniformity } from "../../core/measures/uniformity.ts";

/**
 * Metrics of paired embeddings, rows that lack a modality being NaN, by name without the part.
 *
 * `recall@1/image_to_text`, `mrr/…`, `median_rank/…` and so on for both directions of every pair;
 * `modality_gap/image_text`, `alignment/image_text`, `cka/image_text` and `pairs/image_text` for every
 * pair, the last being the number of pairs that were ranked, so that recall@k by luck is k over it; `uniformity/image` for every modality.
 * The three measures without a name behind them are the means over those. A single modality has
 * only its uniformity.
 */
export function alignmentMetrics(
  embeddings: ReadonlyMap<string, Matrix>,
): Readonly<Record<string, number>> {
  const values: Record<string, number> = {};
  const gaps: number[] = [];
  const alignments: number[] = [];
  const towers = [...embeddings];
  for (const [index, [a, from]] of towers.entries()) {
    for (const [b, to] of towers.slice(index + 1)) {
      values[`pairs/${a}_${b}`] = addRetrieval(values, `${a}_to_${b}`, from, to);
      addRetrieval(values, `${b}_to_${a}`, to, from);
      const gap = modalityGap(from, to);
      const distance = alignment(from, to);
      values[`modality_gap/${a}_${b}`] = gap;
      values[`alignment/${a}_${b}`] = distance;
      values[`cka/${a}_${b}`] = linearCka(from, to);
      gaps.push(gap);
      alignments.push(distance);
    }
  }
  const spreads = towers.map(([name, vectors]) => [name, uniformity(vectors)] as const);
  for (const [name, spread] of spreads) values[`uniformity/${name}`] = spread;
  const perPair =
    gaps.length === 0 ? {} : { modality_gap: mean(gaps), alignment: mean(alignments) };
  return { ...values, ...perPair, uniformity: mean(spreads.map(([, spread]) => spread)) };
}

function addRetrieval(
  values: Record<string, number>,
  direction: string,
  from: Matrix,
  to: Matrix,
): number {
  const found = retrieval(from, to);
  values[`recall@1/${direction}`] = found.recall1;
  values[`recall@5/${direction}`] = found.recall5;
  values[`recall@10/${direction}`] = found.recall10;
  values[`mrr/${direction}`] = found.mrr;
  values[`median_rank/${direction}`] = found.medianRank;
  return found.n;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
