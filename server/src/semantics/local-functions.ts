import type { CallExpression, Expression, FunctionStatement } from "../syntax/python/ast.ts";
import { statementsIn } from "../syntax/python/walk.ts";
import { argumentOf, hasSplat } from "./call-arguments.ts";
import { lastName, programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** The only value that a function of this document returns, seen from a call of it. */
export function returnedBy(call: CallExpression, program: PythonProgram): Expression | undefined {
  const owner = functionCalled(call, program);
  if (owner === undefined) return undefined;
  const values: Expression[] = [];
  for (const statement of statementsIn(owner.body)) {
    if (statement.kind !== "return" || statement.value === undefined) continue;
    values.push(statement.value);
  }
  return values.length === 1 ? values[0] : undefined;
}

/** The function of this document that a call runs. */
export function functionCalled(
  call: CallExpression,
  program: PythonProgram,
): FunctionStatement | undefined {
  const definition = call.callee.kind === "name" ? program.definition(call.callee) : undefined;
  const statement = definition?.kind === "defined" ? definition.statement : undefined;
  return statement?.kind === "function" ? statement : undefined;
}

/**
 * What every call in the document gives for a parameter; none where a function is not called here,
 * where several have its name, or where a call does not show what it gives.
 */
export function argumentsFor(
  parameter: string,
  functionName: string,
  program: PythonProgram,
): readonly Expression[] {
  const { statements, calls } = programIndex(program);
  const owners = statements.flatMap(({ statement }) =>
    statement.kind === "function" && statement.name === functionName ? [statement] : [],
  );
  const [owner, ...others] = owners;
  if (owner === undefined || others.length > 0) return [];
  const isMethod = owner.parameters[0]?.name === "self";
  const position = owner.parameters.findIndex(({ name }) => name === parameter);
  const sites = calls.filter(({ call }) => lastName(call.callee) === functionName);
  const values = sites.map(({ call }) =>
    hasSplat(call) ? undefined : argumentOf(call, parameter, position - (isMethod ? 1 : 0))?.value,
  );
  return values.every((value) => value !== undefined) ? values : [];
}
