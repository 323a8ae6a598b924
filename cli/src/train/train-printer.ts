import type { TrainerEvent } from "../../../core/protocol/trainer.ts";

/** Shows the events of a training as they come; `finished` is left to the summary. */
export interface TrainPrinter {
  show(event: TrainerEvent): void;
}

/** One JSON object a line, `finished` included. */
export function jsonPrinter(out: (text: string) => void): TrainPrinter {
  return {
    show: (event) => {
      out(`${JSON.stringify(event)}\n`);
    },
  };
}

/** `m:ss`, or `h:mm:ss` from an hour on. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const tail = String(whole % 60).padStart(2, "0");
  return hours === 0
    ? `${minutes}:${tail}`
    : `${hours}:${String(minutes).padStart(2, "0")}:${tail}`;
}

/** Percent with one digit, from a share 0..1. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Epoch, loss and the two metrics that everybody asks for. */
export function epochLine(
  event: Extract<TrainerEvent, { readonly type: "evaluated" }>,
  epochsTotal: number,
): string {
  const number = (name: string) => {
    const value = event.values[name];
    return value === undefined ? undefined : Number(value);
  };
  const loss = (name: string) => {
    const value = number(`${name}/loss`);
    return value === undefined ? [] : [`${name} loss ${value.toPrecision(4)}`];
  };
  const part = number("validation/accuracy") === undefined ? "train" : "validation";
  const accuracy = number(`${part}/accuracy`);
  const zeros = number("weights/all/zero_fraction");
  return [
    `Epoch ${event.epoch}/${epochsTotal}`,
    `step ${event.step}`,
    ...loss("train"),
    ...loss("validation"),
    ...(accuracy === undefined ? [] : [`${part} accuracy ${percent(accuracy)}`]),
    ...(zeros === undefined ? [] : [`exact zeros ${percent(zeros)}`]),
  ].join("  ");
}

/** How far a trial of a sweep was trained, and what it is worth. */
export function trialLine(event: Extract<TrainerEvent, { readonly type: "trial" }>): string {
  const { number, trials, set, epochs, value, status } = event;
  const worth = typeof value === "number" ? value.toPrecision(5) : value;
  const end = status === "failed" ? "  failed" : "";
  return `Trial ${number}/${trials}  ${set.join("  ")}  epoch ${epochs}  ${worth}${end}`;
}
