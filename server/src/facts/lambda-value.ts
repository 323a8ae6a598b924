import type { Span } from "../../../core/protocol/span.ts";
import { type ConfigLambda, configLambdas } from "../config/config-lambdas.ts";
import { experimentLambdas } from "../config/experiment-lambdas.ts";
import { isExperimentFile } from "../config/is-experiment-file.ts";
import type { Quantities, Values } from "../lambda/convention.ts";
import { lambdaCall } from "../semantics/lambda-calls.ts";
import { lambdaOfNamedOptimizer, lambdaOfOptimizer } from "../semantics/lambda-optimizers.ts";
import type { LambdaReading } from "../semantics/lambda-reading.ts";
import { lambdaOfPenalty, lambdasOfL2Loss } from "../semantics/lambda-terms.ts";
import { programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { CallExpression } from "../syntax/python/ast.ts";
import { type Extractor, isCode } from "./extractor.ts";
import { objectiveFacts } from "./objective.ts";
import { optimizersOf } from "./optimizer.ts";

/** A number in the text that regularizes, with what it means. */
export interface LambdaValueFact {
  readonly kind: "lambdaValue";
  /** Id of the convention that the number is written in. */
  readonly convention: string;
  /** Which of the convention's numbers it is. */
  readonly parameter: string;
  /** All numbers of the convention, those that are not written by their default. */
  readonly values: Values;
  /** What the text says besides: learning rate, momentum, samples. */
  readonly known: Quantities;
  /** The number, or the name that stands for it. */
  readonly span: Span;
  /** Where the number is written; the same span for a number. */
  readonly origin: Span;
  /** Its key or keyword. */
  readonly nameSpan: Span | undefined;
  /** True where the number itself is written here and could be replaced. */
  readonly isLiteral: boolean;
  /** True where a command line, a caller or a configuration may give another number. */
  readonly isDefault: boolean;
  /** The call that takes it; `undefined` in configs and for terms. */
  readonly call: CallExpression | undefined;
  /** `undefined` in configs. */
  readonly program: PythonProgram | undefined;
}

/** A loss with a written penalty is only known as one where it is minimised. */
const MINIMISED = /backward|gradient|minimize|jax/;

export const lambdaValueFacts: Extractor<LambdaValueFact> = {
  kind: "lambdaValue",
  languages: ["python", "javascript", "yaml", "json", "toml"],
  extract(syntax, document) {
    if (isCode(syntax)) {
      const objectives = MINIMISED.test(document.text)
        ? objectiveFacts.extract(syntax, document)
        : [];
      const penalties = objectives
        .filter(({ sink }) => sink === "backward" || sink === "gradient")
        .flatMap(({ terms, program }) => terms.flatMap((term) => lambdaOfPenalty(term, program)));
      return inPython(syntax.program, penalties);
    }
    const isExperiment = isExperimentFile(document.path);
    const found = isExperiment
      ? experimentLambdas(syntax.tree)
      : configLambdas(syntax.tree, document.path);
    return found.map(ofConfig);
  },
};

function inPython(
  program: PythonProgram,
  penalties: readonly LambdaReading[],
): readonly LambdaValueFact[] {
  const { calls } = programIndex(program);
  const readings = [
    ...penalties,
    ...optimizersOf(program).flatMap((optimizer) => lambdaOfOptimizer(optimizer, program)),
    ...calls.flatMap((site) => [
      ...lambdaCall(site, program),
      ...lambdaOfNamedOptimizer(site, program),
    ]),
    ...lambdasOfL2Loss(program),
  ];
  return readings
    .map((reading) => ofReading(reading, program))
    .sort((a, b) => a.span.start - b.span.start);
}

function ofReading(
  { node, certainty, ...rest }: LambdaReading,
  program: PythonProgram,
): LambdaValueFact {
  return {
    ...rest,
    program,
    kind: "lambdaValue",
    span: node.span,
    isLiteral: node.kind === "number",
    isDefault: certainty === "default",
  };
}

function ofConfig(found: ConfigLambda): LambdaValueFact {
  return {
    ...found,
    kind: "lambdaValue",
    origin: found.span,
    isLiteral: true,
    isDefault: false,
    call: undefined,
    program: undefined,
  };
}
