import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { argumentOf, hasSplat } from "./call-arguments.ts";
import { calledFunction, resultsOf } from "./called-function.ts";
import { callsNamed } from "./calls-by-name.ts";
import type { Definition, PythonProgram } from "./python-program.ts";

/** The only value that a function of this document returns, seen from a call of it. */
export function returnedBy(call: CallExpression, program: PythonProgram): Expression | undefined {
  const called = calledFunction(call, undefined, program);
  const [only, ...others] = called === undefined ? [] : resultsOf(called.function, program);
  return others.length === 0 ? only?.value : undefined;
}

/**
 * What every call in the document gives for a parameter; none where the function is not called
 * here, or where a call does not show what it gives.
 */
export function argumentsFor(
  { owner, parameter }: Extract<Definition, { kind: "parameter" }>,
  program: PythonProgram,
): readonly Expression[] {
  if (owner === undefined || parameter.splat !== "none") return [];
  const isMethod = owner.parameters[0]?.name === "self";
  const position = owner.parameters.indexOf(parameter) - (isMethod ? 1 : 0);
  const sites = callsNamed(owner.name, program).filter(({ call, within }) => {
    // A method's own namesake elsewhere, or a library's: `model.evaluate(…)`.
    const called = calledFunction(
      call,
      within.find((scope) => scope.kind === "class"),
      program,
    );
    return called?.function === owner;
  });
  const values = sites.map(({ call }) =>
    hasSplat(call) ? undefined : argumentOf(call, parameter.name, position)?.value,
  );
  return values.every((value) => value !== undefined) ? values : [];
}
