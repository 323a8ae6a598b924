import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { type EstimatorRole, estimatorRole } from "./estimator-classes.ts";
import type { PythonProgram } from "./python-program.ts";

/** An estimator object, known by the call that built it. */
export interface Estimator {
  readonly constructed: CallExpression;
  readonly qualifiedName: string;
  /** `LogisticRegression` */
  readonly name: string;
  readonly role: EstimatorRole;
}

/** Methods that give the estimator itself back. */
const FLUENT = new Set(["fit", "set_params", "partial_fit", "set_output"]);
const MAX_STEPS = 6;

/** The estimator that an expression stands for: a constructor, `.fit(…)` of one, or a name for it. */
export function estimatorOf(
  node: Expression,
  program: PythonProgram,
  steps = MAX_STEPS,
): Estimator | undefined {
  if (steps === 0) return undefined;
  if (node.kind === "name") {
    const definition = program.definition(node);
    return definition?.kind === "assigned"
      ? estimatorOf(definition.value, program, steps - 1)
      : undefined;
  }
  if (node.kind !== "call") return undefined;
  const { callee } = node;
  const qualifiedName = program.qualifiedName(callee);
  if (qualifiedName !== undefined) {
    const role = estimatorRole(qualifiedName);
    const name = qualifiedName.slice(qualifiedName.lastIndexOf(".") + 1);
    return role === undefined ? undefined : { constructed: node, qualifiedName, name, role };
  }
  return callee.kind === "attribute" && FLUENT.has(callee.attribute)
    ? estimatorOf(callee.value, program, steps - 1)
    : undefined;
}

/** Role of what is fitted in the end: of a pipeline its last step, of a search its estimator. */
export function finalRole(
  { role, constructed }: Estimator,
  program: PythonProgram,
  steps = MAX_STEPS,
): EstimatorRole | undefined {
  if (role !== "composite" || steps === 0) return role;
  const values = constructed.arguments.map(({ value }) => value);
  const [first] = values;
  const step = first?.kind === "list" ? first.elements.at(-1) : undefined;
  const last = step?.kind === "tuple" ? step.elements.at(-1) : undefined;
  const name = program.qualifiedName(constructed.callee);
  const inner = last ?? (name === "sklearn.pipeline.make_pipeline" ? values.at(-1) : first);
  const estimator = inner === undefined ? undefined : estimatorOf(inner, program);
  return estimator === undefined ? undefined : finalRole(estimator, program, steps - 1);
}
