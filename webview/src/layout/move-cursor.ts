import { nearestIndex } from "./nearest.ts";

/** Key press on a chart. */
export interface CursorMove {
  readonly key: string;
  readonly isShift: boolean;
}

/** Share of the x range that one arrow press moves where measurements lie closer than that. */
const STRIDE = 1 / 60;

/**
 * Next position of the crosshair: arrows go to the measured point at least a sixtieth of the range
 * away, with Shift one epoch, Home and End to the ends. `undefined` takes the crosshair away; a key
 * that means nothing here returns `"ignored"`.
 */
export function moveCursor(
  measured: Float64Array,
  current: number | undefined,
  { key, isShift }: CursorMove,
  {
    range,
    epochLength,
  }: { readonly range: readonly [number, number]; readonly epochLength?: number },
): number | undefined | "ignored" {
  const last = measured.at(-1);
  const first = measured[0];
  if (key === "Escape") return undefined;
  if (last === undefined || first === undefined) return "ignored";
  if (key === "Home") return Math.max(first, range[0]);
  if (key === "End") return Math.min(last, range[1]);
  if (key !== "ArrowLeft" && key !== "ArrowRight") return "ignored";
  const direction = key === "ArrowLeft" ? -1 : 1;
  if (current === undefined) return direction > 0 ? first : last;
  const stride =
    isShift && epochLength !== undefined ? epochLength : (range[1] - range[0]) * STRIDE;
  const target = current + direction * stride;
  let index = nearestIndex(measured, target);
  if (measured[index] === current) index += direction;
  return measured[Math.min(Math.max(index, 0), measured.length - 1)] ?? current;
}
