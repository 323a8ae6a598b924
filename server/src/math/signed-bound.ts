import type { PythonProgram } from "../semantics/python-program.ts";
import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { absoluteOperand, callOperand } from "./magnitude-condition.ts";
import { isSameText } from "./same-text.ts";

/** A product with the sign of an array: what clipped entries are set to. */
export interface SignedBound {
  /** The call that gives the sign. */
  readonly sign: CallExpression;
  readonly factors: readonly Expression[];
  readonly divisors: readonly Expression[];
  /** The product without the sign, for messages. */
  readonly text: string;
}

const SIGNS = new Set(["sign", "sgn"]);

/** `value` as bound · sign(array); `undefined` for anything else, such as a soft threshold. */
export function signedBound(
  value: Expression,
  array: Expression,
  program: PythonProgram,
  text: string,
): SignedBound | undefined {
  const { factors, divisors } = productOf(value);
  const signs = factors.flatMap((factor) =>
    factor.kind === "call" && isSignOf(factor, array, program, text) ? [factor] : [],
  );
  const [sign, second] = signs;
  if (sign === undefined || second !== undefined) return undefined;
  const rest = factors.filter((factor) => factor !== sign);
  if ([...rest, ...divisors].some((part) => readsSize(part, program))) return undefined;
  const written = (part: Expression) => text.slice(part.span.start, part.span.end);
  const product = rest.map(written).join(" * ") || "1";
  const shown = [product, ...divisors.map(written)].join(" / ");
  return { sign, factors: rest, divisors, text: shown };
}

/** Whether a factor is |w| itself or less something, entry by entry. */
function readsSize(part: Expression, program: PythonProgram): boolean {
  if (absoluteOperand(part, program) !== undefined) return true;
  return (
    part.kind === "binary" &&
    (part.operator === "-" || part.operator === "+") &&
    (readsSize(part.left, program) || readsSize(part.right, program))
  );
}

function isSignOf(
  call: CallExpression,
  array: Expression,
  program: PythonProgram,
  text: string,
): boolean {
  const operand = callOperand(call, program, SIGNS);
  if (operand === undefined) return false;
  // `w[mask]` is the chosen part of `w`.
  const whole = operand.kind === "subscript" ? operand.value : operand;
  return isSameText(operand, array, text) || isSameText(whole, array, text);
}

function productOf(value: Expression): {
  readonly factors: readonly Expression[];
  readonly divisors: readonly Expression[];
} {
  if (value.kind !== "binary" || (value.operator !== "*" && value.operator !== "/")) {
    return { factors: [value], divisors: [] };
  }
  const left = productOf(value.left);
  if (value.operator === "/") {
    return { factors: left.factors, divisors: [...left.divisors, value.right] };
  }
  const right = productOf(value.right);
  return {
    factors: [...left.factors, ...right.factors],
    divisors: [...left.divisors, ...right.divisors],
  };
}
