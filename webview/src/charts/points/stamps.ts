import { POINT_SHAPES } from "../../layout/modality-shape.ts";
import type { Rgb } from "../../theme/rgb.ts";
import { SHAPE_REACH, shapeDistance } from "./shape-distance.ts";

/** How pixels are laid out in memory, and how large points are, all in device pixels. */
export interface StampGrid {
  /** Pixels from one line to the next. */
  readonly stride: number;
  readonly radius: number;
  readonly rim: number;
  /** Positions within a pixel, along each axis, that have a stamp of their own. */
  readonly phases: number;
}

/** One shape at one place within a pixel: the pixels it covers, relative to that pixel. */
export interface Stamp {
  readonly offsets: Int32Array;
  /** Share of each pixel that is ink, 0..256. */
  readonly ink: Uint16Array;
  /** Share of each pixel that is covered, by ink or by the rim of ground, 0..256. */
  readonly covered: Uint16Array;
}

/** Pixels that a stamp may reach beyond the pixel of its middle. */
export function stampReach(radius: number, rim: number): number {
  return Math.ceil(SHAPE_REACH * radius + rim + 1);
}

/** By shape, then by phase of y, then of x. */
export function stampsOf(grid: StampGrid): readonly Stamp[] {
  const { phases } = grid;
  const places = Array.from({ length: phases * phases }, (_, index) => index);
  return POINT_SHAPES.flatMap((shape) =>
    places.map((index) =>
      // The middle lies in the middle of its phase.
      stampOf(grid, (x, y) =>
        shapeDistance(
          shape,
          x - ((index % phases) + 0.5) / phases,
          y - (Math.floor(index / phases) + 0.5) / phases,
          grid.radius,
        ),
      ),
    ),
  );
}

function stampOf(
  { stride, radius, rim }: StampGrid,
  distance: (x: number, y: number) => number,
): Stamp {
  const reach = stampReach(radius, rim);
  const offsets: number[] = [];
  const inks: number[] = [];
  const covers: number[] = [];
  for (let line = -reach; line <= reach; line++) {
    for (let column = -reach; column <= reach; column++) {
      const d = distance(column + 0.5, line + 0.5);
      const covered = Math.round(256 * share(0.5 + rim - d));
      if (covered === 0) continue;
      offsets.push(line * stride + column);
      inks.push(Math.round(256 * share(0.5 - d)));
      covers.push(covered);
    }
  }
  return {
    offsets: Int32Array.from(offsets),
    ink: Uint16Array.from(inks),
    covered: Uint16Array.from(covers),
  };
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** Pixels of a stamp that are at least half ink, for points that are drawn without soft edges. */
export function hardOffsets({ offsets, ink }: Stamp): Int32Array {
  return offsets.filter((_, index) => (ink[index] ?? 0) >= 128);
}

/** A pixel as a canvas keeps it in memory on the little-endian machines that editors run on. */
export function packed([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
