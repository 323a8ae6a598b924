import type { ClassStatement, Expression } from "../syntax/python/ast.ts";
import { functionTexts } from "../syntax/python/function-texts.ts";
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

/** Whether code may give the numbers of rows as their labels, told without parsing it. */
export function mayMatchRows(code: string): boolean {
  return functionTexts(code).some(
    (text) =>
      /\barange\b/.test(text) && /loss|entropy|criterion|label|target|truth|\bce\b/i.test(text),
  );
}
