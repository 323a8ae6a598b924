import { overrideParts } from "../../../core/experiment/override-parts.ts";
import type { RunStatus } from "../../../core/protocol/run-files.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { lambdaText } from "./lambda-text.ts";
import { lambdasOfRun } from "./lambdas-of-run.ts";
import { metricOf, validationMetric } from "./validation-metric.ts";

interface StatusIcon {
  readonly icon: string;
  readonly color: string | undefined;
}

/** Codicon and theme colour of a status; each has a shape of its own, colour only adds to it. */
export const STATUS_ICONS: Readonly<Record<RunStatus, StatusIcon>> = {
  running: { icon: "sync~spin", color: undefined },
  finished: { icon: "check", color: "charts.green" },
  failed: { icon: "error", color: "list.errorForeground" },
  cancelled: { icon: "circle-slash", color: undefined },
  lost: { icon: "warning", color: "list.warningForeground" },
};

/** Icon of a run: its status, or what its record says beyond that. */
export function runIcon({ status, step, record }: RunListEntry): StatusIcon {
  if (status === "running" && step === 0) return { icon: "loading~spin", color: undefined };
  if (record.stopped_by !== undefined) return { icon: "stop-circle", color: undefined };
  if (status === "finished" && (record.diagnoses ?? []).length > 0) {
    return { icon: "report", color: "list.warningForeground" };
  }
  return STATUS_ICONS[status];
}

/** What menus go by: `run.<status>`, then what a run is besides. */
export function runContext({ status, record, notes }: RunListEntry): string {
  const isTrial = record.parent !== undefined;
  const isBaseline = notes.baseline === true;
  const kind = record.sweep !== undefined ? ".sweep" : isTrial ? ".trial" : "";
  return `run.${status}${kind}${isBaseline ? ".baseline" : ""}`;
}

/** Strengths that fit into a row; of more than these only the first is told. */
const SHOWN_LAMBDAS = 2;

/** `λ 1e-4`, `λ 2e-4 and 1e-4`, `λ 2e-4 and 2 more`. */
function lambdas(run: RunListEntry): readonly string[] {
  const [first, ...others] = lambdasOfRun(run).map(lambdaText);
  if (first === undefined) return [];
  if (others.length === 0) return [`λ ${first}`];
  const rest = others.length < SHOWN_LAMBDAS ? others.join() : `${others.length} more`;
  return [`λ ${first} and ${rest}`];
}

const SETS_LAMBDA = /^penalty\.\d+\.lambda=/;

/** What was set for this run alone: `learning_rate 0.003`; a λ only where it is not told already. */
function settings({ record }: RunListEntry, isLambdaTold: boolean): readonly string[] {
  const pairs = (record.set ?? []).filter((pair) => !(isLambdaTold && SETS_LAMBDA.test(pair)));
  return pairs.map((pair) => {
    const { path, value } = overrideParts(pair);
    const key = path.at(-1);
    const number = Number(value);
    const shown = value === "" || Number.isNaN(number) ? value : lambdaText(number);
    return `${key === "lambda" ? "λ" : key} ${shown}`;
  });
}

/** A share that is not quite none or all is never told to be. */
function zeroText(share: number): string {
  if (share > 0 && share < 0.005) return "<1% zero";
  if (share < 1 && share >= 0.995) return ">99% zero";
  return `${Math.round(share * 100)}% zero`;
}

/** The metric that the run is judged by, λ, what else was set for it, the share of zeros. */
function numbers(run: RunListEntry): readonly string[] {
  const metric = validationMetric(run);
  const zeros = metricOf(run, "weights/all/zero_fraction");
  const isLoss = metric?.name.endsWith("loss") ?? false;
  const strengths = lambdas(run);
  return [
    ...(metric === undefined
      ? []
      : [`${isLoss ? "" : `${metric.name} `}${metric.value.toFixed(3)}`]),
    ...strengths,
    ...settings(run, strengths.length > 0),
    ...(zeros === undefined ? [] : [zeroText(zeros)]),
  ];
}

function state(run: RunListEntry): readonly string[] {
  const { steps_total, sweep, error, stopped_by, diagnoses = [] } = run.record;
  const percent = steps_total > 0 ? [`${Math.round((run.step / steps_total) * 100)}%`] : [];
  const trials = sweep === undefined ? [] : [`${sweep.trials} trials`];
  switch (run.status) {
    case "running":
      return [`step ${run.step}`, ...percent, ...numbers(run)];
    case "finished":
      return [
        ...numbers(run),
        ...trials,
        ...(stopped_by === undefined ? [] : [`stopped by ${stopped_by}`]),
        ...diagnoses.slice(0, 1),
      ];
    case "failed":
      return [error?.message ?? "failed"];
    case "cancelled":
      return [
        stopped_by === undefined ? "cancelled" : `stopped by ${stopped_by}`,
        ...numbers(run),
        ...trials,
      ];
    case "lost":
      return [`process gone at step ${run.step}`];
  }
}

/** What stands behind a run's name: the numbers that matter, or why there are none. */
export function runDescription(run: RunListEntry, isBest = false): string {
  const tags = (run.notes.tags ?? []).map((tag) => `#${tag}`);
  const marks = [...(isBest ? ["★"] : []), ...(run.notes.baseline === true ? ["⚑"] : [])];
  const text = [...state(run), ...tags].join(", ");
  return [...marks, text].join(" ").trim();
}

/** The same for who listens: marks in words. */
export function runLabel(run: RunListEntry, isBest: boolean): string {
  const marks = [
    ...(isBest ? ["best of its experiment"] : []),
    ...(run.notes.baseline === true ? ["baseline"] : []),
  ];
  const tags = (run.notes.tags ?? []).map((tag) => `tagged ${tag}`);
  return [run.name, run.status, ...marks, ...state(run), ...tags].join(", ");
}
