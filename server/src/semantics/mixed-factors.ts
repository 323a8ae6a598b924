import type { Expression } from "../syntax/python/ast.ts";
import { sourceOf } from "../syntax/python/source-of.ts";
import { constantNumber } from "./call-arguments.ts";
import type { PythonProgram } from "./python-program.ts";
import type { Term } from "./training-term.ts";

export interface NamedFactor {
  /** As written. */
  readonly name: string;
  readonly node: Expression;
}

/** The factors of a term that are not numbers. */
export interface MixedFactors {
  readonly plain: readonly NamedFactor[];
  /** Factors `1 - r`, by the name `r`. */
  readonly complements: readonly NamedFactor[];
}

export function mixedFactors({ factors }: Term, program: PythonProgram): MixedFactors {
  const nodes = factors.flatMap((factor) => partsOf(factor, program));
  const complements = nodes.flatMap((node) => {
    const name = complementOf(node, program);
    return name === undefined ? [] : [{ name, node }];
  });
  const plain = nodes
    .filter((node) => complementOf(node, program) === undefined)
    .map((node) => ({ name: sourceOf(node, program.module), node }));
  return { plain, complements };
}

/** Factors of a product, numbers left out; a name that holds a number is a factor all the same. */
function partsOf(node: Expression, program: PythonProgram): readonly Expression[] {
  if (node.kind === "name" || node.kind === "attribute") return [node];
  if (node.kind === "binary" && node.operator === "*") {
    return [...partsOf(node.left, program), ...partsOf(node.right, program)];
  }
  if (node.kind === "binary" && node.operator === "/") return partsOf(node.left, program);
  const isNumber = constantNumber(node, program) !== undefined;
  return isNumber && complementOf(node, program) === undefined ? [] : [node];
}

/** `r` of `1 - r`. */
function complementOf(node: Expression, { module }: PythonProgram): string | undefined {
  const isComplement =
    node.kind === "binary" &&
    node.operator === "-" &&
    node.left.kind === "number" &&
    node.left.value === 1;
  return isComplement ? sourceOf(node.right, module) : undefined;
}
