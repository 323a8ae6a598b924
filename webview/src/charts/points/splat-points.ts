import { INK_COUNT, LEVELS, STYLE_BYTES } from "../../layout/points/point-styles.ts";
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
  #styles: Uint8Array = new Uint8Array();
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
    this.#styles = styles;
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
    for (const level of [LEVELS.dimmed, LEVELS.full]) {
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
    const [from, to, { share }] = [this.#from, this.#to, frame];
    const [bases, steps] = [this.#bases, this.#steps];
    const { scale, left, top } = inDevicePixels(frame);
    const { width: stride, height: lines } = image;
    for (let index = 0; index < bases.length; index++) {
      const [endX, endY] = [to[2 * index] ?? 0, to[2 * index + 1] ?? 0];
      const [startX, startY] = [from[2 * index] ?? 0, from[2 * index + 1] ?? 0];
      const x = left + (startX + (endX - startX) * share) * scale + border;
      const y = top - (startY + (endY - startY) * share) * scale + border;
      const isSeen = x >= reach && x < stride - reach && y >= reach && y < lines - reach;
      // Both are positive where it matters, so that cutting off is rounding down.
      const [column, line] = [Math.trunc(x), Math.trunc(y)];
      bases[index] = isSeen ? line * stride + column : -1;
      steps[index] = Math.trunc((y - line) * phases) * phases + Math.trunc((x - column) * phases);
    }
  }

  /** One write a pixel. */
  #splatHard({ pixels, hard }: Sheet, level: number, colors: Uint32Array): void {
    const [styles, bases] = [this.#styles, this.#bases];
    for (let index = 0; index < bases.length; index++) {
      const style = STYLE_BYTES * index;
      const base = bases[index] ?? -1;
      if (base < 0 || styles[style + 2] !== level) continue;
      const color = colors[styles[style + 1] ?? 0] ?? 0;
      const offsets = hard[styles[style] ?? 0] ?? NO_OFFSETS;
      for (let at = 0; at < offsets.length; at++) pixels[base + (offsets[at] ?? 0)] = color;
    }
  }

  #splatSoft({ pixels, phases, stamps }: Sheet, level: number, colors: Uint32Array): void {
    const [styles, bases] = [this.#styles, this.#bases];
    const ground = packed(this.#palette.ground);
    for (let index = 0; index < bases.length; index++) {
      const style = STYLE_BYTES * index;
      const base = bases[index] ?? -1;
      if (base < 0 || styles[style + 2] !== level) continue;
      const stamp = stamps[(styles[style] ?? 0) * phases * phases + (this.#steps[index] ?? 0)];
      const color = colors[styles[style + 1] ?? 0] ?? 0;
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
