import type { Fix } from "../engine/rule.ts";
import type { ClassStatement } from "../syntax/python/ast.ts";
import { argumentOf } from "./call-arguments.ts";
import { lossCall } from "./loss-calls.ts";
import type { PythonProgram } from "./python-program.ts";
import { statementTree } from "./statement-tree.ts";
import type { Term } from "./training-term.ts";

/** Asks a summed loss for the mean, where its reduction is a string in sight. */
export function meanReductionFix(
  { node, statement }: Term,
  title: string,
  program: PythonProgram,
): readonly Fix[] {
  const owner =
    statement &&
    statementTree(program)
      .around(statement)
      .find((around): around is ClassStatement => around.kind === "class");
  const loss = node.kind === "call" ? lossCall(node, owner, program) : undefined;
  const argument = loss?.configured && argumentOf(loss.configured, "reduction")?.value;
  if (argument?.kind !== "string") return [];
  const quote = program.module.text[argument.span.start] ?? '"';
  const edits = [{ span: argument.span, newText: `${quote}mean${quote}` }];
  return [{ title, safety: "suggestion", edits }];
}
