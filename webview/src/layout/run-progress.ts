import type { RunHeader } from "../../../core/protocol/panel/run.ts";
import type { Series } from "../store/series.ts";

/** How far a run has come, and how fast, as far as its metrics tell. */
export interface RunProgress {
  readonly step: number;
  /** 0..1; `undefined` when the planned length is not known. */
  readonly fraction?: number;
  readonly epoch?: number;
  readonly stepsPerSecond?: number;
  readonly samplesPerSecond?: number;
  readonly remainingSeconds?: number;
}

/** Points at the end of a series that the speed is measured over. */
const RATE_WINDOW = 30;

/** Reads the training series that reaches furthest. */
export function runProgress(
  series: ReadonlyMap<string, Series>,
  header: RunHeader | undefined,
): RunProgress | undefined {
  const longest = [...series].reduce<Series | undefined>((best, [name, one]) => {
    if (!name.startsWith("train/")) return best;
    return (one.steps.at(-1) ?? 0) > (best?.steps.at(-1) ?? -1) ? one : best;
  }, undefined);
  const step = longest?.steps.at(-1);
  if (longest === undefined || step === undefined) return undefined;
  const rate = stepsPerSecond(longest);
  const total = header?.stepsTotal ?? 0;
  const epochs = header?.epochsTotal ?? 0;
  const perStep = samplesPerStep(header);
  return {
    step,
    ...(total > 0 ? { fraction: Math.min(1, step / total) } : {}),
    ...(total > 0 && epochs > 0 ? { epoch: Math.min(epochs, (step / total) * epochs) } : {}),
    ...(rate === undefined ? {} : { stepsPerSecond: rate }),
    ...(rate === undefined || perStep === undefined ? {} : { samplesPerSecond: rate * perStep }),
    ...(rate === undefined || total <= 0
      ? {}
      : { remainingSeconds: Math.max(0, total - step) / rate }),
  };
}

function stepsPerSecond({ steps, times }: Series): number | undefined {
  const last = steps.length - 1;
  const first = Math.max(0, last - RATE_WINDOW);
  const seconds = (times[last] ?? 0) - (times[first] ?? 0);
  const count = (steps[last] ?? 0) - (steps[first] ?? 0);
  return seconds > 0 && count > 0 ? count / seconds : undefined;
}

/** Each epoch visits every training sample once. */
function samplesPerStep(header: RunHeader | undefined): number | undefined {
  if (header === undefined) return undefined;
  const { train = 0 } = header.samples;
  if (header.stepsTotal <= 0 || train <= 0) return undefined;
  return (train * header.epochsTotal) / header.stepsTotal;
}
