/** Maps data to CSS pixels with one scale for both axes; y grows upward in data, downward here. */
export interface EqualAspect {
  /** CSS pixels per unit of data. */
  readonly scale: number;
  readonly toX: (x: number) => number;
  readonly toY: (y: number) => number;
}

export interface Bounds {
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
}

/** Smallest box around all finite points x0, y0, x1, y1, …; `undefined` when there are none. */
export function boundsOf(clouds: readonly Float32Array[]): Bounds | undefined {
  let minX = Number.POSITIVE_INFINITY;
  let maxX = Number.NEGATIVE_INFINITY;
  let minY = Number.POSITIVE_INFINITY;
  let maxY = Number.NEGATIVE_INFINITY;
  for (const xy of clouds) {
    for (let index = 0; index + 1 < xy.length; index += 2) {
      const x = xy[index] ?? Number.NaN;
      const y = xy[index + 1] ?? Number.NaN;
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      minX = Math.min(minX, x);
      maxX = Math.max(maxX, x);
      minY = Math.min(minY, y);
      maxY = Math.max(maxY, y);
    }
  }
  return minX <= maxX ? { minX, maxX, minY, maxY } : undefined;
}

/** Largest equal-aspect fit of `bounds` into the box, centred; a single point lands in the middle. */
export function equalAspect(
  bounds: Bounds,
  box: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  },
): EqualAspect {
  const width = bounds.maxX - bounds.minX;
  const height = bounds.maxY - bounds.minY;
  const fit = Math.min(
    width > 0 ? box.width / width : Number.POSITIVE_INFINITY,
    height > 0 ? box.height / height : Number.POSITIVE_INFINITY,
  );
  const scale = Number.isFinite(fit) && fit > 0 ? fit : 1;
  const middleX = (bounds.minX + bounds.maxX) / 2;
  const middleY = (bounds.minY + bounds.maxY) / 2;
  return {
    scale,
    toX: (x) => box.left + box.width / 2 + (x - middleX) * scale,
    toY: (y) => box.top + box.height / 2 - (y - middleY) * scale,
  };
}
