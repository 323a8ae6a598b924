import type { CallExpression, Expression, Statement } from "../syntax/python/ast.ts";
import { statementsIn } from "../syntax/python/walk.ts";
import { argumentOf } from "./call-arguments.ts";
import { lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Side on which a column of ones stands, whose weight is the intercept. */
export type OnesSide = "first" | "last";

const JOINS = new Set(["hstack", "column_stack", "concatenate", "concat", "cat", "append"]);
const ADDERS = new Set(["add_constant", "add_dummy_feature"]);

/** Side on which an expression puts a column of ones beside features; `undefined` for others. */
export function onesColumn(value: Expression, program: PythonProgram): OnesSide | undefined {
  if (value.kind === "subscript" && lastName(value.value) === "c_") {
    return sideOf(value.indices, program);
  }
  if (value.kind !== "call") return undefined;
  const name = lastName(value.callee) ?? "";
  if (ADDERS.has(name)) return "first";
  if (name === "insert") return insertedSide(value);
  if (!JOINS.has(name)) return undefined;
  if (name === "append") {
    return sideOf(
      value.arguments.slice(0, 2).map((argument) => argument.value),
      program,
    );
  }
  const parts = value.arguments[0]?.value;
  return parts?.kind === "tuple" || parts?.kind === "list"
    ? sideOf(parts.elements, program)
    : undefined;
}

/** `np.insert(X, 0, 1, axis=1)`. */
function insertedSide(call: CallExpression): OnesSide | undefined {
  const place = argumentOf(call, "obj", 1)?.value;
  const value = argumentOf(call, "values", 2)?.value;
  const axis = argumentOf(call, "axis", 3)?.value;
  const isColumn = axis?.kind === "number" && axis.value === 1;
  const isOnes =
    value?.kind === "number" ? value.value === 1 : value !== undefined && isOnesCall(value);
  const isFirst = place?.kind === "number" && place.value === 0;
  return isColumn && isOnes && isFirst ? "first" : undefined;
}

function sideOf(parts: readonly Expression[], program: PythonProgram): OnesSide | undefined {
  const first = parts[0];
  const last = parts.at(-1);
  if (parts.length < 2 || first === undefined || last === undefined) return undefined;
  if (parts.every((part) => isOnes(part, program))) return undefined;
  if (isOnes(first, program)) return "first";
  return isOnes(last, program) ? "last" : undefined;
}

function isOnes(part: Expression, program: PythonProgram): boolean {
  if (part.kind !== "name") return isOnesCall(part);
  const definition = program.definition(part);
  return definition?.kind === "assigned" && isOnesCall(definition.value);
}

function isOnesCall(part: Expression): boolean {
  if (part.kind === "subscript") return isOnesCall(part.value);
  if (part.kind !== "call") return false;
  const name = lastName(part.callee) ?? "";
  if (name === "ones" || name === "ones_like") return true;
  return (
    ["reshape", "astype", "to", "view", "unsqueeze"].includes(name) &&
    part.callee.kind === "attribute" &&
    isOnesCall(part.callee.value)
  );
}

/** Side of the ones that any statement of a block gives to the array `path`, as code spells it. */
export function onesColumnOf(
  path: string,
  block: readonly Statement[],
  program: PythonProgram,
): OnesSide | undefined {
  const { text } = program.module;
  for (const statement of statementsIn(block)) {
    if (statement.kind !== "assign" || statement.value === undefined) continue;
    const isIts = statement.targets.some(({ span }) => text.slice(span.start, span.end) === path);
    const side = isIts ? onesColumn(statement.value, program) : undefined;
    if (side !== undefined) return side;
  }
  return undefined;
}
