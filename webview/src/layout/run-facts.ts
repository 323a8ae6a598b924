import type { RunHeader } from "../../../core/protocol/panel/run.ts";
import { formatDuration } from "./duration-format.ts";
import { measureName, splitMetric } from "./metric-name.ts";
import {
  formatChance,
  formatCount,
  formatFixed,
  formatLoss,
  formatPercent,
} from "./number-format.ts";
import type { RunProgress } from "./run-progress.ts";

/** A small label over a value, as the header's line shows them. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly detail?: string;
}

/** Facts of a run under way: how far, how fast, on what. */
export function runningFacts(header: RunHeader, progress: RunProgress | undefined): Fact[] {
  if (progress === undefined) return [deviceFact(header)];
  const { step, fraction, epoch, remainingSeconds, samplesPerSecond } = progress;
  const facts: (Fact | undefined)[] = [
    fraction === undefined ? undefined : { label: "progress", value: formatPercent(fraction, 0) },
    epoch === undefined
      ? undefined
      : {
          label: "epoch",
          // The epoch under way counts from one.
          value: formatCount(Math.min(header.epochsTotal, Math.floor(epoch) + 1)),
          detail: `of ${formatCount(header.epochsTotal)}`,
        },
    stepFact(header, step),
    remainingSeconds === undefined
      ? undefined
      : { label: "remaining", value: `about ${formatDuration(Math.round(remainingSeconds))}` },
    samplesPerSecond === undefined
      ? undefined
      : { label: "samples/s", value: formatCount(samplesPerSecond) },
    deviceFact(header),
  ];
  return facts.flatMap((fact) => fact ?? []);
}

/** Facts of a run that is over: its last numbers, the part they were measured on, and how long. */
export function finalFacts(header: RunHeader, progress: RunProgress | undefined): Fact[] {
  const facts = finalMetrics(header).map((metric) => metricFact(metric, header));
  const seconds = elapsedSeconds(header);
  const isShort = header.status !== "finished" && progress !== undefined;
  return [
    ...facts,
    ...(isShort ? [stepFact(header, progress.step)] : []),
    ...(seconds === undefined ? [] : [{ label: "duration", value: formatDuration(seconds) }]),
    deviceFact(header),
  ];
}

function stepFact({ stepsTotal }: RunHeader, step: number): Fact {
  return {
    label: "step",
    value: formatCount(step),
    ...(stepsTotal > 0 ? { detail: `of ${formatCount(stepsTotal)}` } : {}),
  };
}

function deviceFact({ backend, device }: RunHeader): Fact {
  return { label: "device", value: backend, ...(device === "" ? {} : { detail: device }) };
}

function elapsedSeconds({ started, ended }: RunHeader): number | undefined {
  const seconds =
    ended === undefined ? Number.NaN : (Date.parse(ended) - Date.parse(started)) / 1e3;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

/** Measures worth a place in the header, best known first. */
const HEADLINES = ["accuracy", "r2", "rmse", "f1", "recall@1/", "data_loss", "loss"] as const;
const PARTS = ["test", "validation", "train"] as const;
const MOST_HEADLINES = 4;

/** The measures of the hardest part that the run has: test before validation before training. */
function finalMetrics({ final }: RunHeader): string[] {
  const names = Object.keys(final);
  const part = PARTS.find((candidate) => names.some((name) => name.startsWith(`${candidate}/`)));
  if (part === undefined) return [];
  const ranked = HEADLINES.flatMap((headline) =>
    names.filter((name) => {
      const split = splitMetric(name);
      const isDirection = headline.endsWith("/") && split.measure.startsWith(headline);
      return split.part === part && (split.measure === headline || isDirection);
    }),
  );
  const losses = ranked.filter((name) => name.endsWith("loss")).slice(0, 1);
  const scores = ranked.filter((name) => !name.endsWith("loss"));
  return [...scores.slice(0, MOST_HEADLINES - losses.length), ...losses];
}

function metricFact(metric: string, header: RunHeader): Fact {
  const { part, measure } = splitMetric(metric);
  const value = header.final[metric] ?? Number.NaN;
  const label = `${part} ${measureName(measure)}`;
  if (measure.endsWith("loss") || measure === "rmse") return { label, value: formatLoss(value) };
  const detail = chanceDetail(part, measure, header);
  return { label, value: formatFixed(value, 2), ...(detail === undefined ? {} : { detail }) };
}

/** A score says little without the one that guessing reaches. */
function chanceDetail(part: string, measure: string, header: RunHeader): string | undefined {
  if (measure === "accuracy" && header.classes.length > 1) {
    return `chance ${formatFixed(1 / header.classes.length, 2)}`;
  }
  const pairs = measure.startsWith("recall@1/") ? pairCount(part, measure, header) : undefined;
  return pairs === undefined ? undefined : `chance ${formatChance(1 / pairs)}`;
}

/** Candidates of a retrieval, logged once for both directions. */
function pairCount(part: string, measure: string, { final }: RunHeader): number | undefined {
  const [from, to] = measure.slice("recall@1/".length).split("_to_");
  const count = final[`${part}/pairs/${from}_${to}`] ?? final[`${part}/pairs/${to}_${from}`];
  return count !== undefined && count > 0 ? count : undefined;
}
