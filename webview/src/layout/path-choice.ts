import type { LambdaSelection } from "../../../core/protocol/run-files.ts";
import { formatCount, formatLambda, formatSize } from "./number-format.ts";

export type PathPoint = LambdaSelection["path"][number];

/** A path with the λ that stand out on it, by their index; λ descends. */
export interface PathChoice {
  readonly points: readonly PathPoint[];
  readonly rule: string;
  /** The λ that the run was trained with. */
  readonly chosen: number;
  /** Of the least mean error. */
  readonly least: number;
  /** The largest λ within one standard error of the least mean; none where there are no such errors. */
  readonly oneSe?: number;
}

/** `undefined` where λ was not chosen from a path. */
export function pathChoice({ lambda, rule, path }: LambdaSelection): PathChoice | undefined {
  if (path.length === 0) return undefined;
  const means = path.map(({ mean }) => mean);
  const least = means.indexOf(Math.min(...means));
  const limit = (means[least] ?? 0) + (path[least]?.se ?? 0);
  const hasErrors = path.some(({ se }) => se > 0);
  return {
    points: path,
    rule,
    chosen: nearestLambda(path, lambda),
    least,
    ...(hasErrors ? { oneSe: means.findIndex((mean) => mean <= limit) } : {}),
  };
}

/** Index of the λ nearest to `lambda`, which may come from another path. */
export function nearestLambda(points: readonly PathPoint[], lambda: number): number {
  const distances = points.map((point) => Math.abs(point.lambda - lambda));
  return distances.indexOf(Math.min(...distances));
}

const RULES: Readonly<Record<string, string>> = {
  best: "least mean error",
  one_se: "one standard error",
  loo: "leave-one-out error",
  gcv: "generalised cross-validation",
  evidence: "evidence",
};

export function ruleName(rule: string): string {
  return RULES[rule] ?? rule;
}

/** What the errors of a path are, for a figure's subtitle. */
export function errorName(rule: string): string {
  if (rule === "loo") return "leave-one-out error";
  return rule === "gcv" ? "generalised cross-validation" : "mean error on held-out rows";
}

/** Why one would take the λ at `index`, or what it costs, in one sentence. */
export function reasonFor(choice: PathChoice, index: number): string {
  const { points, least, oneSe } = choice;
  const [best, here] = [points[least], points[index]];
  if (best === undefined || here === undefined) return "";
  if (index === least) return leastReason(choice);
  const cost = here.mean - best.mean;
  const price = `${weightsBetween(best.non_zeros, here.non_zeros)} for +${formatSize(cost)}`;
  if (index === oneSe) {
    return `The largest λ whose error is within one standard error of the least: ${price}.`;
  }
  const inErrors = best.se > 0 ? `, ${formatSize(cost / best.se)} standard errors,` : "";
  return `Its error is ${formatSize(cost)}${inErrors} above the least: ${price}.`;
}

function leastReason({ points, least, oneSe }: PathChoice): string {
  const sparser = oneSe === undefined ? undefined : points[oneSe];
  const best = points[least];
  if (sparser === undefined || best === undefined || oneSe === least) {
    return "No other λ of the path has a lower mean error.";
  }
  const difference = weightsBetween(best.non_zeros, sparser.non_zeros);
  return `The least mean error; λ = ${formatLambda(sparser.lambda)} is within its standard error, with ${difference}.`;
}

/** "7 fewer weights", told from `from` to `to`. */
function weightsBetween(from: number, to: number): string {
  if (from === to) return "as many weights";
  const count = Math.abs(from - to);
  return `${formatCount(count)} ${to < from ? "fewer" : "more"} ${count === 1 ? "weight" : "weights"}`;
}
