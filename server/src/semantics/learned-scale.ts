import type { CodeText } from "../syntax/code-text.ts";
import type { ClassStatement, Expression, Statement } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions, statementsIn } from "../syntax/python/walk.ts";
import { knownNumber, numberOf } from "./call-arguments.ts";
import { ownAttributes } from "./model-view.ts";
import { lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** A scalar that a model learns, such as a logit scale. */
export interface LearnedScale {
  readonly name: string;
  /** What the parameter is made of. */
  readonly value: Expression;
  /** The number that it starts at, where that is written out. */
  readonly start: number | undefined;
  /** Whether it starts as the logarithm of something. */
  readonly isLogarithm: boolean;
  /** Whether the class takes the exponential of it anywhere. */
  readonly isExponentiated: boolean;
  /** Whether the document keeps it within bounds anywhere. */
  readonly isBounded: boolean;
}

const PARAMETER = /^(?:Parameter|Variable|add_weight|param)$/;

/** Whether code may make a parameter of a logarithm, told without parsing it. */
export function mayLearnLogarithm({ text }: CodeText): boolean {
  return /\b(?:Parameter|Variable|add_weight|param)\s*\([^;]{0,400}?\blog(?:10|2)?\s*\(/.test(text);
}

/** The parameter that `self.x` is in a class; `undefined` for buffers, numbers and what is not in sight. */
export function learnedScale(
  node: Expression,
  owner: ClassStatement,
  program: PythonProgram,
): LearnedScale | undefined {
  const isOwn = node.kind === "attribute" && node.value.kind === "name" && node.value.id === "self";
  if (!isOwn) return undefined;
  const name = node.attribute;
  const values = ownAttributes(owner).filter((attribute) => attribute.name === name);
  const [only, ...others] = values;
  if (only?.value.kind !== "call" || others.length > 0) return undefined;
  const { value } = only;
  if (value.kind !== "call" || !PARAMETER.test(lastName(value.callee) ?? "")) return undefined;
  if (value.arguments.some((argument) => isFixed(argument.name, argument.value))) return undefined;
  return {
    name,
    value,
    start: startOf(value.arguments[0]?.value, program),
    isLogarithm: value.arguments.some((argument) => holdsLogarithm(argument.value)),
    isExponentiated: callsOn(name, owner.body).includes("exp"),
    isBounded: callsOn(name, program.module.body).some((call) => BOUND.test(call)),
  };
}

const ONES = /^ones(?:_like)?$/;
const TENSORS = /^(?:tensor|FloatTensor|Tensor|as_tensor|array)$/;

/** The number of `torch.tensor(0.07)`, `0.07 * torch.ones([])` and the like. */
function startOf(node: Expression | undefined, program: PythonProgram): number | undefined {
  if (node === undefined) return undefined;
  const number = knownNumber(numberOf(node, program));
  if (number !== undefined) return number.value;
  if (node.kind === "list")
    return node.elements.length === 1 ? startOf(node.elements[0], program) : undefined;
  if (node.kind === "call") {
    const name = lastName(node.callee) ?? "";
    if (ONES.test(name)) return 1;
    return TENSORS.test(name) ? startOf(node.arguments[0]?.value, program) : undefined;
  }
  if (node.kind !== "binary" || node.operator !== "*") return undefined;
  const [left, right] = [startOf(node.left, program), startOf(node.right, program)];
  return left === undefined || right === undefined ? undefined : left * right;
}

const isFixed = (name: string | undefined, value: Expression): boolean =>
  (name === "requires_grad" || name === "trainable") &&
  value.kind === "constant" &&
  value.value === false;

const holdsLogarithm = (node: Expression): boolean =>
  [...expressionsIn(node)].some(
    (part) => part.kind === "call" && /^log(?:10|2)?$/.test(lastName(part.callee) ?? ""),
  );

const BOUND = /^(?:clamp|clip|minimum|maximum|min|max|sigmoid|tanh)\w*_?$/;

/** Names of the functions and methods that a block applies to any `x.name`. */
function callsOn(name: string, block: readonly Statement[]): readonly string[] {
  const isIt = (node: Expression | undefined): boolean =>
    node?.kind === "attribute"
      ? node.attribute === name || (node.attribute === "data" && isIt(node.value))
      : false;
  return [...statementsIn(block)]
    .flatMap(ownExpressions)
    .flatMap((root) => [...expressionsIn(root)])
    .flatMap((node) => {
      if (node.kind !== "call") return [];
      const { callee } = node;
      const onIt =
        (callee.kind === "attribute" && isIt(callee.value)) ||
        node.arguments.some(({ value }) => isIt(value));
      return onIt ? (lastName(callee) ?? []) : [];
    });
}
