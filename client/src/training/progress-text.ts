import type { TrainerEvent } from "../../../core/protocol/trainer.ts";

type Progress = Extract<TrainerEvent, { type: "progress" }>;

/** Remaining time as the panel writes it: `52 s`, `3 min`. */
function remaining(seconds: number): string {
  if (!Number.isFinite(seconds)) return "";
  return seconds < 90
    ? `, about ${Math.ceil(seconds)} s`
    : `, about ${Math.round(seconds / 60)} min`;
}

/** One line for the status bar: `epoch 3/20 · loss 0.412, about 52 s`; `40 %` of what has no loss. */
export function progressText(progress: Progress): string {
  const { step, steps_total, epoch, epochs_total, loss, seconds_left } = progress;
  const done =
    loss === undefined
      ? `${Math.floor((100 * step) / Math.max(1, steps_total))} %`
      : `epoch ${epoch}/${epochs_total} · loss ${loss.toFixed(3)}`;
  return `${done}${remaining(seconds_left)}`;
}
