import { isHalfTyped } from "../semantics/half-typed.ts";
import { type LayerPenalty, offsetPenalties } from "../semantics/layer-penalties.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { type Extractor, isCode } from "./extractor.ts";

/** A norm of a layer's bias, or of the scale or offset of a normalisation, in the loss. */
export interface OffsetPenaltyFact extends LayerPenalty {
  readonly kind: "offsetPenalty";
  readonly program: PythonProgram;
}

export const offsetPenaltyFacts: Extractor<OffsetPenaltyFact> = {
  kind: "offsetPenalty",
  languages: ["python", "javascript"],
  extract(syntax) {
    if (!isCode(syntax)) return [];
    const { program } = syntax;
    return offsetPenalties(program)
      .filter(({ layer }) => !isHalfTyped(layer, program.module))
      .map((penalty) => ({ kind: "offsetPenalty", program, ...penalty }));
  },
};
