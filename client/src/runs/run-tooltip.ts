import type { RunDetail, RunListEntry } from "../../../core/protocol/run-worker.ts";
import { plainMarkdown as plain } from "../markdown-text.ts";
import { lambdaText } from "./lambda-text.ts";

/** `52 s`, `1 min 12 s`, `2 h 5 min`. */
function durationText(started: string, ended: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(ended) - Date.parse(started)) / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Markdown for the tooltip: what ran, on what, with which result. */
export function runTooltip(run: RunListEntry, { record, values }: RunDetail): string {
  const { notes } = run;
  const results = Object.entries(values)
    .filter(([name]) => /^(validation|test)\/(accuracy|data_loss|recall@1\/)/.test(name))
    .map(([name, value]) => `| ${plain(name)} | ${value.toFixed(3)} |`);
  const took = record.ended === undefined ? "" : `, ${durationText(run.started, record.ended)}`;
  const renamed = notes.name === undefined ? [] : [`Named ${plain(record.name)} in its experiment`];
  const strengths = (record.penalties ?? [])
    .map(({ norm, lambda, on }) => {
      const place = on === undefined ? "" : ` on ${on}`;
      return plain(`λ ${lambdaText(lambda)} (${norm}${place})`);
    })
    .join(", ");
  const tags = (notes.tags ?? []).map((tag) => `\\#${plain(tag)}`).join(" ");
  return [
    `**${plain(run.name)}** (${run.status})`,
    ...renamed,
    ...(tags === "" ? [] : [tags]),
    plain(record.objective),
    ...(strengths === "" ? [] : [strengths]),
    plain([record.spec, ...(record.set ?? [])].join("  ")),
    `${plain(record.backend)}, ${plain(record.device)}, seed ${record.seed}`,
    `Started ${new Date(run.started).toLocaleString()}${took}, ${run.step} of ${record.steps_total} steps`,
    ...(results.length > 0 ? [`| metric | value |\n|---|--:|\n${results.join("\n")}`] : []),
    ...(record.stopped_by === undefined ? [] : [`Stopped by ${plain(record.stopped_by)}`]),
    ...(record.diagnoses ?? []).map(plain),
    ...(record.error === undefined ? [] : [plain(record.error.message)]),
  ].join("\n\n");
}
