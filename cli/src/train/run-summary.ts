import { readFileSync } from "node:fs";
import path from "node:path";
import { parseJsonLines } from "../../../core/formats/json-lines.ts";
import { parseLayerLine, parseRunRecord } from "../../../core/protocol/parse-run-files.ts";
import {
  fromJsonNumber,
  type LayerLine,
  RUN_FILES,
  type RunRecord,
} from "../../../core/protocol/run-files.ts";
import { sweepRows } from "./sweep-rows.ts";
import { duration, percent } from "./train-printer.ts";

const PARTS = ["test", "validation", "train"] as const;

/**
 * What a finished run came to, read from its folder: the λ that was chosen, accuracy and recall@1
 * beside what guessing would give, errors of predicted numbers, the exact zeros, where it ran and
 * where it lies.
 */
export function runSummary(folder: string, cwd: string): string {
  const record = parseRunRecord(
    JSON.parse(readFileSync(path.join(folder, RUN_FILES.record), "utf8")),
  );
  if (typeof record === "string") return `${folder}: ${record}\n`;
  return [
    headline(record),
    ...selectionRows(record),
    ...metricRows(record),
    ...numberRows(record),
    ...zeroRows(lastLayers(folder)),
    ...curveRows(record),
    ...sweepRows(record),
    ...(record.diagnoses ?? []),
    `Run folder: ${relativeTo(cwd, folder)}`,
    "",
  ].join("\n");
}

function headline(record: RunRecord): string {
  const seconds = (Date.parse(record.ended ?? record.started) - Date.parse(record.started)) / 1000;
  const status = record.status[0]?.toUpperCase() + record.status.slice(1);
  return `${status} after ${duration(seconds)} on ${record.backend} (${record.device})`;
}

/** Six significant digits, which is more than a λ is ever good for. */
const short = (value: number) => String(Number(value.toPrecision(6)));

/** The λ that was chosen and from where, or one λ for each group of features or penalty. */
function selectionRows({ selection }: RunRecord): readonly string[] {
  if (selection === undefined) return [];
  const { lambda, rule, groups, path: tried } = selection;
  if (groups !== undefined) {
    return [
      `λ by ${rule}, for each ${rule === "hypergradient" ? "penalty" : "group of features"}:`,
      ...Object.entries(groups).map(([name, value]) => `  ${name}  ${short(value)}`),
    ];
  }
  const own = tried.find((point) => point.lambda === lambda);
  const [first, last] = [tried[0], tried.at(-1)];
  if (own === undefined || first === undefined || last === undefined) {
    return [`λ = ${short(lambda)} by ${rule}`];
  }
  const error = own.se > 0 ? `${short(own.mean)} ± ${short(own.se)}` : short(own.mean);
  return [
    `λ = ${short(lambda)} by ${rule}, from ${tried.length} λ between ${short(first.lambda)} and ${short(last.lambda)}`,
    `  held-out error ${error}, ${own.non_zeros} weights that are not zero`,
  ];
}

/** Errors of predicted numbers on the part that was looked at last. */
function numberRows(record: RunRecord): readonly string[] {
  const value = (name: string) => fromJsonNumber(record.final[name]);
  const part = PARTS.find((name) => value(`${name}/rmse`) !== undefined);
  if (part === undefined) return [];
  const [rmse, r2] = [value(`${part}/rmse`), value(`${part}/r2`)];
  return [`  ${part} rmse ${short(rmse ?? Number.NaN)}   r2 ${short(r2 ?? Number.NaN)}`];
}

function metricRows(record: RunRecord): readonly string[] {
  const value = (name: string) => fromJsonNumber(record.final[name]);
  const isMeasuredOn = (name: string) =>
    Object.keys(record.final).some((metric) =>
      [`${name}/accuracy`, `${name}/recall@1/`].some((start) => metric.startsWith(start)),
    );
  const part = PARTS.find(isMeasuredOn);
  if (part === undefined) return [];
  const accuracy = value(`${part}/accuracy`);
  const rows: (readonly [string, number, number])[] =
    accuracy === undefined ? [] : [["accuracy", accuracy, 1 / record.classes.length]];
  for (const from of record.modalities) {
    for (const to of record.modalities) {
      const recall = value(`${part}/recall@1/${from}_to_${to}`);
      const pairs = value(`${part}/pairs/${from}_${to}`) ?? value(`${part}/pairs/${to}_${from}`);
      if (recall === undefined || pairs === undefined) continue;
      rows.push([`recall@1 ${from} → ${to}`, recall, 1 / pairs]);
    }
  }
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(
    ([name, measured, chance]) =>
      `  ${part} ${name.padEnd(width)}  ${percent(measured).padStart(7)}   chance ${percent(chance)}`,
  );
}

/** The share of exact zeros, together and tensor by tensor, where a penalty or pruning makes any. */
function zeroRows(layers: readonly LayerLine[]): readonly string[] {
  const underL1 = layers.filter(({ penalty }) => penalty.includes("‖w‖₁"));
  const pruned = layers.filter(({ shape, zeros }) => shape.length > 1 && zeros > 0);
  const penalised = underL1.length > 0 ? underL1 : pruned;
  if (penalised.length === 0) return [];
  const of =
    underL1.length > 0 ? "weights under an L1 penalty" : "weights in tensors that have any";
  const count = penalised.reduce((sum, layer) => sum + layer.count, 0);
  const zeros = penalised.reduce((sum, layer) => sum + layer.zeros, 0);
  const width = Math.max(...penalised.map(({ layer }) => layer.length));
  return [
    `Exact zeros: ${percent(zeros / count)} of ${count} ${of}`,
    ...penalised.map(
      (layer) =>
        `  ${layer.layer.padEnd(width)}  ${percent(layer.zeros / layer.count).padStart(7)}   ${layer.penalty}`,
    ),
  ];
}

/** Accuracy, or the loss where there are no classes, at each share of removed weights. */
function curveRows({ sparsity_curve: curve = [] }: RunRecord): readonly string[] {
  return curve.flatMap(({ fraction, zero_fraction: zeros, values }, index) => {
    const part = PARTS.find((name) => fromJsonNumber(values[`${name}/loss`]) !== undefined);
    if (part === undefined) return [];
    const accuracy = fromJsonNumber(values[`${part}/accuracy`]);
    const loss = fromJsonNumber(values[`${part}/loss`])?.toPrecision(4) ?? "";
    const measured = accuracy === undefined ? "" : `accuracy ${percent(accuracy)}  `;
    const line = `  ${percent(fraction).padStart(7)} pruned  ${percent(zeros).padStart(7)} zeros   ${part} ${measured}loss ${loss}`;
    return index === 0 ? ["Sparsity curve:", line] : [line];
  });
}

/** The lines of the last step in `weights/layers.jsonl`. */
function lastLayers(folder: string): readonly LayerLine[] {
  const lines = parseJsonLines(readFileSync(path.join(folder, RUN_FILES.layers))).values.flatMap(
    ({ value }) => {
      const line = parseLayerLine(value);
      return typeof line === "string" ? [] : [line];
    },
  );
  const last = lines.at(-1)?.step;
  return lines.filter(({ step }) => step === last);
}

function relativeTo(cwd: string, folder: string): string {
  const inside = path.relative(cwd, folder);
  return inside.startsWith("..") ? folder : inside;
}
