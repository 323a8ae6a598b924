import { nearZeroThreshold } from "../../../../core/measures/near-zeros.ts";
import type { LayerRow } from "../../../../core/protocol/panel/weights.ts";
import { formatPercent, formatScientific } from "../../layout/number-format.ts";
import type { LayerColumn } from "./layer-column.ts";

function nearZeroFraction({ nearZeros, count }: LayerRow): number | undefined {
  return nearZeros === undefined || count === 0 ? undefined : nearZeros / count;
}

export const nearZeroColumn: LayerColumn = {
  id: "near-zero",
  title: "Near 0",
  hint: "Share of values that are not zero but under about a thousandth of the largest: 0 < |w| < 2^(⌊log₂ max |w|⌋ − 10)",
  width: 68,
  rank: 4,
  isOptional: true,
  cell: (row) => {
    const fraction = nearZeroFraction(row);
    if (fraction === undefined) return "";
    return {
      content: formatPercent(fraction),
      title: `0 < |w| < ${formatScientific(nearZeroThreshold(row.maxAbs))}`,
      ...(row.nearZeros === 0 ? { className: "muted" } : {}),
    };
  },
  sortKey: nearZeroFraction,
};
