import type { Span } from "../../../core/protocol/span.ts";
import type { CallExpression, Expression, Statement } from "../syntax/python/ast.ts";
import { targetNames } from "./bound-names.ts";
import { byName } from "./by-name.ts";
import { wordsOf } from "./identifier-words.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { type ScoredData, scoredData } from "./scored-data.ts";
import { partOfName } from "./split-words.ts";

export interface MislabelledScore {
  readonly span: Span;
  /** As the document calls it: `test_accuracy`, `Test accuracy`. */
  readonly label: string;
  readonly scored: ScoredData;
}

/** Numbers that are called test or validation scores and come from training data alone. */
export function mislabelledScores(program: PythonProgram): readonly MislabelledScore[] {
  return programIndex(program).statements.flatMap(({ statement }) => {
    const claim = claimOf(statement, program);
    if (claim === undefined) return [];
    const found = claim.values.flatMap((value) => scoredData(value, statement, program));
    const [scored] = found;
    const isTraining = found.every(({ role }) => role.part === "train");
    if (scored === undefined || !isTraining) return [];
    return [{ span: claim.span, label: claim.label, scored }];
  });
}

interface Claim {
  readonly label: string;
  readonly span: Span;
  readonly values: readonly Expression[];
}

function claimOf(statement: Statement, program: PythonProgram): Claim | undefined {
  if (statement.kind === "assign" && statement.value?.kind === "call") {
    return assignedClaim(statement.targets, statement.value);
  }
  const call = statement.kind === "expression" ? statement.value : undefined;
  const isPrint =
    call?.kind === "call" && call.callee.kind === "name" && call.callee.id === "print";
  return isPrint ? printedClaim(call, program) : undefined;
}

const MEASURE = /^(?:acc|accuracy|loss|score|error|f1|auc|mse|rmse|mae|r2|precision|recall)$/;

/** `test_acc = evaluate(model, loader)` */
function assignedClaim(targets: readonly Expression[], value: CallExpression): Claim | undefined {
  const names = targets.flatMap(targetNames);
  const label = names.find(namesHeldOutScore);
  return label === undefined ? undefined : { label, span: value.span, values: [value] };
}

/** `val_loss`; the `val` of `loss_val` is its value. */
const namesHeldOutScore = byName((id) => {
  const words = wordsOf(id);
  const measure = words.findIndex((word) => MEASURE.test(word));
  const before = words.slice(0, Math.max(0, measure)).join("_");
  return isHeldOut(partOfName(id)) && isHeldOut(partOfName(before));
});

const isHeldOut = (part: string | undefined) => part === "test" || part === "validation";

/** `print("Test accuracy:", correct / total)`, `print(f"Test accuracy: {acc:.2f}")` */
function printedClaim(call: CallExpression, program: PythonProgram): Claim | undefined {
  const given = call.arguments.flatMap(({ value }) =>
    value.kind === "binary" && value.operator === "%" ? [value.left, value.right] : [value],
  );
  const label = given.map((value) => literalOf(value, program)).find((text) => text !== "");
  if (label === undefined) return undefined;
  const words = wordsOf(label.replaceAll(/[^A-Za-z0-9]+/g, "_"));
  const isClaim =
    words.some((word) => /^(?:test|testing|validation|val)$/.test(word)) &&
    words.some((word) => MEASURE.test(word)) &&
    !words.some((word) => /^(?:train\w*|cross|cv|fold)$/.test(word));
  if (!isClaim) return undefined;
  const values = given.flatMap((value) =>
    value.kind === "string" ? value.interpolations : [value],
  );
  return { label: label.trim(), span: call.span, values };
}

/** The text of a string without what f-strings put in. */
function literalOf(node: Expression, program: PythonProgram): string {
  if (node.kind !== "string") return "";
  if (node.value !== undefined) return node.value;
  const { text } = program.module;
  const first = node.interpolations[0]?.span.start ?? node.span.end;
  return text
    .slice(node.span.start, first)
    .replace(/^[a-z]*["']+/i, "")
    .replace(/["'{\s]+$/, "");
}
