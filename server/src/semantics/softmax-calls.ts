import type { CodeText } from "../syntax/code-text.ts";
import type { ClassStatement, Expression } from "../syntax/python/ast.ts";
import { lossCall } from "./loss-calls.ts";
import { type CallSite, lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

export type SoftmaxKind = "softmax" | "cross entropy";

const CROSS_ENTROPY =
  /^(?:torch\.nn\.(?:functional\.)?(?:cross_entropy|CrossEntropyLoss)|optax\.(?:losses\.)?softmax_cross_entropy\w*)$/;

/** What a call does with logits; `undefined` for calls that take none. */
export function softmaxKind(
  { call, name }: CallSite,
  owner: ClassStatement | undefined,
  program: PythonProgram,
): SoftmaxKind | undefined {
  if (name === "softmax" || name === "log_softmax") return "softmax";
  const qualifiedName = program.qualifiedName(call.callee) ?? "";
  if (qualifiedName.endsWith("CrossEntropyLoss")) return undefined;
  if (CROSS_ENTROPY.test(qualifiedName)) return "cross entropy";
  const loss = lossCall(call, owner, program);
  const built = loss?.configured && program.qualifiedName(loss.configured.callee);
  return built !== undefined && CROSS_ENTROPY.test(built) ? "cross entropy" : undefined;
}

const CASTS = new Set(["to", "cuda", "long", "type", "view", "reshape", "contiguous"]);

/** `torch.arange(n)`, also on a device and under a name. */
export function isRange(node: Expression, program: PythonProgram, steps = 5): boolean {
  if (steps === 0) return false;
  if (node.kind === "name") {
    const definition = program.definition(node);
    return definition?.kind === "assigned" && isRange(definition.value, program, steps - 1);
  }
  if (node.kind !== "call") return false;
  const name = lastName(node.callee) ?? "";
  if (name === "arange") return true;
  const { callee } = node;
  return (
    callee.kind === "attribute" && CASTS.has(name) && isRange(callee.value, program, steps - 1)
  );
}

const LABELS = /loss|entropy|criterion|label|target|truth|\bce\b/i;
const ARGUMENTS = String.raw`\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)`;
const CAST = String.raw`\.(?:${[...CASTS].join("|")})\s*${ARGUMENTS}`;
/** From an `arange` to what ends its value. */
const RANGE = new RegExp(
  String.raw`^arange\s*${ARGUMENTS}\)*(?:${CAST})*[ \t]*(?:$|[;,)]|if\b|else\b|\n\s*[,)])`,
  "m",
);
/** `f(logits, arange(n))` */
const GIVEN = /(?:,|\btarget\s*=)[\s(]*[\w.]*$/;
const ASSIGNED = /(\w+)[ \t]*(?::[^=\n]*)?=[\s(]*[\w.]*$/;
const FAR = 400;

/** Whether code may give the numbers of rows as their labels, told without parsing it. */
export function mayMatchRows(code: CodeText): boolean {
  const functions = code.functionsWith(["range"]).filter((text) => LABELS.test(text));
  return functions.some((text) => givesRange(text, code.text));
}

/** Whether a range in a function is an argument, or the value of a name that is one. */
function givesRange(text: string, whole: string): boolean {
  for (const { index } of text.matchAll(/\barange\b/g)) {
    if (RANGE.exec(text.slice(index, index + FAR))?.index !== 0) continue;
    const before = text.slice(Math.max(0, index - FAR), index);
    if (GIVEN.test(before)) return true;
    const name = ASSIGNED.exec(before)?.[1];
    if (name !== undefined && isGiven(name, whole)) return true;
  }
  return false;
}

/** Whether a name is an argument behind others, or gives its value to another name. */
const isGiven = (name: string, text: string): boolean =>
  new RegExp(
    String.raw`(?:,|\btarget\s*=)\s*${name}\s*(?:[,)]|${CAST})|=[ \t]*${name}[ \t]*(?:$|[;,]|${CAST})`,
    "m",
  ).test(text);
