import type { SyntaxNode } from "@lezer/common";
import type { NameExpression, Statement, TryStatement } from "../python/ast.ts";
import { effectOf, variableDeclaration } from "./lower-assignment.ts";
import { classStatement, functionStatement } from "./lower-function.ts";
import { importStatement } from "./lower-import.ts";
import { forStatement, whileStatement } from "./lower-loop.ts";
import { isPattern, namesIn } from "./lower-pattern.ts";
import {
  childNamed,
  childrenOf,
  expressionsBelow,
  type Lowering,
  spanOf,
  statementSpan,
} from "./lowering.ts";

type Lower = (node: SyntaxNode, lowering: Lowering) => readonly Statement[];

function expressionStatement(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const [only] = expressionsBelow(node, lowering);
  return only === undefined ? [] : effectOf(only, statementSpan(node), lowering);
}

function ifStatement(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const children = childrenOf(node);
  const [test, ...rest] = children.filter(({ name }) => name !== "if");
  const at = rest.findIndex(({ name }) => name === "else");
  const [then, otherwise] = at < 0 ? [rest[0], undefined] : [rest[at - 1], rest[at + 1]];
  return [
    {
      kind: "if",
      test: lowering.expression(test, node.to),
      body: lowering.block(then),
      otherwise: lowering.block(otherwise),
      span: spanOf(node),
    },
  ];
}

function tryStatement(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const clauses = childrenOf(node).filter(({ name }) => /^(?:Catch|Finally)Clause$/.test(name));
  const blocks = [
    childNamed(node, "Block"),
    ...clauses.map((clause) => childNamed(clause, "Block")),
  ];
  const targets = clauses
    .flatMap(childrenOf)
    .filter(isPattern)
    .flatMap((pattern) => namesIn(pattern, lowering))
    .filter((target): target is NameExpression => target.kind === "name");
  const statement: TryStatement = {
    kind: "try",
    bodies: blocks.map((block) => lowering.block(block)),
    expressions: [],
    targets,
    span: spanOf(node),
  };
  return [statement];
}

function switchStatement(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const bodies: Statement[][] = [];
  const [test] = expressionsBelow(node, lowering);
  const expressions = [lowering.expression(test, node.to)];
  const body = childNamed(node, "SwitchBody");
  for (const child of body === undefined ? [] : childrenOf(body)) {
    if (child.name === "CaseLabel" || child.name === "DefaultLabel") {
      bodies.push([]);
      const [label] = expressionsBelow(child, lowering);
      if (label !== undefined) expressions.push(lowering.expression(label, child.to));
    } else bodies.at(-1)?.push(...lowering.block(child));
  }
  return [
    { kind: "other", keyword: "match", expressions, bodies, targets: [], span: spanOf(node) },
  ];
}

const other =
  (keyword: string): Lower =>
  (node, lowering) => [
    {
      kind: "other",
      keyword,
      expressions: expressionsBelow(node, lowering).map((part) =>
        lowering.expression(part, node.to),
      ),
      bodies: [],
      targets: [],
      span: statementSpan(node),
    },
  ];

function returnStatement(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const [only] = expressionsBelow(node, lowering);
  const value = only && lowering.expression(only, node.to);
  return [{ kind: "return", value, span: statementSpan(node) }];
}

/** `export default {…}`, or the declaration that is exported. */
function exported(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  return childrenOf(node).flatMap((child) => {
    if (!lowering.isExpression(child)) return lowerStatement(child, lowering);
    const value = lowering.expression(child, child.to);
    return child.name === "String"
      ? []
      : [{ kind: "expression", value, span: spanOf(child) } as const];
  });
}

const within: Lower = (node, lowering) =>
  childrenOf(node).flatMap((child) => lowerStatement(child, lowering));

const STATEMENTS: ReadonlyMap<string, Lower> = new Map<string, Lower>([
  ["ExpressionStatement", expressionStatement],
  ["VariableDeclaration", variableDeclaration],
  ["FunctionDeclaration", (node, lowering) => [functionStatement(node, undefined, lowering)]],
  ["ClassDeclaration", (node, lowering) => [classStatement(node, lowering)]],
  ["ImportDeclaration", importStatement],
  ["ExportDeclaration", exported],
  ["Block", (node, lowering) => lowering.block(node)],
  ["NamespaceDeclaration", within],
  ["LabeledStatement", within],
  ["IfStatement", ifStatement],
  ["ForStatement", forStatement],
  ["WhileStatement", whileStatement],
  ["DoStatement", whileStatement],
  ["TryStatement", tryStatement],
  ["SwitchStatement", switchStatement],
  ["ReturnStatement", returnStatement],
  ["ThrowStatement", other("raise")],
  ["BreakStatement", other("break")],
  ["ContinueStatement", other("continue")],
]);

/** The statements that a node stands for; none for declarations of types. */
export function lowerStatement(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  return lowering.deeper(() => STATEMENTS.get(node.name)?.(node, lowering) ?? [], []);
}
