import { runPython } from "./run-python.ts";

type Point = readonly [wallTime: number, step: number, value: number];

/** Scalars of a folder as TensorBoard reads them; its numbers come as Python's `repr`. */
export function tensorboardScalars(events: string): Map<string, readonly Point[]> {
  const answer = runPython("tfevents_scalars.py", { folder: events }) as Record<
    string,
    [string, number, string][]
  >;
  const number = (text: string) => Number(text.replace("inf", "Infinity").replace("nan", "NaN"));
  return new Map(
    Object.entries(answer).map(([tag, points]) => [
      tag,
      points.map(([time, step, value]) => [number(time), step, number(value)] as const),
    ]),
  );
}
