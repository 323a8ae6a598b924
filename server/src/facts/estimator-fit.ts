import { argumentOf, hasSplat } from "../semantics/call-arguments.ts";
import { ESTIMATOR_WORDS } from "../semantics/estimator-classes.ts";
import { type Estimator, estimatorOf } from "../semantics/estimator-of.ts";
import { type CallSite, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { Argument, Expression } from "../syntax/python/ast.ts";
import { type Extractor, once } from "./extractor.ts";

/** A scikit-learn estimator learns: `estimator.fit(X, y)` and its kin. */
export interface EstimatorFitFact {
  readonly kind: "estimatorFit";
  readonly program: PythonProgram;
  readonly estimator: Estimator;
  readonly site: CallSite;
  readonly features: Expression;
  /** Absent where none is given, or `None` is. */
  readonly target: Argument | undefined;
}

const METHODS = new Set(["fit", "fit_transform", "fit_predict"]);

export const estimatorFitFacts: Extractor<EstimatorFitFact> = once({
  kind: "estimatorFit",
  languages: ["python"],
  pythonMentions: [ESTIMATOR_WORDS, ["\bfit"]],
  extract(syntax) {
    if (syntax.language !== "python") return [];
    const { program } = syntax;
    return programIndex(program).calls.flatMap((site) => fitOf(site, program) ?? []);
  },
});

function fitOf(site: CallSite, program: PythonProgram): EstimatorFitFact | undefined {
  const { callee } = site.call;
  if (callee.kind !== "attribute" || !METHODS.has(callee.attribute)) return undefined;
  const estimator = estimatorOf(callee.value, program);
  const features = argumentOf(site.call, "X", 0)?.value;
  if (estimator === undefined || features === undefined || hasSplat(site.call)) return undefined;
  const target = argumentOf(site.call, "y", 1);
  const isNone = target?.value.kind === "constant" && target.value.value === null;
  return {
    kind: "estimatorFit",
    program,
    estimator,
    site,
    features,
    target: isNone ? undefined : target,
  };
}
