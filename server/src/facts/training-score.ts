import type { Span } from "../../../core/protocol/span.ts";
import type { LintDocument } from "../engine/document.ts";
import { mislabelledScores } from "../semantics/mislabelled-score.ts";
import { isSameValue } from "../semantics/same-value.ts";
import type { ScoredData } from "../semantics/scored-data.ts";
import { byText } from "../syntax/by-text.ts";
import type { CodeText } from "../syntax/code-text.ts";
import { type EstimatorFitFact, estimatorFitFacts } from "./estimator-fit.ts";
import { type EstimatorScoreFact, estimatorScoreFacts } from "./estimator-score.ts";
import type { Extractor, Syntax } from "./extractor.ts";

/** A score on the data that a model learned from. */
export type TrainingScoreFact = {
  readonly kind: "trainingScore";
  readonly span: Span;
} & (
  | {
      readonly form: "estimator";
      readonly score: EstimatorScoreFact;
      /** The fit to the same data. */
      readonly fit: EstimatorFitFact;
    }
  /** A number that is called a test score, from a loop over the training data. */
  | { readonly form: "label"; readonly label: string; readonly scored: ScoredData }
);

const MEASURE = "(?:acc|loss|score|error|f1|auc|mse|rmse|mae|r2|precision|recall)";
/** `test_loss = …`, `valAcc = …` */
const HELD_OUT_SCORES = [
  new RegExp(
    String.raw`(?:val|valid|validation|dev|test|testing|tst|vld|te)_\w*?${MEASURE}\w*[^\n=]*=(?!=)`,
    "i",
  ),
  /(?:[vV]al|[vV]alid|[vV]alidation|[dD]ev|[tT]est|[tT]esting)[A-Z]\w*[^\n=]*=(?!=)/,
];

/** Whether code may score an estimator, or call a number a test score. */
export function mayScoreTraining(code: CodeText): boolean {
  return code.parts.some((text) => scores(text, code));
}

const scores = byText(
  (text) =>
    /\bfit\w*\s*\(|\bprint\s*\(/.test(text) || HELD_OUT_SCORES.some((score) => score.test(text)),
);

export const trainingScoreFacts: Extractor<TrainingScoreFact> = {
  kind: "trainingScore",
  languages: ["python"],
  extract(syntax, document) {
    if (syntax.language !== "python") return [];
    const labelled = mislabelledScores(syntax.program).map(
      (score): TrainingScoreFact => ({ kind: "trainingScore", form: "label", ...score }),
    );
    return [...ofEstimators(syntax, document), ...labelled].sort(
      (a, b) => a.span.start - b.span.start,
    );
  },
};

function ofEstimators(syntax: Syntax, document: LintDocument): readonly TrainingScoreFact[] {
  const scores = estimatorScoreFacts.extract(syntax, document);
  const fits = scores.length === 0 ? [] : estimatorFitFacts.extract(syntax, document);
  return scores.flatMap((score): readonly TrainingScoreFact[] => {
    const fit = fits.find(
      ({ estimator, features, target, program }) =>
        estimator.constructed === score.estimator.constructed &&
        target !== undefined &&
        isSameValue(features, score.features.value, program) &&
        isSameValue(target.value, score.target.value, program),
    );
    const { span } = score;
    return fit === undefined
      ? []
      : [{ kind: "trainingScore", form: "estimator", span, score, fit }];
  });
}
