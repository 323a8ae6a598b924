import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { argumentOf } from "./call-arguments.ts";
import { type Estimator, estimatorOf } from "./estimator-of.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** The steps of a pipeline in order; `undefined` for one that is not in sight. */
export function pipelineSteps(
  call: CallExpression,
  program: PythonProgram,
): readonly (Estimator | undefined)[] | undefined {
  const name = program.qualifiedName(call.callee) ?? "";
  if (/^(?:sklearn|imblearn)\.pipeline\.make_pipeline$/.test(name)) {
    const values = call.arguments.filter((argument) => argument.name === undefined);
    if (values.some(({ splat }) => splat !== "none")) return undefined;
    return values.map(({ value }) => estimatorOf(value, program));
  }
  if (!/^(?:sklearn|imblearn)\.pipeline\.Pipeline$/.test(name)) return undefined;
  const steps = argumentOf(call, "steps", 0)?.value;
  const list = steps === undefined ? undefined : listOf(steps, program);
  return list?.map((step) => {
    const value = step.kind === "tuple" ? step.elements[1] : undefined;
    return value === undefined ? undefined : estimatorOf(value, program);
  });
}

function listOf(node: Expression, program: PythonProgram): readonly Expression[] | undefined {
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  const value = definition?.kind === "assigned" ? definition.value : node;
  return value.kind === "list" ? value.elements : undefined;
}

/** The steps before an estimator in the pipeline that it is a step of. */
export function stepsBefore(
  constructed: CallExpression,
  program: PythonProgram,
): readonly (Estimator | undefined)[] {
  for (const { call } of programIndex(program).calls) {
    const steps = pipelineSteps(call, program) ?? [];
    const at = steps.findIndex((step) => step?.constructed === constructed);
    if (at > 0) return steps.slice(0, at);
  }
  return [];
}
