import type { Span } from "../../../core/protocol/span.ts";
import { lineIndex } from "../engine/line-index.ts";
import type { Related } from "../engine/rule.ts";
import { filePlace } from "./file-place.ts";
import type { Home } from "./imported-definition.ts";

/** Points at a place of `there`, which may be another file than the one that is reported on. */
export function relatedIn(span: Span, there: Home, here: Home, message: string): Related {
  if (there.path === here.path) return { span, message };
  return { place: filePlace(there.path, span, lineIndex(there.program.module.text)), message };
}
