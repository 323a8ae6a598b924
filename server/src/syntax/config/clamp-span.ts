import type { Span } from "../../../../core/protocol/span.ts";

/** A span inside `text`; parsers may point behind the end of a file that stops too early. */
export function clampSpan(start: number, end: number, text: string): Span {
  const from = Math.min(Math.max(0, start), text.length);
  return { start: from, end: Math.min(Math.max(from, end), text.length) };
}
