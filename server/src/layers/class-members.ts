import type {
  ClassStatement,
  Expression,
  FunctionStatement,
  Statement,
} from "../syntax/python/ast.ts";
import { insideClass, type PlacedClass } from "./class-bases.ts";
import type { Item } from "./made-module.ts";
import { type NamePattern, textName } from "./name-pattern.ts";
import { statementsOf } from "./statements-of.ts";
import { targetChain } from "./target-chain.ts";
import { writtenPattern } from "./written-pattern.ts";

/** Something that a class gives to its objects under a name. */
export interface ClassMember {
  readonly name: NamePattern;
  /** Steps below the name, of `self.backbone.fc = …`. */
  readonly below: readonly NamePattern[];
  readonly item: Item;
}

interface Given {
  readonly name: NamePattern | Expression;
  readonly below: readonly NamePattern[];
  readonly value: Expression;
}

const givens = new WeakMap<
  ClassStatement,
  readonly { readonly given: Given; readonly isSometimes: boolean }[]
>();

/** `self.fc = …`, `self.add_module("fc", …)`, `setattr(self, f"fc{i}", …)` in all methods, in source order. */
export function classMembers(placed: PlacedClass): readonly ClassMember[] {
  const { owner } = placed;
  const known = givens.get(owner) ?? givensOf(owner);
  givens.set(owner, known);
  return known.map(({ given: { name, below, value }, isSometimes }) => {
    const there = insideClass(placed, value);
    const pattern = "span" in name ? writtenPattern(name, there) : name;
    return { name: pattern, below, item: { value, place: there, times: 1, isSometimes } };
  });
}

function givensOf(owner: ClassStatement) {
  return methodBodies(owner).flatMap((body) =>
    statementsOf(body).flatMap(({ statement, isSometimes }) =>
      givenBy(statement).map((given) => ({ given, isSometimes })),
    ),
  );
}

/** The bodies of a class's methods. */
export function methodBodies({ body }: ClassStatement): readonly (readonly Statement[])[] {
  return body
    .filter((statement): statement is FunctionStatement => statement.kind === "function")
    .map((method) => method.body);
}

const REGISTERS = new Set([
  "add_module",
  "register_module",
  "register_parameter",
  "register_buffer",
  "__setattr__",
]);

function givenBy(statement: Statement): readonly Given[] {
  if (statement.kind === "assign") {
    const { value, targets } = statement;
    return value === undefined ? [] : targets.flatMap((target) => ofTarget(target, value));
  }
  if (statement.kind !== "expression" || statement.value.kind !== "call") return [];
  const { callee, arguments: given } = statement.value;
  const [first, second, third] = given.map(({ value }) => value);
  if (first === undefined || second === undefined) return [];
  if (callee.kind === "name") {
    const isSetting = callee.id === "setattr" && isSelf(first) && third !== undefined;
    return isSetting ? [{ name: second, below: [], value: third }] : [];
  }
  const isOwn = callee.kind === "attribute" && isSelf(callee.value);
  return isOwn && REGISTERS.has(callee.attribute)
    ? [{ name: first, below: [], value: second }]
    : [];
}

export const isSelf = (node: Expression): boolean => node.kind === "name" && node.id === "self";

function ofTarget(target: Expression, value: Expression): readonly Given[] {
  if (target.kind === "tuple") {
    const values = value.kind === "tuple" || value.kind === "list" ? value.elements : [];
    return target.elements.flatMap((part, index) => {
      const own = values.length === target.elements.length ? values[index] : value;
      return own === undefined ? [] : ofTarget(part, own);
    });
  }
  // An element that is set is an addition to the container, and read as one.
  const chain = target.kind === "attribute" ? targetChain(target) : undefined;
  if (chain === undefined || !isSelf(chain.base)) return [];
  const [name, ...below] = chain.steps;
  return name === undefined
    ? []
    : [{ name: name.kind === "text" ? textName(name.text) : name, below, value }];
}
