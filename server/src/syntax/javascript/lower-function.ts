import type { SyntaxNode } from "@lezer/common";
import type {
  Argument,
  ClassStatement,
  Expression,
  FunctionStatement,
  NameExpression,
  Parameter,
  Statement,
} from "../python/ast.ts";
import { assignment, isPattern, patternAssignments } from "./lower-pattern.ts";
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

interface Named {
  readonly id: string;
  readonly span: Statement["span"];
}

/** A name for what has none; no name of a program begins so. */
const anonymous = ({ from, to }: SyntaxNode): Named => ({
  id: `=>${from}`,
  span: { start: from, end: to },
});

const ownName = (node: SyntaxNode, lowering: Lowering): Named | undefined => {
  const name = childNamed(node, "VariableDefinition", "PropertyDefinition");
  return name === undefined || node.name === "ArrowFunction"
    ? undefined
    : { id: textOf(name, lowering), span: spanOf(name) };
};

/** A function that is a value: `x => x + 1` stays an expression, others get a name. */
export function functionExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const list = childNamed(node, "ParamList");
  const body = bodyOf(node, lowering);
  const { parameters, assignments } = parametersOf(list, lowering);
  if (node.name === "ArrowFunction" && body.name !== "Block" && assignments.length === 0) {
    const value = lowering.expression(body, node.to);
    return { kind: "lambda", parameters, body: value, span: spanOf(node) };
  }
  const name = anonymous(node);
  lowering.inner.push(functionStatement(node, name, lowering));
  return { kind: "name", id: name.id, span: spanOf(node) };
}

export function classExpression(node: SyntaxNode, lowering: Lowering): NameExpression {
  const name = anonymous(node);
  lowering.inner.push(classStatement(node, lowering, name));
  return { kind: "name", id: name.id, span: spanOf(node) };
}

const bodyOf = (node: SyntaxNode, lowering: Lowering): SyntaxNode =>
  childNamed(node, "Block") ?? expressionsBelow(node, lowering).at(-1) ?? node;

export function functionStatement(
  node: SyntaxNode,
  name: Named | undefined,
  lowering: Lowering,
): FunctionStatement {
  const { id, span: nameSpan } = name ?? ownName(node, lowering) ?? anonymous(node);
  const { parameters, assignments } = parametersOf(childNamed(node, "ParamList"), lowering);
  return {
    kind: "function",
    name: id,
    nameSpan,
    parameters,
    decorators: [],
    body: [...assignments, ...functionBody(node, lowering)],
    span: spanOf(node),
  };
}

function functionBody(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const body = bodyOf(node, lowering);
  if (body.name === "Block") return lowering.block(body);
  if (body === node || node.name !== "ArrowFunction") return [];
  const value = lowering.expression(body, node.to);
  return [{ kind: "return", value, span: spanOf(body) }];
}

interface Parameters {
  readonly parameters: readonly Parameter[];
  /** What a pattern takes out of its parameter. */
  readonly assignments: readonly Statement[];
}

function parametersOf(list: SyntaxNode | undefined, lowering: Lowering): Parameters {
  const taken = (list === undefined ? [] : itemsOf(list)).flatMap((item) => {
    const bound = item.find(isPattern);
    return bound === undefined ? [] : [{ item, bound }];
  });
  return {
    parameters: taken.map(({ item, bound }) => parameterOf(item, bound, lowering)),
    assignments: taken.flatMap(({ bound }) =>
      isName(bound)
        ? []
        : patternAssignments(bound, unknownAt(bound.from, bound.to), spanOf(bound), lowering),
    ),
  };
}

const isName = ({ name }: SyntaxNode): boolean => name === "VariableDefinition";

function parameterOf(
  item: readonly SyntaxNode[],
  bound: SyntaxNode,
  lowering: Lowering,
): Parameter {
  const equals = item.findIndex(({ name }) => name === "Equals");
  const value = equals < 0 ? undefined : item[equals + 1];
  const isRest = item.some(({ name }) => name === "Spread");
  return {
    name: isName(bound) ? textOf(bound, lowering) : `=${bound.from}`,
    // Options in an object are passed as keywords, which a pattern then takes apart.
    splat: isRest ? "*" : bound.name === "ObjectPattern" ? "**" : "none",
    annotation: undefined,
    default: value && isName(bound) ? lowering.expression(value, value.to) : undefined,
    span: spanOf(bound),
  };
}

export function classStatement(node: SyntaxNode, lowering: Lowering, name?: Named): ClassStatement {
  const { id, span: nameSpan } = name ?? ownName(node, lowering) ?? anonymous(node);
  const children = childrenOf(node);
  const at = children.findIndex((child) => child.name === "extends");
  const base = at < 0 ? undefined : children[at + 1];
  const body = childNamed(node, "ClassBody");
  return {
    kind: "class",
    name: id,
    nameSpan,
    bases: base !== undefined && lowering.isExpression(base) ? [baseOf(base, lowering)] : [],
    decorators: [],
    body:
      body === undefined ? [] : childrenOf(body).flatMap((member) => memberOf(member, lowering)),
    span: spanOf(node),
  };
}

function baseOf(node: SyntaxNode, lowering: Lowering): Argument {
  const value = lowering.expression(node, node.to);
  return { name: undefined, nameSpan: undefined, splat: "none", value, span: value.span };
}

function memberOf(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const property = childNamed(node, "PropertyDefinition", "PrivatePropertyDefinition");
  if (property === undefined) return [];
  const written = { id: textOf(property, lowering), span: spanOf(property) };
  const isStatic = childNamed(node, "static") !== undefined;
  if (node.name === "PropertyDeclaration") {
    const value = expressionsBelow(node, lowering).at(-1);
    if (value === undefined) return [];
    const own = nameOf(property, lowering);
    const target: Expression = isStatic
      ? own
      : {
          kind: "attribute",
          value: { kind: "name", id: "self", span: own.span },
          attribute: written.id,
          attributeSpan: own.span,
          span: own.span,
        };
    return [assignment(target, lowering.expression(value, node.to), spanOf(node))];
  }
  if (node.name !== "MethodDeclaration") return [];
  const name = written.id === "constructor" ? { ...written, id: "__init__" } : written;
  const method = functionStatement(node, name, lowering);
  return [isStatic ? asStatic(method) : withSelf(method)];
}

function withSelf(method: FunctionStatement): FunctionStatement {
  const { start } = method.nameSpan;
  const self: Parameter = {
    name: "self",
    splat: "none",
    annotation: undefined,
    default: undefined,
    span: { start, end: start },
  };
  return { ...method, parameters: [self, ...method.parameters] };
}

function asStatic(method: FunctionStatement): FunctionStatement {
  const { start } = method.nameSpan;
  const decorator = { kind: "name", id: "staticmethod", span: { start, end: start } } as const;
  return { ...method, decorators: [decorator] };
}
