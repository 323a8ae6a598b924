import type { PathPoint } from "./path-choice.ts";

/** How far above the least error the axis goes, in units of what has to be told apart there. */
const ROOM = 3.5;
/** What is cut off must be this many times the axis for it to be cut at all. */
const CUT_FACTOR = 1.4;
const PADDING = 0.05;

/** Range of the axis of a path's errors; `cut` is the highest of them where it lies beyond. */
export interface ErrorRange {
  readonly range: readonly [number, number];
  readonly cut?: number;
}

/**
 * The range that shows the errors about the least one: with all of a path a strong λ, whose error is
 * many times the least, would flatten what the choice is about. Half of the means are always inside.
 */
export function errorRange(points: readonly PathPoint[]): ErrorRange {
  const means = points.map(({ mean }) => mean).sort((a, b) => a - b);
  const low = Math.min(...points.map(({ mean, se }) => mean - se));
  const high = Math.max(...points.map(({ mean, se }) => mean + se));
  const best = points.find(({ mean }) => mean === means[0]);
  if (best === undefined) return { range: [0, 1] };
  const median = means[Math.floor((means.length - 1) / 2)] ?? high;
  const near = Math.max(low + ROOM * (best.mean + best.se - low), median);
  const isCut = best.se > 0 && high - low > CUT_FACTOR * (near - low);
  const top = isCut ? near : high;
  const room = (top - low) * PADDING || Math.abs(top) * PADDING || 1;
  return { range: [low - room, top + room], ...(isCut ? { cut: high } : {}) };
}
