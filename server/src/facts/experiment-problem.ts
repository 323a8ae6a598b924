import {
  type ExperimentDiagnostic,
  experimentDiagnostics,
} from "../config/experiment-diagnostics.ts";
import { isExperimentFile } from "../config/is-experiment-file.ts";
import type { Extractor } from "./extractor.ts";

/** Something in an experiment file that the trainer would refuse. */
export interface ExperimentProblemFact extends ExperimentDiagnostic {
  readonly kind: "experimentProblem";
}

export const experimentProblemFacts: Extractor<ExperimentProblemFact> = {
  kind: "experimentProblem",
  languages: ["yaml"],
  extract: (_syntax, { path, text }) =>
    isExperimentFile(path)
      ? experimentDiagnostics(text).map((problem) => ({ ...problem, kind: "experimentProblem" }))
      : [],
};
