import { describe, expect, test } from "vitest";
import {
  hardOffsets,
  packed,
  stampReach,
  stampsOf,
} from "../../../../webview/src/charts/points/stamps.ts";

const STRIDE = 100;

describe("stampsOf()", () => {
  const [circle] = stampsOf({ stride: STRIDE, radius: 3, rim: 1, phases: 1 });

  test("covers the ink and a rim around it, nothing beyond its reach", () => {
    const { offsets, ink, covered } = circle ?? { offsets: [], ink: [], covered: [] };
    const reach = stampReach(3, 1);
    for (const [at, offset] of offsets.entries()) {
      expect(covered[at]).toBeGreaterThanOrEqual(ink[at] ?? 0);
      const line = Math.round(offset / STRIDE);
      expect(Math.abs(line)).toBeLessThanOrEqual(reach);
      expect(Math.abs(offset - line * STRIDE)).toBeLessThanOrEqual(reach);
    }
    // Areas of circles of radius 3 and 4.
    const total = (shares: Iterable<number>) =>
      [...shares].reduce((sum, share) => sum + share / 256, 0);
    expect(total(ink)).toBeCloseTo(Math.PI * 9, 0);
    expect(total(covered)).toBeCloseTo(Math.PI * 16, 0);
  });

  test("moves with the place within the pixel", () => {
    const stamps = stampsOf({ stride: STRIDE, radius: 3, rim: 0, phases: 4 });
    const middle = ({ offsets, ink }: (typeof stamps)[number]) => {
      let [sum, x] = [0, 0];
      for (const [at, offset] of offsets.entries()) {
        const column = offset - Math.round(offset / STRIDE) * STRIDE;
        sum += ink[at] ?? 0;
        x += (column + 0.5) * (ink[at] ?? 0);
      }
      return x / sum;
    };
    const middles = stamps.slice(0, 4).map(middle);
    for (const [phase, x] of middles.entries()) expect(x).toBeCloseTo((phase + 0.5) / 4, 1);
  });

  test("has at least one hard pixel however small the point", () => {
    for (const stamp of stampsOf({ stride: STRIDE, radius: 1.2, rim: 0, phases: 1 })) {
      expect(hardOffsets(stamp).length).toBeGreaterThan(0);
      expect(hardOffsets(stamp)).toContain(0);
    }
  });
});

test("packed() is red, green, blue and full alpha in memory", () => {
  const bytes = new Uint8Array(Uint32Array.of(packed([1, 2, 3])).buffer);
  expect([...bytes]).toEqual([1, 2, 3, 255]);
});
