import type { CoefficientPaths } from "../../../core/protocol/panel/path.ts";
import type { CoefficientLine } from "./coefficient-lines.ts";
import type { InkColor } from "./figure.ts";
import { formatCount } from "./number-format.ts";
import { tabSeparated } from "./table-content.ts";

const MOST_NAMES = 12;

export interface KeptFeature {
  readonly feature: string;
  readonly color: InkColor;
  readonly size: number;
  /** In the feature's units. */
  readonly coefficient: number;
}

/** Features whose weights are not zero at λ number `index`, largest first. */
export function keptFeatures(lines: readonly CoefficientLine[], index: number): KeptFeature[] {
  return lines
    .map(({ feature, color, sizes, coefficients }) => ({
      feature,
      color,
      size: sizes[index] ?? 0,
      coefficient: coefficients[index] ?? 0,
    }))
    .filter(({ size }) => size !== 0)
    .sort((a, b) => Math.abs(b.size) - Math.abs(a.size));
}

export function keptText(kept: readonly KeptFeature[], sizeName: string): string {
  return tabSeparated([
    ["feature", sizeName, "coefficient"],
    ...kept.map(({ feature, size, coefficient }) => [feature, size, coefficient]),
  ]);
}

/** "Dropped: a, b and 30 more."; empty where no drawn feature is zero. */
export function droppedText(
  { featuresTotal, kept }: CoefficientPaths,
  lines: readonly CoefficientLine[],
  index: number,
): string {
  const total = featuresTotal - (kept[index] ?? 0);
  const names = lines
    .filter(({ sizes }) => sizes[index] === 0)
    .slice(0, MOST_NAMES)
    .map(({ feature }) => feature);
  if (names.length === 0) return total > 0 ? `${formatCount(total)} dropped` : "";
  const more = total - names.length;
  return `Dropped: ${names.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
}
