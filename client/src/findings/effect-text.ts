import { codeMarkdown } from "../markdown-text.ts";
import type { FindingEffect } from "./finding-effect.ts";

/** Fewer values than that have no spread worth a number. */
const FEWEST = 3;
const MOST_LISTED = 4;

/**
 * Mean and sample standard deviation, √(Σ(x−x̄)²/(n−1)).
 *
 * @throws {RangeError} If there are fewer than two values.
 */
export function meanAndSd(values: readonly number[]): {
  readonly mean: number;
  readonly sd: number;
} {
  const count = values.length;
  if (count < 2) throw new RangeError(`A standard deviation needs two values, got ${count}`);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (count - 1)) };
}

/** What a hover says about a finding's runs, in Markdown. */
export function effectText(effect: FindingEffect): string {
  const { spec, metric, goal, differsOtherwise } = effect;
  const isSmall = Math.min(effect.with.length, effect.without.length) < FEWEST;
  const notes = [
    goal === "minimize" ? "lower is better" : "higher is better",
    ...(isSmall ? ["too few runs to tell"] : []),
    ...(differsOtherwise ? ["other settings of these runs differ, too"] : []),
  ];
  return [
    `**Runs of ${codeMarkdown(spec)}**, ${codeMarkdown(`validation/${metric}`)} at their end:`,
    `- with this finding: ${valuesText(effect.with)}`,
    `- without it: ${valuesText(effect.without)}`,
    "",
    `${notes.join("; ")}.`.replace(/^./, (first) => first.toUpperCase()),
  ].join("\n");
}

function valuesText(values: readonly number[]): string {
  if (values.length < FEWEST) {
    return `${values.slice(0, MOST_LISTED).map(number).join(", ")} (n = ${values.length})`;
  }
  const { mean, sd } = meanAndSd(values);
  return `${number(mean)} ± ${number(sd)} (mean ± sd, n = ${values.length})`;
}

/** Three significant digits. */
const number = (value: number): string => String(Number(value.toPrecision(3)));
