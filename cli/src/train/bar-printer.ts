import type { TrainerEvent } from "../../../core/protocol/trainer.ts";
import { startLines } from "./plain-printer.ts";
import { duration, type TrainPrinter, trialLine } from "./train-printer.ts";

type Progress = Extract<TrainerEvent, { readonly type: "progress" }>;

const CLEAR_LINE = "\r\u001B[2K";
const MIN_BAR = 5;
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
        case "trial":
          out(`${CLEAR_LINE}${trialLine(event)}\n`);
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

/** Facts by how much room there is, the most first. What is solved has no epochs, loss or rate. */
function choicesOf(
  { epoch: at, epochs_total: total, loss: value, samples_per_second: perSecond }: Progress,
  percent: string,
  step: string,
  left: string,
): readonly (readonly string[])[] {
  if (value === undefined || perSecond === undefined) {
    return [
      [percent, step, left],
      [percent, left],
    ];
  }
  const epoch = `epoch ${at}/${total}`;
  const loss = `loss ${value.toPrecision(4)}`;
  const rate = `${Math.round(perSecond)} samples/s`;
  return [
    [percent, epoch, step, loss, rate, left],
    [percent, epoch, loss, rate, left],
    [percent, epoch, loss, left],
    [percent, epoch, left],
    [percent, left],
  ];
}

/** Never longer than `columns` − 1, so that it does not wrap; what has no room is left out whole. */
function progressLine(event: Progress, columns: number): string {
  const share = event.steps_total === 0 ? 0 : event.step / event.steps_total;
  const percent = `${String(Math.floor(share * 100)).padStart(3)} %`;
  const step = `step ${event.step}/${event.steps_total}`;
  const left = `${duration(event.seconds_left)} left`;
  const choices = choicesOf(event, percent, step, left).map((facts) => facts.join("  "));
  const roomBeside = (facts: string) => Math.min(MAX_BAR, columns - 2 - facts.length);
  const facts = choices.find((choice) => roomBeside(choice) >= MIN_BAR);
  if (facts === undefined) return percent.slice(0, columns - 1);
  const room = roomBeside(facts);
  const full = Math.round(share * room);
  return `${"█".repeat(full)}${"░".repeat(room - full)} ${facts}`;
}
