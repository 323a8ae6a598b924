import { backend_util, type NamedAttrMap } from "@tensorflow/tfjs-core";
import { attributeOf } from "./kernel-call.ts";

export type ConvolutionGeometry = backend_util.Conv2DInfo;

type Shape4D = [number, number, number, number];

export interface ConvolutionShapes {
  /** [batch, height, width, channels]. */
  readonly input: readonly number[];
  /** [height, width, channels in, channels out]; the last is the multiplier when depthwise. */
  readonly filter: readonly number[];
  readonly isDepthwise: boolean;
}

/**
 * Sizes, strides and paddings of a convolution from the attributes that tfjs gives a kernel.
 *
 * @throws {RangeError} If the layout is not NHWC, the only one that the wasm backend convolves in.
 */
export function convolutionGeometry(
  shapes: ConvolutionShapes,
  attrs: NamedAttrMap | undefined,
): ConvolutionGeometry {
  const layout = attributeOf(attrs, "dataFormat") ?? "NHWC";
  if (layout !== "NHWC") throw new RangeError(`Convolve in NHWC, got ${String(layout)}`);
  return backend_util.computeConv2DInfo(
    shape4d(shapes.input),
    shape4d(shapes.filter),
    parsePair("strides", attributeOf(attrs, "strides")),
    1,
    parsePadding(attributeOf(attrs, "pad")),
    parseRounding(attributeOf(attrs, "dimRoundingMode")),
    shapes.isDepthwise,
    "channelsLast",
  );
}

/** The same for pooling over images [batch, height, width, channels]. */
export function poolingGeometry(
  input: readonly number[],
  attrs: NamedAttrMap | undefined,
): ConvolutionGeometry {
  return backend_util.computePool2DInfo(
    shape4d(input),
    parsePair("filterSize", attributeOf(attrs, "filterSize")),
    parsePair("strides", attributeOf(attrs, "strides")),
    1,
    parsePadding(attributeOf(attrs, "pad")),
    parseRounding(attributeOf(attrs, "dimRoundingMode")),
  );
}

/** The shape that tfjs gives a gradient kernel for what it is to produce. */
export function shapeAttribute(attrs: NamedAttrMap | undefined, name: string): readonly number[] {
  const value = attributeOf(attrs, name);
  const shape = Array.isArray(value) ? value.filter((size) => typeof size === "number") : [];
  if (shape.length !== 4) throw new TypeError(`Give ${name} as four sizes, got ${String(value)}`);
  return shape;
}

function shape4d(shape: readonly number[]): Shape4D {
  const [first, second, third, fourth] = shape;
  if (fourth === undefined || first === undefined || second === undefined || third === undefined) {
    throw new RangeError(`Give a shape of four sizes, got [${shape.join(", ")}]`);
  }
  return [first, second, third, fourth];
}

function parsePair(name: string, value: unknown): [number, number] {
  const [vertical, horizontal = vertical] = Array.isArray(value) ? value : [value];
  if (typeof vertical !== "number" || typeof horizontal !== "number") {
    throw new TypeError(`Give ${name} as one or two numbers, got ${String(value)}`);
  }
  return [vertical, horizontal];
}

function parsePadding(value: unknown): "valid" | "same" | number | backend_util.ExplicitPadding {
  if (value === "valid" || value === "same" || typeof value === "number") return value;
  const sides = Array.isArray(value) ? value.map(parseSides) : [];
  const [batch, height, width, channels] = sides;
  if (
    batch === undefined ||
    height === undefined ||
    width === undefined ||
    channels === undefined
  ) {
    throw new TypeError(`Give padding as a name, a number or four pairs, got ${String(value)}`);
  }
  return [batch, height, width, channels];
}

function parseSides(value: unknown): [number, number] {
  const [before, after] = Array.isArray(value) ? value : [];
  if (typeof before === "number" && typeof after === "number") return [before, after];
  throw new TypeError(`Give the padding of a dimension as a pair, got ${String(value)}`);
}

function parseRounding(value: unknown): "floor" | "round" | "ceil" | undefined {
  return value === "floor" || value === "round" || value === "ceil" ? value : undefined;
}
