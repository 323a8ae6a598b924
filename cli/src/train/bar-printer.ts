import type { TrainerEvent } from "../../../core/protocol/trainer.ts";
import { startLines } from "./plain-printer.ts";
import { duration, type TrainPrinter } from "./train-printer.ts";

type Progress = Extract<TrainerEvent, { readonly type: "progress" }>;

const CLEAR_LINE = "\r\u001B[2K";
const MAX_BAR = 30;

/** A progress bar on one line of a terminal of `columns` characters. */
export function barPrinter(out: (text: string) => void, columns: number): TrainPrinter {
  return {
    show(event) {
      switch (event.type) {
        case "started":
          out(CLEAR_LINE + startLines(event));
          break;
        case "progress":
          out(CLEAR_LINE + progressLine(event, columns));
          break;
        case "message":
          out(`${CLEAR_LINE}${event.text}\n`);
          break;
        case "finished":
          out(CLEAR_LINE);
          break;
        case "evaluated":
          break;
      }
    },
  };
}

/** Never longer than `columns` − 1, so that it does not wrap. */
function progressLine(event: Progress, columns: number): string {
  const share = event.steps_total === 0 ? 0 : event.step / event.steps_total;
  const facts = [
    `${Math.floor(share * 100)
      .toString()
      .padStart(3)} %`,
    `epoch ${event.epoch}/${event.epochs_total}`,
    `step ${event.step}/${event.steps_total}`,
    `loss ${event.loss.toPrecision(4)}`,
    `${Math.round(event.samples_per_second)} samples/s`,
    `${duration(event.seconds_left)} left`,
  ].join("  ");
  const room = Math.min(MAX_BAR, columns - 2 - facts.length);
  if (room < 5) return facts.slice(0, columns - 1);
  const full = Math.round(share * room);
  return `${"█".repeat(full)}${"░".repeat(room - full)} ${facts}`;
}
