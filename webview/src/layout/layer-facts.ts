import { nearZeroThreshold } from "../../../core/measures/near-zeros.ts";
import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import { conditionText, isPenalised, stableRank, zeroFraction } from "./layer-table.ts";
import {
  formatCount,
  formatFixed,
  formatPercent,
  formatScientific,
  formatSize,
} from "./number-format.ts";
import type { Fact } from "./run-facts.ts";

/** What there is to say about one tensor, in its order of weight. */
export function layerFacts(row: LayerRow): Fact[] {
  return [
    zeroFact(row),
    ...nearZeroFact(row),
    { label: "‖w‖₁", value: formatSize(row.l1) },
    { label: "‖w‖₂", value: formatSize(row.l2) },
    { label: "max |w|", value: formatSize(row.maxAbs) },
    ...deadFact(row),
    ...rankFact(row),
    ...conditionFact(row),
    ...(row.nonFinite > 0 ? [{ label: "not finite", value: formatCount(row.nonFinite) }] : []),
    ...(row.dtype === undefined ? [] : [{ label: "type", value: row.dtype }]),
    ...penaltyFact(row),
    ...changeFacts(row),
  ];
}

function zeroFact(row: LayerRow): Fact {
  return {
    label: "zero",
    value: formatPercent(zeroFraction(row)),
    detail: `${formatCount(row.zeros)} of ${formatCount(row.count)}`,
  };
}

function nearZeroFact({ nearZeros, count, maxAbs }: LayerRow): Fact[] {
  if (nearZeros === undefined || count === 0) return [];
  const detail = `|w| < ${formatScientific(nearZeroThreshold(maxAbs))}`;
  return [{ label: "near zero", value: formatPercent(nearZeros / count), detail }];
}

function deadFact({ deadUnits, units }: LayerRow): Fact[] {
  if (deadUnits === undefined || units === undefined) return [];
  const detail = `of ${formatCount(units)}`;
  return [{ label: "dead units", value: formatCount(deadUnits), detail }];
}

function rankFact({ spectrum }: LayerRow): Fact[] {
  const rank = stableRank(spectrum);
  return rank === undefined ? [] : [{ label: "stable rank", value: formatFixed(rank, 1) }];
}

function conditionFact(row: LayerRow): Fact[] {
  const value = conditionText(row);
  if (value === undefined) return [];
  const detail = `rank ${formatCount(row.rank ?? 0)} of ${formatCount(row.spectrum?.length ?? 0)}`;
  return [{ label: "condition", value, detail }];
}

function penaltyFact(row: LayerRow): Fact[] {
  if (row.penalty === undefined) return [];
  return [{ label: "penalty", value: isPenalised(row) ? row.penalty : "not penalised" }];
}

/** A being this file, B the one it is compared with. */
function changeFacts({ change, changeNote, count }: LayerRow): Fact[] {
  if (changeNote !== undefined) return [{ label: "compared", value: changeNote }];
  if (change === undefined) return [];
  const { relative, maxAbs, cosine, equal, zerosGained, zerosLost } = change;
  return [
    { label: "‖A−B‖/‖B‖", value: relative === undefined ? "∞" : formatSize(relative) },
    { label: "max |A−B|", value: formatSize(maxAbs) },
    ...(cosine === undefined ? [] : [{ label: "cosine", value: formatFixed(cosine, 4) }]),
    ...(count === 0 ? [] : [{ label: "equal", value: formatPercent(equal / count) }]),
    { label: "zeros gained", value: formatCount(zerosGained) },
    { label: "zeros lost", value: formatCount(zerosLost) },
  ];
}
