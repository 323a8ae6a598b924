import type { RunStatus } from "../../../core/protocol/run-files.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";

/** Codicon and theme colour of a status; each has a shape of its own, colour only adds to it. */
export const STATUS_ICONS: Readonly<
  Record<RunStatus, { readonly icon: string; readonly color: string | undefined }>
> = {
  running: { icon: "sync~spin", color: undefined },
  finished: { icon: "check", color: "charts.green" },
  failed: { icon: "error", color: "list.errorForeground" },
  cancelled: { icon: "circle-slash", color: undefined },
  lost: { icon: "warning", color: "list.warningForeground" },
};

function numbers({ latest }: RunListEntry): readonly string[] {
  const loss = latest["validation/data_loss"] ?? latest["validation/loss"];
  const zeros = latest["weights/all/zero_fraction"];
  return [
    ...(loss === undefined ? [] : [loss.toFixed(3)]),
    ...(zeros === undefined ? [] : [`${Math.round(zeros * 100)}% zero`]),
  ];
}

/** What stands behind a run's name: the numbers that matter, or why there are none. */
export function runDescription(run: RunListEntry): string {
  const { steps_total } = run.record;
  const percent = steps_total > 0 ? `, ${Math.round((run.step / steps_total) * 100)}%` : "";
  switch (run.status) {
    case "running":
      return `step ${run.step}${percent}`;
    case "finished":
      return numbers(run).join(", ");
    case "failed":
      return run.record.error?.message ?? "failed";
    case "cancelled":
      return ["cancelled", ...numbers(run)].join(", ");
    case "lost":
      return `process gone at step ${run.step}`;
  }
}

/** Markdown for the tooltip: what ran, on what, with which result. */
export function runTooltip(run: RunListEntry): string {
  const { record } = run;
  const results = Object.entries(run.latest)
    .filter(([name]) => /^(validation|test)\/(accuracy|data_loss|recall@1\/)/.test(name))
    .map(([name, value]) => `| ${name} | ${value.toFixed(3)} |`);
  return [
    `**${record.name}** (${run.status})`,
    record.objective,
    `${record.backend}, ${record.device}, seed ${record.seed}, started ${record.started}`,
    ...(results.length > 0 ? [`| metric | value |\n|---|--:|\n${results.join("\n")}`] : []),
    ...(record.error === undefined ? [] : [record.error.message]),
  ].join("\n\n");
}
