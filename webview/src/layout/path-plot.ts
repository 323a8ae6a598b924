import { type LambdaAxis, lambdaAxis } from "./lambda-axis.ts";

/** Where a chart over λ draws, in CSS pixels; both charts of a path have the same left and right. */
export interface PathPlot extends LambdaAxis {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly toX: (place: number) => number;
  /** Of every λ. */
  readonly xs: readonly number[];
}

const RIGHT = 46;
const TICK_ROOM = 90;
/** Below this width names have less room. */
const NARROW = 560;

/** `head` and `foot` are the room above and below the plot. */
export function pathPlot(
  lambdas: readonly number[],
  size: { readonly width: number; readonly height: number },
  { head, foot }: { readonly head: number; readonly foot: number },
): PathPlot {
  const left = size.width < NARROW ? 120 : 148;
  const right = Math.max(left + 1, size.width - RIGHT);
  const axis = lambdaAxis(lambdas, Math.max(2, Math.floor((right - left) / TICK_ROOM)));
  const toX = (place: number): number => left + place * (right - left);
  return {
    ...axis,
    left,
    right,
    top: head,
    bottom: Math.max(head + 1, size.height - foot),
    toX,
    xs: axis.places.map(toX),
  };
}
