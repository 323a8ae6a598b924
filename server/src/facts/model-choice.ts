import type { Span } from "../../../core/protocol/span.ts";
import { checkpointChoices } from "../semantics/checkpoint-choice.ts";
import { monitoredChoices } from "../semantics/monitored-choice.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { ScoredData } from "../semantics/scored-data.ts";
import type { Argument } from "../syntax/python/ast.ts";
import type { Extractor } from "./extractor.ts";

/** The epoch whose weights are kept, or at which training stops, is chosen by a score. */
export interface ModelChoiceFact {
  readonly kind: "modelChoice";
  readonly program: PythonProgram;
  /** The comparison, or the argument that names the data. */
  readonly span: Span;
  /** `EarlyStopping`, `torch.save`, … */
  readonly means: { readonly name: string; readonly span: Span };
  /** What the score is computed on. */
  readonly scored: ScoredData;
  /** The argument of `fit(…)` that names the data, where a library does the choosing. */
  readonly argument: Argument | undefined;
}

export const modelChoiceFacts: Extractor<ModelChoiceFact> = {
  kind: "modelChoice",
  languages: ["python"],
  extract(syntax) {
    if (syntax.language !== "python") return [];
    const { program } = syntax;
    const choices = [...checkpointChoices(program), ...monitoredChoices(program)];
    return choices
      .map((choice): ModelChoiceFact => ({ kind: "modelChoice", program, ...choice }))
      .sort((a, b) => a.span.start - b.span.start);
  },
};
