import type { Expression, NameExpression, Statement } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions } from "../syntax/python/walk.ts";
import { lastName, programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/**
 * Whether what these names hold may be read by code that the document does not show: it is handed
 * to a library, put into a list, returned. Fine are `args.x`, calls of local code with it, printing.
 */
export function escapes(holders: ReadonlySet<string>, program: PythonProgram): boolean {
  const fine = fineUses(program);
  return programIndex(program).names.some(({ node }) => holders.has(node.id) && !fine.has(node));
}

function fineUses(program: PythonProgram): ReadonlySet<NameExpression> {
  const { calls, statements } = programIndex(program);
  const given = calls.flatMap(({ call }) => [
    call.callee,
    ...(isHarmless(call.callee, program) ? call.arguments.map(({ value }) => value) : []),
  ]);
  const all = [...given, ...statements.flatMap(({ statement }) => fineIn(statement))];
  return new Set(all.filter((node) => node.kind === "name"));
}

function fineIn(statement: Statement): readonly Expression[] {
  const owners = ownExpressions(statement).flatMap((root) =>
    [...expressionsIn(root)].flatMap((node) => (node.kind === "attribute" ? [node.value] : [])),
  );
  if (statement.kind === "assign") {
    const { annotation, targets } = statement;
    const bound = targets.flatMap((target) => [...expressionsIn(target)]);
    return [...owners, ...bound, ...(annotation === undefined ? [] : [annotation])];
  }
  if (statement.kind !== "function") return owners;
  return [...owners, ...statement.parameters.flatMap(({ annotation }) => annotation ?? [])];
}

/** Printing reads everything and uses nothing; local functions are read along. */
function isHarmless(callee: Expression, program: PythonProgram): boolean {
  if (callee.kind === "name" && program.definition(callee)?.kind === "defined") return true;
  const owner = callee.kind === "attribute" ? lastName(callee.value) : undefined;
  if (owner !== undefined && /^(?:log(?:ger|ging)?|wandb)$/.test(owner)) return true;
  return /^(?:print|pprint|str|repr)$/.test(lastName(callee) ?? "");
}
