import { positionsBetween } from "../../layout/points/moving-points.ts";
import { INK_COUNT, LEVELS } from "../../layout/points/point-styles.ts";
import {
  dimmedInk,
  LEAST_RIMMED_RADIUS,
  type Palette,
  type PointFrame,
  type PointRenderer,
  RIM_WIDTH,
} from "./point-renderer.ts";
import { hardOffsets, packed, type Stamp, stampReach, stampsOf } from "./stamps.ts";

/** Beyond it points have hard edges: softening takes longer than drawing. */
const MOST_SOFT_POINTS = 50_000;
const SOFT_PHASES = 4;
const NO_OFFSETS = new Int32Array();

/** The memory that is drawn into, and what is stamped into it at one size of points. */
interface Sheet {
  readonly image: ImageData;
  readonly pixels: Uint32Array;
  /** Lines and columns around what is seen, so that no stamp at the edge must be cut. */
  readonly border: number;
  /** Of that, what a stamp covers around its middle. */
  readonly reach: number;
  readonly phases: number;
  readonly stamps: readonly Stamp[];
  readonly hard: readonly Int32Array[];
  readonly key: string;
}

/**
 * Stamps points into the memory of a 2-D canvas: without a GPU some hundred times faster than WebGL.
 */
export class SplatPoints implements PointRenderer {
  readonly canvas: HTMLCanvasElement;
  readonly kind = "splat";
  readonly #context: CanvasRenderingContext2D;
  #from: Float32Array = new Float32Array();
  #to: Float32Array = new Float32Array();
  /** Four bytes a point read as one number: shape lowest, then ink, then level. */
  #styles = new Uint32Array();
  /** Those that occur, the lower first. */
  #levels: readonly number[] = [];
  /** Index of the pixel of each point's middle. */
  #bases = new Int32Array();
  /** Where in that pixel the middle lies, as an index of phases. */
  #steps = new Uint8Array();
  #palette: Palette = { ground: [0, 0, 0], inks: [] };
  #sheet: Sheet | undefined;

  constructor(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D) {
    this.canvas = canvas;
    this.#context = context;
  }

  setPositions(from: Float32Array, to: Float32Array): void {
    this.#from = from;
    this.#to = to;
    const count = to.length >> 1;
    if (this.#bases.length === count) return;
    this.#bases = new Int32Array(count);
    this.#steps = new Uint8Array(count);
  }

  setStyles(styles: Uint8Array): void {
    this.#styles = new Uint32Array(styles.slice().buffer);
    const isDimmed = this.#styles.some((style) => ((style >>> 16) & 255) === LEVELS.dimmed);
    this.#levels = isDimmed ? [LEVELS.dimmed, LEVELS.full] : [LEVELS.full];
  }

  setPalette(palette: Palette): void {
    this.#palette = palette;
  }

  draw(frame: PointFrame): void {
    const { ratio } = frame;
    const [width, height] = [Math.round(frame.width * ratio), Math.round(frame.height * ratio)];
    if (width < 1 || height < 1) return;
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    const sheet = this.#sheetFor(frame, width, height);
    const { ground, inks } = this.#palette;
    sheet.pixels.fill(packed(ground));
    this.#place(sheet, frame);
    const isSoft = sheet.hard.length === 0;
    for (const level of this.#levels) {
      const shades = level === LEVELS.full ? inks : inks.map((ink) => dimmedInk(ink, ground));
      const colors = Uint32Array.from({ length: INK_COUNT }, (_, ink) =>
        packed(shades[ink] ?? ground),
      );
      if (isSoft) this.#splatSoft(sheet, level, colors);
      else this.#splatHard(sheet, level, colors);
    }
    const { image, border } = sheet;
    this.#context.putImageData(image, -border, -border, border, border, width, height);
  }

  dispose(): void {
    this.#sheet = undefined;
  }

  #sheetFor({ radius, ratio }: PointFrame, width: number, height: number): Sheet {
    const isSoft = this.#to.length <= 2 * MOST_SOFT_POINTS;
    const size = radius * ratio;
    const rim = isSoft && radius >= LEAST_RIMMED_RADIUS ? RIM_WIDTH * ratio : 0;
    const key = [width, height, size, rim, isSoft].join();
    if (this.#sheet?.key === key) return this.#sheet;
    const reach = stampReach(size, rim);
    const border = 2 * reach;
    const stride = width + 2 * border;
    const lines = height + 2 * border;
    const isFitting = this.#sheet?.image.width === stride && this.#sheet.image.height === lines;
    const image = (isFitting ? this.#sheet?.image : undefined) ?? new ImageData(stride, lines);
    const phases = isSoft ? SOFT_PHASES : 1;
    const stamps = stampsOf({ stride, radius: size, rim, phases });
    const sheet: Sheet = {
      image,
      pixels: new Uint32Array(image.data.buffer),
      border,
      reach,
      phases,
      stamps,
      hard: isSoft ? [] : stamps.map(hardOffsets),
      key,
    };
    this.#sheet = sheet;
    return sheet;
  }

  /** Pixel and phase of every point that may be seen at least in part; −1 of the others. */
  #place({ image, reach, border, phases }: Sheet, frame: PointFrame): void {
    const xy = positionsBetween(this.#from, this.#to, frame.share);
    const [bases, steps] = [this.#bases, this.#steps];
    const { scale, left, top } = inDevicePixels(frame);
    const { width: stride, height: lines } = image;
    const [mostX, mostY] = [stride - reach, lines - reach];
    for (let index = 0; index < bases.length; index++) {
      const x = (xy[2 * index] ?? 0) * scale + left + border;
      const y = (xy[2 * index + 1] ?? 0) * -scale + top + border;
      if (!(x >= reach && x < mostX && y >= reach && y < mostY)) {
        bases[index] = -1;
        continue;
      }
      // Both are positive, so that cutting off is rounding down.
      const [column, line] = [x | 0, y | 0];
      bases[index] = line * stride + column;
      if (phases === 1) continue;
      steps[index] = Math.trunc((y - line) * phases) * phases + Math.trunc((x - column) * phases);
    }
  }

  /** One write a pixel. */
  #splatHard({ pixels, hard }: Sheet, level: number, colors: Uint32Array): void {
    const [styles, bases] = [this.#styles, this.#bases];
    for (let index = 0; index < bases.length; index++) {
      const base = bases[index] ?? -1;
      const style = styles[index] ?? 0;
      if (base < 0 || ((style >>> 16) & 255) !== level) continue;
      const color = colors[(style >>> 8) & 255] ?? 0;
      const offsets = hard[style & 255] ?? NO_OFFSETS;
      for (let at = 0; at < offsets.length; at++) pixels[base + (offsets[at] ?? 0)] = color;
    }
  }

  #splatSoft({ pixels, phases, stamps }: Sheet, level: number, colors: Uint32Array): void {
    const [styles, bases] = [this.#styles, this.#bases];
    const ground = packed(this.#palette.ground);
    for (let index = 0; index < bases.length; index++) {
      const base = bases[index] ?? -1;
      const style = styles[index] ?? 0;
      if (base < 0 || ((style >>> 16) & 255) !== level) continue;
      const stamp = stamps[(style & 255) * phases * phases + (this.#steps[index] ?? 0)];
      const color = colors[(style >>> 8) & 255] ?? 0;
      if (stamp !== undefined) blend(pixels, base, stamp, { color, ground });
    }
  }
}

/** Lays ink and rim over what is there; red and blue are mixed in one number, as neither overflows. */
function blend(
  pixels: Uint32Array,
  base: number,
  { offsets, ink, covered }: Stamp,
  { color, ground }: { readonly color: number; readonly ground: number },
): void {
  for (let at = 0; at < offsets.length; at++) {
    const place = base + (offsets[at] ?? 0);
    const inner = ink[at] ?? 0;
    if (inner === 256) {
      pixels[place] = color;
      continue;
    }
    const outer = covered[at] ?? 0;
    const below = pixels[place] ?? 0;
    const rest = 256 - outer;
    const rim = outer - inner;
    const redBlue =
      (Math.imul(color & 0xff00ff, inner) +
        Math.imul(ground & 0xff00ff, rim) +
        Math.imul(below & 0xff00ff, rest)) >>>
      8;
    const green =
      (Math.imul(color & 0xff00, inner) +
        Math.imul(ground & 0xff00, rim) +
        Math.imul(below & 0xff00, rest)) >>>
      8;
    pixels[place] = (0xff000000 | (redBlue & 0xff00ff) | (green & 0xff00)) >>> 0;
  }
}

function inDevicePixels({ camera, ratio }: PointFrame) {
  return {
    scale: camera.scale * ratio,
    left: camera.left * ratio,
    top: camera.top * ratio,
  };
}
