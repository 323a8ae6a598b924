import type {
  CallExpression,
  Expression,
  NameExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { callsNamed } from "./calls-by-name.ts";
import { type Estimator, estimatorOf } from "./estimator-of.ts";
import { isResampling, lineage } from "./lineage.ts";
import type { PythonProgram } from "./python-program.ts";
import { isSameValue } from "./same-value.ts";
import { storedValues, tableOf } from "./stored-values.ts";
import { type Learning, learningOf } from "./transformer-classes.ts";

/** A transformer that had seen the rows of an array before the array came to be what it is. */
export interface LearnedBefore {
  readonly estimator: Estimator;
  readonly learning: Learning;
  /** `fit_transform(…)`, `fit_resample(…)`, or the `fit(…)` behind a `transform(…)`. */
  readonly call: CallExpression;
  /** What it was fitted to. */
  readonly fittedTo: Expression;
  /** The statement that puts the result into columns of a table, where it does not make a new one. */
  readonly inPlace: Statement | undefined;
}

/** The transformers behind the values of an array, latest first. */
export function* learnedBefore(
  node: Expression,
  program: PythonProgram,
): Generator<LearnedBefore, void, undefined> {
  for (const current of lineage(node, program)) {
    if (current.kind === "name") yield* columnsOf(current, program);
    const learned = current.kind === "call" ? learnedBy(current, program) : undefined;
    if (learned !== undefined) yield learned;
  }
}

/** What a call that transforms had learned, and where. */
function learnedBy(call: CallExpression, program: PythonProgram): LearnedBefore | undefined {
  const { callee } = call;
  const fittedTo = call.arguments[0]?.value;
  if (callee.kind !== "attribute" || fittedTo === undefined) return undefined;
  const estimator = estimatorOf(callee.value, program);
  const learning = estimator === undefined ? undefined : learningOf(estimator, program);
  if (estimator === undefined || learning === undefined) return undefined;
  if (callee.attribute === "fit_transform" || isResampling(call)) {
    return { estimator, learning, call, fittedTo, inPlace: undefined };
  }
  if (callee.attribute !== "transform") return undefined;
  const fit = fitOf(estimator, fittedTo, program);
  return fit === undefined
    ? undefined
    : { estimator, learning, call: fit, fittedTo, inPlace: undefined };
}

/** `scaler.fit(X)` of the very data that is transformed. */
function fitOf(
  { constructed }: Estimator,
  data: Expression,
  program: PythonProgram,
): CallExpression | undefined {
  const site = callsNamed("fit", program).find(({ call }) => {
    if (call.callee.kind !== "attribute") return false;
    const features = call.arguments[0]?.value;
    return (
      features !== undefined &&
      isSameValue(features, data, program) &&
      estimatorOf(call.callee.value, program)?.constructed === constructed
    );
  });
  return site?.call;
}

/** `df[columns] = scaler.fit_transform(df[columns])` before this use of `df`. */
function* columnsOf(
  name: NameExpression,
  program: PythonProgram,
): Generator<LearnedBefore, void, undefined> {
  const definition = program.definition(name);
  for (const { form, value, statement } of storedValues(name.id, program)) {
    if (form !== "column" || statement.kind !== "assign" || value.kind !== "call") continue;
    const table = statement.targets.map(tableOf).find((table) => table?.id === name.id);
    if (table === undefined || statement.span.end > name.span.start) continue;
    const isSame =
      definition === undefined
        ? program.isUnbound(table)
        : program.definition(table) === definition;
    const learned = isSame ? learnedBy(value, program) : undefined;
    if (learned !== undefined) yield { ...learned, inPlace: statement };
  }
}
