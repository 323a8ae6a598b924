import { lineIndex } from "../engine/line-index.ts";
import { optimizersOf } from "../facts/optimizer.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { filePlace } from "./file-place.ts";
import type { BareOptimizer } from "./project-facts.ts";

/** Optimizers of a file that are built without a weight decay. */
export function bareOptimizers(path: string, program: PythonProgram): readonly BareOptimizer[] {
  const found = optimizersOf(program).filter(
    ({ weightDecay, hasSplat, call, coupling }) =>
      weightDecay.kind === "absent" && !hasSplat && call !== undefined && coupling !== "none",
  );
  if (found.length === 0) return [];
  const lines = lineIndex(program.module.text);
  return found.map(({ name, span }) => ({ name, place: filePlace(path, span, lines) }));
}
