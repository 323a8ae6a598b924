import type { Span } from "../../../core/protocol/span.ts";
import { argumentOf, hasSplat } from "../semantics/call-arguments.ts";
import { type Estimator, estimatorOf } from "../semantics/estimator-of.ts";
import { type NumberGrid, numberGrid } from "../semantics/number-grid.ts";
import { type CallSite, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { DictExpression, Expression } from "../syntax/python/ast.ts";
import { expressionsIn } from "../syntax/python/walk.ts";
import type { Extractor } from "./extractor.ts";

/** The penalty strengths that a search tries. */
export interface LambdaGridFact {
  readonly kind: "lambdaGrid";
  readonly program: PythonProgram;
  readonly site: CallSite;
  /** `RidgeCV`, `GridSearchCV` */
  readonly search: string;
  /** `alpha` or `C` */
  readonly parameter: string;
  /** The grid as written, or the call that leaves it at its default. */
  readonly span: Span;
  /** `undefined` where the default of the search applies. */
  readonly written: Expression | undefined;
  readonly grid: NumberGrid;
}

export const lambdaGridFacts: Extractor<LambdaGridFact> = {
  kind: "lambdaGrid",
  languages: ["python"],
  extract(syntax) {
    if (syntax.language !== "python") return [];
    const { program } = syntax;
    return programIndex(program).calls.flatMap((site) =>
      hasSplat(site.call) ? [] : [...ownGrid(site, program), ...searchGrids(site, program)],
    );
  },
};

/** Estimators that search by themselves: where the grid stands, and what it is by default. */
const SELF_SEARCHING: Readonly<
  Record<
    string,
    { readonly argument: string; readonly position?: number; readonly values?: readonly number[] }
  >
> = {
  RidgeCV: { argument: "alphas", position: 0, values: [0.1, 1, 10] },
  RidgeClassifierCV: { argument: "alphas", position: 0, values: [0.1, 1, 10] },
  LassoCV: { argument: "alphas" },
  ElasticNetCV: { argument: "alphas" },
  LogisticRegressionCV: { argument: "Cs" },
};

function ownGrid(site: CallSite, program: PythonProgram): readonly LambdaGridFact[] {
  const { call, qualifiedName = "" } = site;
  const search = /^sklearn\.linear_model\.(\w+)$/.exec(qualifiedName)?.[1] ?? "";
  const known = SELF_SEARCHING[search];
  if (known === undefined) return [];
  const written = argumentOf(call, known.argument, known.position)?.value;
  const parameter = known.argument === "Cs" ? "C" : "alpha";
  const fact = { kind: "lambdaGrid", program, site, search, parameter } as const;
  if (written === undefined) {
    return known.values === undefined
      ? []
      : [{ ...fact, span: call.span, written, grid: { values: known.values, spacing: "listed" } }];
  }
  const grid = numberGrid(written, program);
  return grid === undefined ? [] : [{ ...fact, span: written.span, written, grid }];
}

const SEARCHES =
  /^sklearn\.model_selection\.((?:Halving)?GridSearchCV|(?:Halving)?RandomizedSearchCV|ParameterGrid)$/;

/** `GridSearchCV(Ridge(), {"alpha": […]})`, of a pipeline `{"ridge__alpha": […]}`. */
function searchGrids(site: CallSite, program: PythonProgram): readonly LambdaGridFact[] {
  const { call, qualifiedName = "" } = site;
  const search = SEARCHES.exec(qualifiedName)?.[1];
  const [first] = call.arguments;
  const estimator = first === undefined ? undefined : estimatorOf(first.value, program);
  if (search === undefined || estimator === undefined) return [];
  const options = argumentOf(call, "param_grid", 1) ?? argumentOf(call, "param_distributions", 1);
  const dicts = options === undefined ? [] : dictsIn(options.value, program);
  return dicts.flatMap(({ entries }) =>
    entries.flatMap(({ key, value }): readonly LambdaGridFact[] => {
      const name = key?.kind === "string" ? (key.value ?? "") : "";
      const parameter = name.slice(name.lastIndexOf("__") + 1).replace(/^_/, "");
      const grid = isStrength(parameter, estimator, program)
        ? numberGrid(value, program)
        : undefined;
      if (grid === undefined) return [];
      const { span } = value;
      return [{ kind: "lambdaGrid", program, site, search, parameter, span, written: value, grid }];
    }),
  );
}

function dictsIn(node: Expression, program: PythonProgram): readonly DictExpression[] {
  if (node.kind === "dict") return [node];
  if (node.kind === "list") return node.elements.filter((element) => element.kind === "dict");
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  const value = definition?.kind === "assigned" ? definition.value : undefined;
  return value?.kind === "dict" || value?.kind === "list" ? dictsIn(value, program) : [];
}

const WITH_ALPHA =
  /^(?:Ridge|RidgeClassifier|Lasso|ElasticNet|KernelRidge|LassoLars|(?:SGD|MLP)\w+)$/;
const WITH_C = /^(?:LogisticRegression|(?:Linear)?SV[CR])$/;

/** `alpha` is a smoothing or a quantile elsewhere, so the estimator decides. */
function isStrength(parameter: string, estimator: Estimator, program: PythonProgram): boolean {
  const classes = parameter === "alpha" ? WITH_ALPHA : parameter === "C" ? WITH_C : undefined;
  if (classes === undefined) return false;
  const parts = [...expressionsIn(estimator.constructed)].flatMap((node) =>
    node.kind === "call" || node.kind === "name" ? (estimatorOf(node, program)?.name ?? []) : [],
  );
  return parts.some((name) => classes.test(name));
}
