import { element } from "../ui/element.ts";

/** Width of a letter of an 11 px system font, for browsers that cannot measure. */
const LETTER_WIDTH = 6.4;

let context: CanvasRenderingContext2D | undefined;

/** Width of one line of text in a CSS font, in CSS pixels. */
export function textWidth(text: string, font: string): number {
  context ??= element("canvas").getContext("2d") ?? undefined;
  if (context === undefined) return text.length * LETTER_WIDTH;
  context.font = font;
  return context.measureText(text).width;
}
