import type { Edit } from "../engine/rule.ts";
import type { Argument, CallExpression, ImportStatement, Statement } from "../syntax/python/ast.ts";
import { blocksOf } from "../syntax/python/walk.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Adds an argument at the end of a call, whatever commas stand there. */
export function appendArgument(call: CallExpression, text: string, source: string): Edit {
  const { start, end } = call.argumentsSpan;
  const isClosed = source[end - 1] === ")" && end - start >= 2;
  const last = call.arguments.at(-1);
  if (last === undefined) {
    return { span: { start: start + 1, end: start + 1 }, newText: isClosed ? text : `${text})` };
  }
  const at = { start: last.span.end, end: last.span.end };
  return { span: at, newText: isClosed ? `, ${text}` : `, ${text})` };
}

/**
 * Calls another name of the same module: `optim.Adam` to `optim.AdamW`; a name that was imported
 * by itself also gets its import. `undefined` where the way to the module is not plain.
 */
export function siblingCallee(
  call: CallExpression,
  to: string,
  program: PythonProgram,
): readonly Edit[] | undefined {
  const { callee } = call;
  if (callee.kind === "attribute") return [{ span: callee.attributeSpan, newText: to }];
  if (callee.kind !== "name") return undefined;
  const rename = { span: callee.span, newText: to };
  const imported = programIndex(program)
    .imports.flatMap(({ names }) => names)
    .filter(({ name, alias }) => (alias ?? name) === callee.id);
  const only = imported.findLast(({ span }) => span.end <= call.span.start);
  const isPlain = imported.every(({ module }) => module === only?.module);
  if (only?.name === undefined || !isPlain) return undefined;
  const isThere = programIndex(program).imports.some(({ names }) =>
    names.some(({ name, alias }) => name === to && alias === undefined),
  );
  const { end } = only.span;
  return isThere ? [rename] : [rename, { span: { start: end, end }, newText: `, ${to}` }];
}

/** An import that `before` needs: after the last one at the top level, else before everything. */
export function newImport(program: PythonProgram, line: string, before: number): Edit {
  const { body, text } = program.module;
  const isImport = (statement: (typeof body)[number]): statement is ImportStatement =>
    statement.kind === "import" && statement.span.end <= before;
  const end = body.findLast(isImport)?.span.end;
  if (end === undefined) return { span: { start: 0, end: 0 }, newText: `${line}\n` };
  const lineEnd = text.indexOf("\n", end);
  const at = lineEnd < 0 ? text.length : lineEnd;
  return { span: { start: at, end: at }, newText: `\n${line}` };
}

/** Takes an argument out of a call, with the comma that set it apart. */
export function removeArgument(call: CallExpression, argument: Argument, source: string): Edit {
  const index = call.arguments.indexOf(argument);
  const next = call.arguments[index + 1];
  const { start, end } = argument.span;
  if (next !== undefined) return { span: { start, end: next.span.start }, newText: "" };
  const before = call.arguments[index - 1];
  if (before !== undefined) return { span: { start: before.span.end, end }, newText: "" };
  const rest = source.slice(end, call.argumentsSpan.end);
  const comma = /^\s*,/.exec(rest)?.[0].length ?? 0;
  return { span: { start, end: end + comma }, newText: "" };
}

/** Where the last line of a statement ends; a block's own span may reach to the next statement. */
export function endOf(statement: Statement): number {
  const last = blocksOf(statement)
    .flat()
    .reduce<Statement | undefined>(
      (a, b) => (a === undefined || b.span.start > a.span.start ? b : a),
      undefined,
    );
  return last === undefined ? statement.span.end : endOf(last);
}
