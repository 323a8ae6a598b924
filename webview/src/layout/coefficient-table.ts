import type { CoefficientPaths } from "../../../core/protocol/panel/path.ts";
import type { CoefficientLine } from "./coefficient-lines.ts";
import { formatCount, formatLambda, formatSize } from "./number-format.ts";
import { type TableContent, tabSeparated } from "./table-content.ts";

/** What is drawn: "standardised coefficient", "norm over 3 outputs". */
export function sizeName({ outputs, isStandardized }: CoefficientPaths): string {
  const what = outputs === 1 ? "coefficient" : `norm over ${outputs} outputs`;
  return isStandardized ? `standardised ${what}` : what;
}

/** "200 of 5 000 features", for what is drawn of a model. */
export function featureCount({ features, featuresTotal }: CoefficientPaths): string {
  const drawn = formatCount(features.length);
  return features.length < featuresTotal
    ? `the ${drawn} largest of ${formatCount(featuresTotal)} features`
    : `${drawn} ${features.length === 1 ? "feature" : "features"}`;
}

/** A row for every feature: at the handle, at both ends, and where it comes in; copying gives all λ. */
export function coefficientTable(
  caption: string,
  paths: CoefficientPaths,
  lines: readonly CoefficientLine[],
  index: number,
): TableContent {
  const { lambdas } = paths;
  const here = `At λ = ${formatLambda(lambdas[index] ?? Number.NaN)}`;
  const weakest = `At λ = ${formatLambda(lambdas.at(-1) ?? Number.NaN)}`;
  return {
    caption,
    columns: ["Feature", here, weakest, "Comes in at λ"],
    rows: lines.map(({ feature, sizes }) => {
      const first = sizes.findIndex((value) => value !== 0);
      return [
        feature,
        formatSize(sizes[index] ?? Number.NaN),
        formatSize(sizes.at(-1) ?? Number.NaN),
        first < 0 ? "never" : formatLambda(lambdas[first] ?? Number.NaN),
      ];
    }),
    note: featureCount(paths),
    copy: () =>
      tabSeparated([
        ["lambda", ...lines.map(({ feature }) => feature)],
        ...Array.from(lambdas, (lambda, at) => [
          lambda,
          ...lines.map(({ sizes }) => sizes[at] ?? Number.NaN),
        ]),
      ]),
  };
}
