import type { ClassStatement, Expression, FunctionStatement, Statement } from "./ast.ts";
import { lowerArguments, lowerCall, lowerParameters } from "./lower-arguments.ts";
import {
  bodiesOf,
  isNode,
  type Lowering,
  lowerName,
  spanOf,
  textOf,
  withoutErrors,
} from "./lowering.ts";
import type { RawNode } from "./raw-tree.ts";

export function lowerFunction(node: RawNode, context: Lowering): FunctionStatement | undefined {
  const name = node.children.find(isNode("VariableName"));
  if (name === undefined) return undefined;
  const list = node.children.find(isNode("ParamList"));
  return {
    kind: "function",
    name: textOf(name, context),
    nameSpan: spanOf(name),
    parameters: list === undefined ? [] : lowerParameters(list, context),
    decorators: [],
    body: bodiesOf(node, context).flat(),
    span: spanOf(node),
  };
}

export function lowerClass(node: RawNode, context: Lowering): ClassStatement | undefined {
  const name = node.children.find(isNode("VariableName"));
  if (name === undefined) return undefined;
  const list = node.children.find(isNode("ArgList"));
  return {
    kind: "class",
    name: textOf(name, context),
    nameSpan: spanOf(name),
    bases: list === undefined ? [] : lowerArguments(list, context),
    decorators: [],
    body: bodiesOf(node, context).flat(),
    span: spanOf(node),
  };
}

/** `@a.b(…)`: the grammar gives a flat list of names, dots and an argument list. */
function lowerDecorator(node: RawNode, context: Lowering): Expression {
  let value: Expression | undefined;
  for (const child of withoutErrors(node.children)) {
    if (child.name === "VariableName" || child.name === "PropertyName") {
      value =
        value === undefined
          ? lowerName(child, context)
          : {
              kind: "attribute",
              value,
              attribute: textOf(child, context),
              attributeSpan: spanOf(child),
              span: { start: value.span.start, end: child.end },
            };
    } else if (child.name === "ArgList" && value !== undefined) {
      value = lowerCall(value, child, context);
    } else if (child.name !== "At" && child.name !== ".") {
      value = context.expression(child);
    }
  }
  return value ?? { kind: "error", span: spanOf(node) };
}

export function lowerDecorated(node: RawNode, context: Lowering): Statement | undefined {
  const decorators = node.children
    .filter(isNode("Decorator"))
    .map((decorator) => lowerDecorator(decorator, context));
  const inner = node.children.find(
    ({ name }) => name === "FunctionDefinition" || name === "ClassDefinition",
  );
  const statement = inner === undefined ? undefined : context.block([inner])[0];
  if (statement?.kind !== "function" && statement?.kind !== "class") return statement;
  return { ...statement, decorators, span: spanOf(node) };
}
