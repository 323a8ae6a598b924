import { convertIndexedToRgb, type DecodedPng, decode as decodePng } from "fast-png";
import { decode as decodeJpeg } from "jpeg-js";
import type { RgbImage } from "./rgb-image.ts";

/** Larger pictures are refused before room is made for them. */
const MAX_MEGAPIXELS = 100;
const MAX_JPEG_MEGABYTES = 2048;
const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG_START = [0xff, 0xd8];

export type DecodedImage = RgbImage | { readonly problem: string };

/**
 * A PNG or JPEG file as an opaque picture; what it is its first bytes say. Never throws.
 *
 * What is transparent is laid over white. A rotation that a camera notes beside the picture is not
 * carried out.
 */
export function decodeImage(bytes: Uint8Array): DecodedImage {
  try {
    if (PNG_START.every((byte, index) => bytes[index] === byte)) return fromPng(bytes);
    if (JPEG_START.every((byte, index) => bytes[index] === byte)) return fromJpeg(bytes);
    return { problem: "it is neither a PNG nor a JPEG picture" };
  } catch (error) {
    return { problem: `it is damaged (${error instanceof Error ? error.message : String(error)})` };
  }
}

function fromJpeg(bytes: Uint8Array): DecodedImage {
  const { width, height, data } = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: MAX_MEGAPIXELS,
    maxMemoryUsageInMB: MAX_JPEG_MEGABYTES,
  });
  return { width, height, rgb: data };
}

function fromPng(bytes: Uint8Array): DecodedImage {
  if (bytes.length < 24) return { problem: "it is truncated" };
  // The first chunk of every PNG states its size.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width * height > MAX_MEGAPIXELS * 1e6) {
    return {
      problem: `it claims ${width} × ${height} pixels; at most ${MAX_MEGAPIXELS} million are read`,
    };
  }
  return opaque(decodePng(bytes, { checkCrc: true }));
}

function opaque(png: DecodedPng): DecodedImage {
  const { width, height, palette } = png;
  const data = palette === undefined ? unpacked(png) : convertIndexedToRgb(png);
  const channels = data.length / (width * height);
  const most = palette === undefined ? 2 ** png.depth - 1 : 255;
  if (![1, 2, 3, 4].includes(channels)) return { problem: "it is truncated" };
  const hasAlpha = channels === 2 || channels === 4;
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const start = pixel * channels;
    const alpha = hasAlpha ? (data[start + channels - 1] ?? 0) / most : 1;
    for (let channel = 0; channel < 3; channel++) {
      const value = (data[start + (channels < 3 ? 0 : channel)] ?? 0) / most;
      rgb[pixel * 3 + channel] = Math.round(255 * (value * alpha + 1 - alpha));
    }
  }
  return { width, height, rgb };
}

/** One element a value, where a byte holds several. */
function unpacked({ data, depth, width, height }: DecodedPng): DecodedPng["data"] {
  if (depth >= 8) return data;
  const values = new Uint8Array(width * height);
  const rowBytes = Math.ceil((width * depth) / 8);
  for (let index = 0; index < values.length; index++) {
    const [row, column] = [Math.floor(index / width), index % width];
    const bit = column * depth;
    const byte = data[row * rowBytes + (bit >> 3)] ?? 0;
    values[index] = (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  }
  return values;
}
