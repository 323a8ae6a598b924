import type { TrainerEvent } from "../../../core/protocol/trainer.ts";
import type { Moment } from "../procedure.ts";

type Emit = (event: TrainerEvent) => void;

/** The length of a run that is made of several trainings. */
export interface WholeRun {
  readonly stepsTotal: number;
  readonly epochsTotal: number;
  readonly startedMs: number;
}

/** Tells the progress of one training, which begins at `before`, as progress of the whole run. */
export function progressWithin(emit: Emit, before: Moment, whole: WholeRun): Emit {
  return (event) => {
    if (event.type !== "progress") {
      emit(event);
      return;
    }
    const step = before.step + event.step;
    const seconds = (Date.now() - whole.startedMs) / 1000;
    emit({
      ...event,
      step,
      epoch: before.epoch + event.epoch,
      steps_total: whole.stepsTotal,
      epochs_total: whole.epochsTotal,
      seconds_left: (seconds / step) * (whole.stepsTotal - step),
    });
  };
}
