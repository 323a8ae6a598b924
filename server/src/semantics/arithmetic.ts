import type { BinaryOperator } from "../syntax/python/ast.ts";

/** Python's arithmetic on numbers; `undefined` where the result is no finite number. */
export function arithmetic(
  operator: BinaryOperator,
  left: number,
  right: number,
): number | undefined {
  const result = compute(operator, left, right);
  return result !== undefined && Number.isFinite(result) ? result : undefined;
}

function compute(operator: BinaryOperator, left: number, right: number): number | undefined {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "//":
      return Math.floor(left / right);
    case "%":
      // Python's remainder has the sign of the divisor.
      return left - right * Math.floor(left / right);
    case "**":
      return left ** right;
    case "<<":
      return left * 2 ** right;
    default:
      return undefined;
  }
}
