import type { TrainerEvent } from "../../../core/protocol/trainer.ts";
import { epochLine, type TrainPrinter, trialLine } from "./train-printer.ts";

/** One line per epoch, for pipes and logs. */
export function plainPrinter(out: (text: string) => void): TrainPrinter {
  let epochsTotal = 0;
  return {
    show(event: TrainerEvent) {
      switch (event.type) {
        case "started":
          epochsTotal = event.epochs_total;
          out(startLines(event));
          break;
        case "evaluated":
          out(`${epochLine(event, epochsTotal)}\n`);
          break;
        case "trial":
          out(`${trialLine(event)}\n`);
          break;
        case "message":
          out(`${event.text}\n`);
          break;
        case "progress":
        case "finished":
          break;
      }
    },
  };
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** What is trained, on what, and why there. */
export function startLines(event: Extract<TrainerEvent, { readonly type: "started" }>): string {
  return [
    `${event.name}: ${counted(event.steps_total, "step")} in ${counted(event.epochs_total, "epoch")}`,
    `Objective: ${event.objective}`,
    `Backend: ${event.backend} on ${event.device} (${event.backend_reason})`,
    "",
  ].join("\n");
}
