import type { Expression } from "../syntax/python/ast.ts";
import type { Ir } from "./ir.ts";

/** A call of a function or method; a method's receiver is its first argument. */
export interface LoweredCall {
  readonly arguments: readonly Ir[];
  readonly keywords: ReadonlyMap<string, Ir>;
  readonly origin: Expression;
}

/** What a call means; `undefined` where its arguments are not understood. */
export type Meaning = (call: LoweredCall) => Ir | undefined;

/** Integer value of a literal, with its sign; `undefined` for anything else. */
export function literalInteger(ir: Ir | undefined): number | undefined {
  if (ir?.kind === "number" && Number.isInteger(ir.value)) return ir.value;
  if (ir?.kind === "unary" && ir.operator === "negate" && ir.operand.kind === "number") {
    return -ir.operand.value;
  }
  return undefined;
}
