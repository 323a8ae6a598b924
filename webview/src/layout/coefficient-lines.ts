import type { CoefficientPaths } from "../../../core/protocol/panel/path.ts";
import { type InkColor, SERIES_COLORS } from "./figure.ts";

/** One feature along the path. */
export interface CoefficientLine {
  readonly feature: string;
  readonly color: InkColor;
  /** By λ, largest λ first, as they are drawn. */
  readonly sizes: Float64Array;
  /** By λ, in the feature's units. */
  readonly coefficients: Float64Array;
}

/**
 * The lines of a path, those that grow largest first. The six that are largest at λ number `index`
 * have a colour; where all are zero there, the six that grow largest.
 *
 * A feature keeps its colour while the handle moves unless another has taken it meanwhile.
 */
export function coefficientLines(paths: CoefficientPaths, index: number): CoefficientLine[] {
  const count = paths.lambdas.length;
  const row = (values: Float64Array, feature: number): Float64Array =>
    values.subarray(feature * count, (feature + 1) * count);
  const at = paths.features.map((_, feature) => Math.abs(row(paths.sizes, feature)[index] ?? 0));
  const colors = colorsOf(at);
  return paths.features.map((feature, number) => ({
    feature,
    color: colors.get(number) ?? "muted",
    sizes: row(paths.sizes, number),
    coefficients: row(paths.coefficients, number),
  }));
}

function colorsOf(sizes: readonly number[]): ReadonlyMap<number, InkColor> {
  const features = sizes.map((_, feature) => feature);
  const kept = features.filter((feature) => (sizes[feature] ?? 0) > 0);
  const six = (kept.length > 0 ? kept : features)
    .sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b)
    .slice(0, SERIES_COLORS.length)
    // By the whole path, not by what holds at the handle: the order does not change on the way.
    .sort((a, b) => a - b);
  const free: InkColor[] = [...SERIES_COLORS];
  const colors = new Map<number, InkColor>();
  const late: number[] = [];
  for (const feature of six) {
    const own = SERIES_COLORS[feature];
    if (own !== undefined) colors.set(feature, own);
    else late.push(feature);
  }
  for (const color of colors.values()) free.splice(free.indexOf(color), 1);
  for (const feature of late) colors.set(feature, free.shift() ?? "muted");
  return colors;
}

/** Index of the λ of `paths` that is nearest to `lambda`. */
export function lambdaIndex({ lambdas }: CoefficientPaths, lambda: number): number {
  let nearest = 0;
  for (const [index, other] of lambdas.entries()) {
    if (Math.abs(other - lambda) < Math.abs((lambdas[nearest] ?? 0) - lambda)) nearest = index;
  }
  return nearest;
}
