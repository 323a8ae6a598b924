import { isHalfTyped } from "../semantics/half-typed.ts";
import { type LayerPenalty, offsetPenalties } from "../semantics/layer-penalties.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { Extractor } from "./extractor.ts";

/** A norm of a layer's bias, or of the scale or offset of a normalisation, in the loss. */
export interface OffsetPenaltyFact extends LayerPenalty {
  readonly kind: "offsetPenalty";
  readonly program: PythonProgram;
}

export const offsetPenaltyFacts: Extractor<OffsetPenaltyFact> = {
  kind: "offsetPenalty",
  languages: ["python"],
  extract(syntax) {
    if (syntax.language !== "python") return [];
    const { program } = syntax;
    return offsetPenalties(program)
      .filter(({ layer }) => !isHalfTyped(layer, program.module))
      .map((penalty) => ({ kind: "offsetPenalty", program, ...penalty }));
  },
};
