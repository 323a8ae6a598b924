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
  const trials = sweep === undefined ? [] : [`${sweep.trials.length} trials`];
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

/** `52 s`, `1 min 12 s`, `2 h 5 min`. */
function durationText(started: string, ended: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(ended) - Date.parse(started)) / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Markdown takes these for itself; names and messages come from files. */
const plain = (text: string) => text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>~]/g, "\\$&");

/** Markdown for the tooltip: what ran, on what, with which result. */
export function runTooltip(run: RunListEntry): string {
  const { record, notes } = run;
  const results = Object.entries(run.latest)
    .filter(([name]) => /^(validation|test)\/(accuracy|data_loss|recall@1\/)/.test(name))
    .map(([name, value]) => `| ${plain(name)} | ${value.toFixed(3)} |`);
  const took = record.ended === undefined ? "" : `, ${durationText(run.started, record.ended)}`;
  const renamed = notes.name === undefined ? [] : [`Named ${plain(record.name)} in its experiment`];
  const tags = (notes.tags ?? []).map((tag) => `\\#${plain(tag)}`).join(" ");
  return [
    `**${plain(run.name)}** (${run.status})`,
    ...renamed,
    ...(tags === "" ? [] : [tags]),
    plain(record.objective),
    plain([record.spec, ...(record.set ?? [])].join("  ")),
    `${plain(record.backend)}, ${plain(record.device)}, seed ${record.seed}`,
    `Started ${new Date(run.started).toLocaleString()}${took}, ${run.step} of ${record.steps_total} steps`,
    ...(results.length > 0 ? [`| metric | value |\n|---|--:|\n${results.join("\n")}`] : []),
    ...(record.stopped_by === undefined ? [] : [`Stopped by ${plain(record.stopped_by)}`]),
    ...(record.diagnoses ?? []).map(plain),
    ...(record.error === undefined ? [] : [plain(record.error.message)]),
  ].join("\n\n");
}
