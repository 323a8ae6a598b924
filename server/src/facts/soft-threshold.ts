import { scopesOf } from "../math/scopes.ts";
import { isBareStrength, type SoftThreshold, softThresholdsIn } from "../math/soft-threshold.ts";
import { isHalfTypedStatement } from "../semantics/half-typed.ts";
import type { Extractor } from "./extractor.ts";

/** A proximal step of the L1 penalty after a gradient step. */
export interface SoftThresholdFact extends SoftThreshold {
  readonly kind: "softThreshold";
  /** Whether the threshold is λ without the size of the step. */
  readonly isBare: boolean;
}

/** A document without these thresholds nothing softly. */
const PREFILTER = /\bsign\b|\bsgn\b|softshrink/;

export const softThresholdFacts: Extractor<SoftThresholdFact> = {
  kind: "softThreshold",
  languages: ["python"],
  extract(syntax, { text }) {
    if (syntax.language !== "python" || !PREFILTER.test(text)) return [];
    const { program } = syntax;
    return scopesOf(program)
      .flatMap(softThresholdsIn)
      .filter(({ statement }) => !isHalfTypedStatement(statement, program.module))
      .map((found) => ({ kind: "softThreshold", isBare: isBareStrength(found), ...found }));
  },
};
