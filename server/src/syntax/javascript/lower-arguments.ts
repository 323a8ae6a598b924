import type { SyntaxNode } from "@lezer/common";
import type { Argument, DictExpression, Expression, StringExpression } from "../python/ast.ts";
import { functionExpression } from "./lower-function.ts";
import {
  childNamed,
  childrenOf,
  expressionsBelow,
  itemsOf,
  type Lowering,
  nameOf,
  snakeCase,
  spanOf,
  stringValue,
  textOf,
} from "./lowering.ts";

type Entry = DictExpression["entries"][number];

/**
 * The arguments of a call. Options in an object at the end are what keyword arguments are in
 * Python, and read as such: `dense({kernelRegularizer: r})` is `dense(kernel_regularizer=r)`.
 */
export function argumentsOf(
  list: SyntaxNode | undefined,
  callee: Expression,
  lowering: Lowering,
): readonly Argument[] {
  const items = list === undefined ? [] : itemsOf(list);
  return items.flatMap((item, index): readonly Argument[] => {
    const [head, second] = item;
    const first = head && withoutCast(head, lowering);
    if (first === undefined) return [];
    const isLast = index === items.length - 1;
    if (first.name === "Spread" && second !== undefined) {
      return [argument(lowering.expression(second, second.to), "*")];
    }
    if (isLast && first.name === "ObjectExpression") return keywordsOf(first, lowering);
    const value = lowering.expression(first, first.to);
    const isOptions = isLast && mayBeOptions(value) && takesOptions(callee, index);
    return [argument(value, isOptions ? "**" : "none")];
  });
}

/** `{…}` of `({…} as Options)`. */
function withoutCast(node: SyntaxNode, lowering: Lowering): SyntaxNode {
  const isCast =
    node.name === "ParenthesizedExpression" ||
    node.name === "PrefixCast" ||
    (node.name === "BinaryExpression" && childNamed(node, "as", "satisfies") !== undefined);
  const inner = isCast ? expressionsBelow(node, lowering)[0] : undefined;
  return inner === undefined ? node : lowering.deeper(() => withoutCast(inner, lowering), node);
}

const argument = (value: Expression, splat: Argument["splat"]): Argument => ({
  name: undefined,
  nameSpan: undefined,
  splat,
  value,
  span: value.span,
});

function keywordsOf(node: SyntaxNode, lowering: Lowering): readonly Argument[] {
  return entriesOf(node, lowering).map(({ property, key, value }) => ({
    name: key?.value,
    nameSpan: key?.span,
    splat: key === undefined ? "**" : "none",
    value,
    span: spanOf(property),
  }));
}

const mayBeOptions = ({ kind }: Expression): boolean =>
  kind === "name" || kind === "attribute" || kind === "call" || kind === "conditional";

const BUILDERS = new Set(["layers", "regularizers", "constraints", "initializers", "callbacks"]);

/** Where TensorFlow.js takes an object with options: `tf.layers.dense(options)`. */
function takesOptions(callee: Expression, index: number): boolean {
  if (callee.kind !== "attribute") return false;
  const { attribute, value } = callee;
  if (attribute === "fit") return index === 2;
  if (attribute === "fitDataset") return index === 1;
  const owner =
    value.kind === "attribute" ? value.attribute : value.kind === "name" ? value.id : "";
  const isBuilder = BUILDERS.has(owner) || /^(?:compile|sequential|model)$/.test(attribute);
  return isBuilder && index === 0;
}

/** `{a: 1, ...rest}` with the spellings of keyword arguments. */
export function dictOf(node: SyntaxNode, lowering: Lowering): DictExpression {
  const entries = entriesOf(node, lowering).map(({ key, value }): Entry => ({ key, value }));
  return { kind: "dict", entries, span: spanOf(node) };
}

interface Property {
  readonly property: SyntaxNode;
  /** `undefined` for `...rest` and for keys that are computed. */
  readonly key: StringExpression | undefined;
  readonly value: Expression;
}

function entriesOf(node: SyntaxNode, lowering: Lowering): readonly Property[] {
  return childrenOf(node).flatMap((property) =>
    property.name === "Property" ? (entryOf(property, lowering) ?? []) : [],
  );
}

const KEYS = new Set(["PropertyDefinition", "String", "Number"]);

function entryOf(property: SyntaxNode, lowering: Lowering): Property | undefined {
  const [first] = childrenOf(property);
  const written = first !== undefined && KEYS.has(first.name) ? first : undefined;
  const isMethod = childNamed(property, "ParamList") !== undefined;
  const value = isMethod
    ? functionExpression(property, lowering)
    : propertyValue(property, written, lowering);
  if (value === undefined) return undefined;
  if (written === undefined) return { property, key: undefined, value };
  const key: StringExpression = {
    kind: "string",
    value: keyText(written, lowering),
    interpolations: [],
    span: spanOf(written),
  };
  return { property, key, value };
}

function propertyValue(
  property: SyntaxNode,
  written: SyntaxNode | undefined,
  lowering: Lowering,
): Expression | undefined {
  const hasColon = childNamed(property, ":") !== undefined;
  const isShort = !hasColon && written?.name === "PropertyDefinition";
  if (written !== undefined && isShort) return nameOf(written, lowering);
  const parts = expressionsBelow(property, lowering);
  const value = parts.findLast(({ from }) => from !== written?.from);
  if (value === undefined && written === undefined) return undefined;
  return lowering.expression(value, property.to);
}

function keyText(written: SyntaxNode, lowering: Lowering): string | undefined {
  const text =
    written.name === "String" ? stringValue(written, lowering) : textOf(written, lowering);
  return text === undefined ? undefined : snakeCase(text);
}
