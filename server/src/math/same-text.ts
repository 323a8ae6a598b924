import type { Expression } from "../syntax/python/ast.ts";

/** Source of an expression without white space and without `.data`, `.detach()` and `.clone()`. */
function plainText({ span }: Expression, text: string): string {
  return text
    .slice(span.start, span.end)
    .replaceAll(/\s+/g, "")
    .replaceAll(/\.(?:data\b|detach\(\)|clone\(\)|copy\(\))/g, "");
}

/** Whether two expressions are written alike and so, side by side, mean the same array. */
export function isSameText(a: Expression, b: Expression, text: string): boolean {
  return plainText(a, text) === plainText(b, text);
}
