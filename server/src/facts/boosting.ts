import type { Span } from "../../../core/protocol/span.ts";
import { withOptions } from "../semantics/call-arguments.ts";
import { knownValue } from "../semantics/known-value.ts";
import { type CallSite, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { RecordValue, Scalar } from "../semantics/value.ts";
import type { CallExpression } from "../syntax/python/ast.ts";
import type { Extractor } from "./extractor.ts";

/** A boosted-tree model and the parameters that it is trained with. */
export interface BoostingFact {
  readonly kind: "boosting";
  readonly library: "xgboost" | "lightgbm";
  readonly program: PythonProgram;
  /** The constructor, or `train(params, …)`. */
  readonly call: CallExpression;
  readonly name: string;
  readonly span: Span;
  /** True for `LGBMRegressor(…)`, whose arguments are the parameters. */
  readonly isEstimator: boolean;
  /** By the name they are given under; `undefined` where the value is not known. */
  readonly parameters: ReadonlyMap<string, Scalar | undefined>;
  /** True where there may be others. */
  readonly isOpen: boolean;
}

const ESTIMATORS = /^(?:(xgboost)\.(?:sklearn\.)?XGB|(lightgbm)\.(?:sklearn\.)?LGBM)\w+$/;
const TRAIN = /^(xgboost|lightgbm)\.(?:training\.|engine\.)?train$/;

export const boostingFacts: Extractor<BoostingFact> = {
  kind: "boosting",
  languages: ["python"],
  extract(syntax, { text }) {
    if (syntax.language !== "python" || !/xgb|lgb|lightgbm/i.test(text)) return [];
    const { program } = syntax;
    return programIndex(program).calls.flatMap((site) => factOf(site, program) ?? []);
  },
};

function factOf(site: CallSite, program: PythonProgram): BoostingFact | undefined {
  const { call, qualifiedName = "" } = site;
  const estimator = ESTIMATORS.exec(qualifiedName);
  const library = estimator?.[1] ?? estimator?.[2] ?? TRAIN.exec(qualifiedName)?.[1];
  if (library !== "xgboost" && library !== "lightgbm") return undefined;
  const given = estimator === null ? ofTraining(call, program) : ofArguments(call, program);
  if (given === undefined) return undefined;
  return {
    kind: "boosting",
    library,
    program,
    call,
    name: qualifiedName.slice(qualifiedName.lastIndexOf(".") + 1),
    span: call.callee.span,
    isEstimator: estimator !== null,
    ...given,
  };
}

type Parameters = Pick<BoostingFact, "parameters" | "isOpen">;

function ofArguments(call: CallExpression, program: PythonProgram): Parameters {
  const full = withOptions(call, program);
  const parameters = new Map<string, Scalar | undefined>();
  for (const { name, value } of full.arguments) {
    const known = name === undefined ? undefined : knownValue(value, program);
    if (name !== undefined) {
      parameters.set(name, known?.kind === "scalar" ? known.value : undefined);
    }
  }
  const isOpen = full.arguments.some(({ name, splat }) => splat !== "none" || name === undefined);
  return { parameters, isOpen };
}

/** The dict of parameters together with the other arguments, of which some are the same. */
function ofTraining(call: CallExpression, program: PythonProgram): Parameters | undefined {
  const given = call.arguments.find(({ name }) => name === "params") ?? call.arguments[0];
  const others = call.arguments.filter((argument) => argument !== given);
  const record = given && knownValue(given.value, program);
  if (record?.kind !== "record") return undefined;
  const rest = ofArguments({ ...call, arguments: others.filter(({ name }) => name) }, program);
  return {
    parameters: new Map([...fieldsOf(record), ...rest.parameters]),
    isOpen: record.isOpen || others.some(({ splat }) => splat !== "none"),
  };
}

function fieldsOf({ fields }: RecordValue): [string, Scalar | undefined][] {
  return [...fields].map(([name, field]) => {
    const value = field();
    return [name, value?.kind === "scalar" ? value.value : undefined];
  });
}
