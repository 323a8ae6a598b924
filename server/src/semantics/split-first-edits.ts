import type { Edit } from "../engine/rule.ts";
import type { SplitFact } from "../facts/split.ts";
import type { AssignStatement, Expression, NameExpression } from "../syntax/python/ast.ts";
import { indentOf } from "./dropout-edits.ts";
import type { LearnedBefore } from "./learned-before.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Names that a split gives an array's training and held-out rows. */
type Halves = readonly [train: string, heldOut: string];

/**
 * Lets `X = scaler.fit_transform(X)` before a split happen after it: fitted to the training rows,
 * applied to the others. `undefined` where the code between is not that plain.
 */
export function splitFirstEdits(
  learned: LearnedBefore,
  split: SplitFact,
): readonly Edit[] | undefined {
  const { program, site } = split;
  const position = split.arrays.findIndex(({ value }) => isMadeBy(value, learned, program));
  const array = split.arrays[position]?.value;
  const fit = array?.kind === "name" ? fitStatement(array, program) : undefined;
  const halves = halvesOf(split, position);
  const receiver = receiverOf(learned, program);
  const target = trainTarget(learned, split);
  const indent = indentOf(site.statement.span.start, program);
  if (array === undefined || fit === undefined || halves === undefined) return undefined;
  if (receiver === undefined || target === undefined || indent === undefined) return undefined;
  const { text } = program.module;
  const line = lineOf(fit, text);
  if (line === undefined || indentOf(fit.span.start, program) !== indent) return undefined;
  const [train, heldOut] = halves;
  const { end } = site.statement.span;
  const after = [
    "",
    `${train} = ${receiver.name}.fit_transform(${train}${target})`,
    `${heldOut} = ${receiver.name}.transform(${heldOut})`,
  ].join(`\n${indent}`);
  return [
    receiver.made === undefined
      ? { span: line, newText: "" }
      : { span: fit.span, newText: `${receiver.name} = ${receiver.made}` },
    {
      span: array.span,
      newText: text.slice(learned.fittedTo.span.start, learned.fittedTo.span.end),
    },
    { span: { start: end, end }, newText: after },
  ];
}

function isMadeBy(node: Expression, { call }: LearnedBefore, program: PythonProgram): boolean {
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  return definition?.kind === "assigned" && definition.value === call;
}

/** The assignment of a name that is read nowhere else. */
function fitStatement(name: NameExpression, program: PythonProgram): AssignStatement | undefined {
  const definition = program.definition(name);
  if (definition?.kind !== "assigned" || definition.statement.kind !== "assign") return undefined;
  const { statement } = definition;
  const uses = programIndex(program).names.filter(
    ({ node }) => program.definition(node) === definition,
  );
  const isOnlyUse = uses.every(({ node }) => node === name || statement.targets.includes(node));
  return isOnlyUse && statement.targets.length === 1 ? statement : undefined;
}

function halvesOf({ site, arrays }: SplitFact, position: number): Halves | undefined {
  const { statement, call } = site;
  if (statement.kind !== "assign" || statement.value !== call) return undefined;
  const [target, ...others] = statement.targets;
  if (target?.kind !== "tuple" || others.length > 0) return undefined;
  if (target.elements.length !== arrays.length * 2) return undefined;
  const [train, heldOut] = target.elements.slice(position * 2, position * 2 + 2);
  return train?.kind === "name" && heldOut?.kind === "name" ? [train.id, heldOut.id] : undefined;
}

/** How the transformer is called after the split; one that was built in place gets a name. */
function receiverOf(
  { call, estimator }: LearnedBefore,
  program: PythonProgram,
): { readonly name: string; readonly made: string | undefined } | undefined {
  if (call.callee.kind !== "attribute" || call.callee.attribute !== "fit_transform") {
    return undefined;
  }
  const receiver = call.callee.value;
  if (receiver.kind === "name") return { name: receiver.id, made: undefined };
  if (receiver !== estimator.constructed) return undefined;
  const name = estimator.name.endsWith("Scaler") ? "scaler" : "transformer";
  const isTaken = programIndex(program).ids.has(name);
  const { start, end } = receiver.span;
  return isTaken ? undefined : { name, made: program.module.text.slice(start, end) };
}

/** `, y_train` where the transformer is given y as well; `undefined` where y is not split along. */
function trainTarget({ call }: LearnedBefore, split: SplitFact): string | undefined {
  const [, y, ...others] = call.arguments;
  if (y === undefined) return "";
  const given = y.value;
  if (others.length > 0 || given.kind !== "name") return undefined;
  const position = split.arrays.findIndex(
    ({ value }) => value.kind === "name" && value.id === given.id,
  );
  const halves = position < 0 ? undefined : halvesOf(split, position);
  return halves === undefined ? undefined : `, ${halves[0]}`;
}

/** The lines of a statement that has them for itself, with the indent of the next. */
function lineOf({ span }: AssignStatement, text: string) {
  const newline = text.indexOf("\n", span.end);
  if (newline < 0 || text.slice(span.end, newline).trim() !== "") return undefined;
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  return { start, end: newline + 1 };
}
