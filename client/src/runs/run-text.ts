import type { RunStatus } from "../../../core/protocol/run-files.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { lambdaText } from "./lambda-text.ts";
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
  return `run.${status}${isTrial ? ".trial" : ""}${isBaseline ? ".baseline" : ""}`;
}

/** λ and whatever else was set for this run alone: `λ 1e-4`, `learning_rate 0.003`. */
function settings({ record }: RunListEntry): readonly string[] {
  if (record.selection !== undefined) return [`λ ${lambdaText(record.selection.lambda)}`];
  return (record.set ?? []).map((pair) => {
    const equals = pair.indexOf("=");
    const [key = "", value] = [pair.slice(0, equals).split(".").at(-1), pair.slice(equals + 1)];
    const number = Number(value);
    const shown = value === "" || Number.isNaN(number) ? value : lambdaText(number);
    return `${key === "lambda" ? "λ" : key} ${shown}`;
  });
}

function numbers(run: RunListEntry): readonly string[] {
  const metric = validationMetric(run);
  const zeros = metricOf(run, "weights/all/zero_fraction");
  const isLoss = metric?.name.endsWith("loss") ?? false;
  return [
    ...(metric === undefined
      ? []
      : [`${isLoss ? "" : `${metric.name} `}${metric.value.toFixed(3)}`]),
    ...settings(run),
    ...(zeros === undefined ? [] : [`${Math.round(zeros * 100)}% zero`]),
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
export function runDescription(run: RunListEntry): string {
  const tags = (run.notes.tags ?? []).map((tag) => `#${tag}`);
  const baseline = run.notes.baseline === true ? ["baseline"] : [];
  return [...baseline, ...state(run), ...tags].join(", ");
}
