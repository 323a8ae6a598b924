import type { ClassStatement, Statement } from "../syntax/python/ast.ts";
import { expressionsIn } from "../syntax/python/walk.ts";
import { lastName, programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** `optimizer.step()` in a document that also goes backward. */
export function stepIn(program: PythonProgram): Statement | undefined {
  const { calls } = programIndex(program);
  if (!calls.some(({ name }) => name === "backward")) return undefined;
  return calls.find(({ call: { callee }, name }) => {
    const receiver = callee.kind === "attribute" ? lastName(callee.value) : undefined;
    return name === "step" && /opt/i.test(receiver ?? "");
  })?.statement;
}

/** A name of the document that holds an object of the class. */
export function instanceOf({ name }: ClassStatement, program: PythonProgram): string | undefined {
  for (const { statement } of programIndex(program).statements) {
    if (statement.kind !== "assign" || statement.value === undefined) continue;
    const [target] = statement.targets;
    const builds = [...expressionsIn(statement.value)].some(
      (node) => node.kind === "call" && node.callee.kind === "name" && node.callee.id === name,
    );
    if (builds && target?.kind === "name") return target.id;
  }
  return undefined;
}
