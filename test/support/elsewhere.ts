import { lineIndex } from "../../server/src/engine/line-index.ts";
import type { Related } from "../../server/src/engine/rule.ts";
import { filePlace } from "../../server/src/project/file-place.ts";

/** The first occurrence of `code` in another file, as a rule that looks across files reports it. */
export function elsewhere(path: string, text: string, code: string, message: string): Related {
  const start = text.indexOf(code);
  const span = { start, end: start + code.length };
  return { place: filePlace(path, span, lineIndex(text)), message };
}
