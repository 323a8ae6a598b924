import { argumentOf, hasSplat } from "../semantics/call-arguments.ts";
import { estimatorOf } from "../semantics/estimator-of.ts";
import { type CallSite, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { Argument, Expression } from "../syntax/python/ast.ts";
import type { Extractor } from "./extractor.ts";

/** A place where rows are parted into some to learn from and some to be judged by. */
export interface SplitFact {
  readonly kind: "split";
  readonly program: PythonProgram;
  readonly site: CallSite;
  /** `train_test_split`, `KFold.split`, `GridSearchCV.fit` */
  readonly name: string;
  /** Once, or again and again inside the call or the loop around it. */
  readonly form: "holdout" | "folds";
  /** The arrays that are parted. */
  readonly arrays: readonly Argument[];
}

export const splitFacts: Extractor<SplitFact> = {
  kind: "split",
  languages: ["python"],
  extract(syntax) {
    if (syntax.language !== "python") return [];
    const { program } = syntax;
    return programIndex(program).calls.flatMap((site) => splitOf(site, program) ?? []);
  },
};

function splitOf(site: CallSite, program: PythonProgram): SplitFact | undefined {
  if (hasSplat(site.call)) return undefined;
  return holdout(site, program) ?? crossValidation(site, program) ?? methodSplit(site, program);
}

function holdout(site: CallSite, program: PythonProgram): SplitFact | undefined {
  const { call, qualifiedName = "" } = site;
  const arrays = call.arguments.filter(({ name }) => name === undefined);
  const name = site.name ?? "";
  if (qualifiedName === "sklearn.model_selection.train_test_split") {
    return { kind: "split", program, site, name, form: "holdout", arrays };
  }
  return qualifiedName === "torch.utils.data.random_split"
    ? { kind: "split", program, site, name, form: "holdout", arrays: arrays.slice(0, 1) }
    : undefined;
}

const CROSS_VALIDATION =
  /^sklearn\.model_selection\.(?:cross_val_score|cross_validate|cross_val_predict|learning_curve|validation_curve)$/;

function crossValidation(site: CallSite, program: PythonProgram): SplitFact | undefined {
  const { call, qualifiedName = "" } = site;
  if (!CROSS_VALIDATION.test(qualifiedName)) return undefined;
  const features = argumentOf(call, "X", 1);
  if (features === undefined) return undefined;
  const name = site.name ?? "";
  return { kind: "split", program, site, name, form: "folds", arrays: [features] };
}

const FOLDS =
  /^sklearn\.model_selection\.(\w*(?:KFold|ShuffleSplit|LeaveOneOut|LeavePOut|TimeSeriesSplit|LeaveOneGroupOut))$/;

/** `KFold(5).split(X)` and `GridSearchCV(…).fit(X, y)`. */
function methodSplit(site: CallSite, program: PythonProgram): SplitFact | undefined {
  const { call, name } = site;
  const features = argumentOf(call, "X", 0);
  if (call.callee.kind !== "attribute" || features === undefined) return undefined;
  const receiver = call.callee.value;
  const split = { kind: "split", program, site, form: "folds", arrays: [features] } as const;
  if (name === "split") {
    const folds = FOLDS.exec(constructorOf(receiver, program) ?? "")?.[1];
    return folds === undefined ? undefined : { ...split, name: `${folds}.split` };
  }
  if (name !== "fit") return undefined;
  const estimator = estimatorOf(receiver, program);
  const isSearch = estimator?.name.endsWith("SearchCV") === true;
  return isSearch ? { ...split, name: `${estimator.name}.fit` } : undefined;
}

function constructorOf(node: Expression, program: PythonProgram): string | undefined {
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  const call = definition?.kind === "assigned" ? definition.value : node;
  return call.kind === "call" ? program.qualifiedName(call.callee) : undefined;
}
