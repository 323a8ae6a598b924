import type { Reached } from "../../../core/protocol/panel/curves.ts";
import type { RunHeader } from "../../../core/protocol/panel/run.ts";

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

export function runProgress(
  reached: Reached | undefined,
  header: RunHeader | undefined,
): RunProgress | undefined {
  if (reached === undefined) return undefined;
  const { step, stepsPerSecond: rate } = reached;
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

/** Each epoch visits every training sample once. */
function samplesPerStep(header: RunHeader | undefined): number | undefined {
  if (header === undefined) return undefined;
  const { train = 0 } = header.samples;
  if (header.stepsTotal <= 0 || train <= 0) return undefined;
  return (train * header.epochsTotal) / header.stepsTotal;
}
