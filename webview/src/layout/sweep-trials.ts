import { overrideParts } from "../../../core/experiment/override-parts.ts";
import {
  fromJsonNumber,
  type SweepRecord,
  type SweepTrial,
} from "../../../core/protocol/run-files.ts";
import { measureName, splitMetric } from "./metric-name.ts";
import { formatLambda, formatLoss } from "./number-format.ts";
import { type TableContent, tabSeparated } from "./table-content.ts";

/** A trial as a point over the values of one key. */
export interface TrialPoint {
  readonly trial: SweepTrial;
  readonly x: number;
  readonly y: number;
  /** How far it came among the rungs, 0..1. */
  readonly depth: number;
  readonly isBest: boolean;
}

/** The trials over the values that one key had in them. */
export interface TrialPlot {
  readonly key: string;
  readonly isLog: boolean;
  /** Values that are no numbers, at x = 0, 1, 2, …; empty for numbers. */
  readonly names: readonly string[];
  readonly points: readonly TrialPoint[];
}

/** A range that spans more is drawn on a log axis. */
const LOG_SPAN = 30;

/** A plot for each key that differs among the trials; trials without a finite value are left out. */
export function trialPlots(sweep: SweepRecord): TrialPlot[] {
  return variedKeys(sweep).map((key) => {
    const texts = sweep.trials.map((trial) => settingOf(trial, key));
    const numbers = texts.map((text) => (text === undefined ? Number.NaN : Number(text)));
    const isNumeric = texts.every(
      (text, index) => text === undefined || Number.isFinite(numbers[index]),
    );
    const names = isNumeric ? [] : [...new Set(texts.flatMap((text) => text ?? []))];
    const points = sweep.trials.flatMap((trial, index): TrialPoint[] => {
      const text = texts[index];
      const x = isNumeric ? (numbers[index] ?? Number.NaN) : names.indexOf(text ?? "");
      const y = fromJsonNumber(trial.value) ?? Number.NaN;
      if (
        text === undefined ||
        !Number.isFinite(x) ||
        !Number.isFinite(y) ||
        (x === -1 && !isNumeric)
      )
        return [];
      return [{ trial, x, y, depth: depthOf(sweep, trial), isBest: trial.number === sweep.best }];
    });
    const xs = points.map(({ x }) => x);
    const isLog = isNumeric && Math.min(...xs) > 0 && Math.max(...xs) / Math.min(...xs) >= LOG_SPAN;
    return { key, isLog, names, points };
  });
}

function depthOf({ rungs }: SweepRecord, { epochs }: SweepTrial): number {
  const last = rungs.at(-1) ?? 0;
  return last > 0 ? Math.min(1, epochs / last) : 1;
}

/** Keys of the experiment file that trials set to different values, in the order of the trials. */
export function variedKeys({ trials }: SweepRecord): string[] {
  const keys = new Set(trials.flatMap(({ set }) => set.map((pair) => overrideParts(pair).key)));
  return [...keys].filter((key) => new Set(trials.map((trial) => settingOf(trial, key))).size > 1);
}

function settingOf({ set }: SweepTrial, key: string): string | undefined {
  const pair = set.find((one) => one.startsWith(`${key}=`));
  return pair?.slice(key.length + 1);
}

/** The trials, best first among those that came as far. */
export function trialTable(sweep: SweepRecord): TableContent {
  const keys = variedKeys(sweep);
  const sign = sweep.goal === "minimize" ? 1 : -1;
  const order = [...sweep.trials].sort(
    (a, b) => b.epochs - a.epochs || costOf(a, sign) - costOf(b, sign) || a.number - b.number,
  );
  const columns = ["Trial", ...keys, "Epochs", sweepMetric(sweep), "Status"];
  const cells = (trial: SweepTrial, isFull: boolean): (string | number)[] => {
    const value = fromJsonNumber(trial.value) ?? Number.NaN;
    return [
      isFull || trial.number !== sweep.best ? trial.number : `${trial.number} ★`,
      ...keys.map((key) => shown(settingOf(trial, key) ?? "", isFull)),
      trial.epochs,
      isFull ? value : formatLoss(value),
      trial.number === sweep.best ? "best" : trial.status,
    ];
  };
  return {
    caption: "Trials",
    columns,
    rows: order.map((trial) => cells(trial, false).map(String)),
    note: `${sweep.trials.length} trials, compared after ${sweep.rungs.join(", ")} epochs`,
    copy: () => tabSeparated([columns, ...order.map((trial) => cells(trial, true))]),
  };
}

/** What could not be measured comes last, whichever way is better. */
function costOf({ value }: SweepTrial, sign: number): number {
  const number = fromJsonNumber(value) ?? Number.NaN;
  return Number.isFinite(number) ? sign * number : Number.MAX_VALUE;
}

function shown(text: string, isFull: boolean): string {
  const number = Number(text);
  return isFull || text === "" || !Number.isFinite(number) ? text : formatLambda(number);
}

/** "data loss on validation data" */
export function sweepMetric({ metric }: SweepRecord): string {
  const { part, measure } = splitMetric(metric);
  return part === "" ? measureName(measure) : `${measureName(measure)} on ${part} data`;
}
