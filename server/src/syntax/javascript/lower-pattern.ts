import type { SyntaxNode } from "@lezer/common";
import type { AssignStatement, Expression, Statement } from "../python/ast.ts";
import {
  childNamed,
  childrenOf,
  expressionsBelow,
  itemsOf,
  type Lowering,
  nameOf,
  spanOf,
  textOf,
  unknownAt,
} from "./lowering.ts";

const PATTERNS = new Set(["VariableDefinition", "ObjectPattern", "ArrayPattern"]);

export const isPattern = ({ name }: SyntaxNode): boolean => PATTERNS.has(name);

export function assignment(
  target: Expression,
  value: Expression,
  span: Statement["span"],
): AssignStatement {
  return {
    kind: "assign",
    targets: [target],
    annotation: undefined,
    value,
    operator: "=",
    span,
  };
}

/** `const {layers, train: t} = tf` as `layers = tf.layers` and `t = tf.train`. */
export function patternAssignments(
  pattern: SyntaxNode,
  value: Expression,
  span: Statement["span"],
  lowering: Lowering,
): readonly AssignStatement[] {
  switch (pattern.name) {
    case "ObjectPattern":
      return childrenOf(pattern).flatMap((property) =>
        property.name === "PatternProperty" ? ofProperty(property, value, lowering) : [],
      );
    case "ArrayPattern":
      return [assignment(targetOf(pattern, lowering), value, span)];
    default:
      return [assignment(nameOf(pattern, lowering), value, span)];
  }
}

function ofProperty(
  property: SyntaxNode,
  value: Expression,
  lowering: Lowering,
): readonly AssignStatement[] {
  const children = childrenOf(property);
  const key = childNamed(property, "PropertyName");
  const bound = children.findLast(isPattern);
  if (bound === undefined) return [];
  const isPlain = !children.some(({ name }) => name === "Spread" || name === "[");
  const hasDefault = children.some(({ name }) => name === "Equals");
  const attribute = key ?? (bound.name === "VariableDefinition" ? bound : undefined);
  // What a property that may be missing is, nobody knows.
  const part: Expression =
    isPlain && !hasDefault && attribute !== undefined
      ? {
          kind: "attribute",
          value,
          attribute: textOf(attribute, lowering),
          attributeSpan: spanOf(attribute),
          span: spanOf(property),
        }
      : unknownAt(property.from, property.to);
  const inner = () => patternAssignments(bound, part, spanOf(property), lowering);
  return lowering.deeper(inner, []);
}

/** What a pattern binds, as the target of a loop or of one assignment. */
export function targetOf(pattern: SyntaxNode, lowering: Lowering): Expression {
  if (pattern.name === "ArrayPattern") {
    const elements = itemsOf(pattern).flatMap((item) => {
      const bound = item.findLast(isPattern);
      if (bound === undefined) return [];
      const unread = unknownAt(bound.from, bound.to);
      const target = lowering.deeper(() => targetOf(bound, lowering), unread);
      const isRest = item[0]?.name === "Spread";
      return [isRest ? ({ kind: "starred", value: target, span: target.span } as const) : target];
    });
    return { kind: "tuple", elements, span: spanOf(pattern) };
  }
  if (pattern.name === "VariableDefinition") return nameOf(pattern, lowering);
  const [only] = isPattern(pattern) ? [] : expressionsBelow(pattern, lowering);
  return only === undefined
    ? unknownAt(pattern.from, pattern.to)
    : lowering.expression(only, pattern.to);
}

/** Every name that a pattern binds, for patterns whose value is not followed. */
export function namesIn(pattern: SyntaxNode, lowering: Lowering): readonly Expression[] {
  if (pattern.name === "VariableDefinition") return [nameOf(pattern, lowering)];
  return childrenOf(pattern).flatMap((child) =>
    isPattern(child) || child.name === "PatternProperty"
      ? lowering.deeper(() => namesIn(child, lowering), [])
      : [],
  );
}
