import type {
  AssignStatement,
  Expression,
  NameExpression,
  Statement,
  WithStatement,
} from "./ast.ts";
import { lowerAnnotation } from "./lower-arguments.ts";
import { lowerClass, lowerDecorated, lowerFunction } from "./lower-definition.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerImport } from "./lower-import.ts";
import { lowerList } from "./lower-list.ts";
import { lowerMatch } from "./lower-match.ts";
import { binaryOperator } from "./lower-operator.ts";
import {
  bodiesOf,
  deeper,
  isNode,
  type Lowering,
  lowerName,
  spanOf,
  splitAt,
  textOf,
  withoutErrors,
} from "./lowering.ts";
import type { RawNode } from "./raw-tree.ts";

/** Each `elif` nests one level deeper; longer chains are cut, so that readers may recurse. */
const MAX_BRANCHES = 200;

type Rule = (node: RawNode, context: Lowering) => Statement | undefined;

/** Statements of a file or a block, in source order. */
export function lowerBlock(nodes: readonly RawNode[], context: Lowering): Statement[] {
  const flat = nodes.flatMap((node) => (node.name === "StatementGroup" ? node.children : node));
  const statements: Statement[] = [];
  for (let index = 0; index < flat.length; index += 1) {
    const node = flat[index];
    if (node === undefined) continue;
    const mark = slipMark(node, context);
    if (mark !== undefined) {
      const next = flat.slice(index + 1, index + 4).find(isStatement);
      const isSameLine =
        next !== undefined && !context.text.slice(mark.end, next.start).includes("\n");
      const value = isSameLine && next.name === "ExpressionStatement" ? next : undefined;
      if (value !== undefined) index = flat.indexOf(value, index);
      statements.push(lowerSlip(node, mark, value, context));
      continue;
    }
    const statement = lowerStatement(node, context);
    if (statement !== undefined) statements.push(statement);
  }
  return statements;
}

const isStatement = ({ name }: RawNode) => RULES[name] !== undefined;

function lowerStatement(node: RawNode, context: Lowering): Statement | undefined {
  const rule = RULES[node.name];
  return rule === undefined ? undefined : deeper(context, () => rule(node, context));
}

/** The `:=` after which the parser gave up, in `target := value` as a statement. */
function slipMark(node: RawNode, context: Lowering): RawNode | undefined {
  if (node.name !== "ExpressionStatement") return undefined;
  const last = node.children.at(-1);
  return last?.isError === true && textOf(last, context) === ":=" ? last : undefined;
}

function lowerSlip(
  node: RawNode,
  mark: RawNode,
  valueNode: RawNode | undefined,
  context: Lowering,
): AssignStatement {
  return {
    kind: "assign",
    targets: [lowerList(withoutErrors(node.children), context, mark.start)],
    annotation: undefined,
    value: lowerList(valueNode?.children ?? [], context, mark.end),
    operator: ":=",
    span: { start: node.start, end: valueNode?.end ?? mark.end },
  };
}

/** Children before the first `Body`, keywords excluded. */
function header(node: RawNode, keywords: readonly string[]): RawNode[] {
  const body = node.children.findIndex(isNode("Body"));
  const nodes = body < 0 ? node.children : node.children.slice(0, body);
  return nodes.filter(({ name }) => !keywords.includes(name));
}

function lowerAssign(node: RawNode, context: Lowering): Statement {
  const parts = splitAt(node.children, "AssignOp");
  const annotationNode = node.children.find(isNode("TypeDef"));
  const lists = parts.map((part) =>
    lowerList(
      part.filter(({ name }) => name !== "TypeDef"),
      context,
      node.end,
    ),
  );
  const hasValue = node.children.some(isNode("AssignOp"));
  // `x =` without a value ends at the sign, and so does its list of parts.
  const isOpen = node.children.at(-1)?.name === "AssignOp";
  const value = isOpen ? lowerList([], context, node.end) : lists.at(-1);
  return {
    kind: "assign",
    targets: hasValue && !isOpen ? lists.slice(0, -1) : lists,
    annotation: annotationNode === undefined ? undefined : lowerAnnotation(annotationNode, context),
    value: hasValue ? value : undefined,
    operator: "=",
    span: spanOf(node),
  };
}

function lowerUpdate(node: RawNode, context: Lowering): Statement | undefined {
  const position = node.children.findIndex(isNode("UpdateOp"));
  const operatorNode = node.children[position];
  if (operatorNode === undefined) return undefined;
  const operator = binaryOperator(textOf(operatorNode, context).slice(0, -1));
  if (operator === undefined) return undefined;
  return {
    kind: "augmented",
    target: lowerList(node.children.slice(0, position), context, operatorNode.start),
    operator,
    operatorSpan: spanOf(operatorNode),
    value: lowerList(node.children.slice(position + 1), context, node.end),
    span: spanOf(node),
  };
}

function lowerFor(node: RawNode, context: Lowering): Statement {
  const nodes = header(node, ["async", "for"]);
  const position = nodes.findIndex(isNode("in"));
  const [body = [], otherwise = []] = bodiesOf(node, context);
  return {
    kind: "for",
    target: lowerList(position < 0 ? nodes : nodes.slice(0, position), context, node.end),
    iterable: lowerList(position < 0 ? [] : nodes.slice(position + 1), context, node.end),
    body,
    otherwise,
    span: spanOf(node),
  };
}

function lowerWhile(node: RawNode, context: Lowering): Statement {
  const [body = [], otherwise = []] = bodiesOf(node, context);
  const test = lowerList(header(node, ["while"]), context, node.end);
  return { kind: "while", test, body, otherwise, span: spanOf(node) };
}

function lowerIf(node: RawNode, context: Lowering): Statement | undefined {
  const branches: { start: number; test: RawNode[]; body: Statement[] }[] = [];
  let otherwise: Statement[] = [];
  for (const child of node.children) {
    if (child.name === "if" || child.name === "elif") {
      branches.push({ start: child.start, test: [], body: [] });
    } else if (child.name === "Body") {
      const previous = node.children[node.children.indexOf(child) - 1];
      const body = lowerBlock(child.children, context);
      const branch = branches.at(-1);
      if (previous?.name === "else") otherwise = body;
      else if (branch !== undefined) branch.body = body;
    } else if (child.name !== "else") {
      branches.at(-1)?.test.push(child);
    }
  }
  for (const { start, test, body } of branches.slice(0, MAX_BRANCHES).reverse()) {
    const span = { start, end: node.end };
    otherwise = [{ kind: "if", test: lowerList(test, context, node.end), body, otherwise, span }];
  }
  return otherwise[0];
}

/** The grammar has no `with (a as b, c as d):`; what it leaves is read as if without parentheses. */
function withItems(node: RawNode): RawNode[] {
  const unwrap = (child: RawNode): readonly RawNode[] => {
    const isBroken = child.children.some(({ isError }) => isError);
    if (child.name === "ParenthesizedExpression" && isBroken) return child.children;
    // `with (a, b):` enters both.
    if (child.name === "TupleExpression") return child.children;
    return child.isError ? child.children : [child];
  };
  const nodes = header(node, ["async", "with"]).flatMap(unwrap);
  return nodes.filter(({ name, isError }) => name !== "(" && name !== ")" && !isError);
}

function lowerWith(node: RawNode, context: Lowering): WithStatement {
  const items = splitAt(withItems(node), ",").map((part) => {
    const position = part.findIndex(isNode("as"));
    const expression = position < 0 ? part : part.slice(0, position);
    return {
      context: lowerList(expression, context, node.end),
      target: position < 0 ? undefined : lowerList(part.slice(position + 1), context, node.end),
    };
  });
  return { kind: "with", items, body: bodiesOf(node, context).flat(), span: spanOf(node) };
}

function lowerTry(node: RawNode, context: Lowering): Statement {
  const targets: NameExpression[] = [];
  const expressions: Expression[] = [];
  node.children.forEach((child, index) => {
    if (child.name === "Body" || child.isError || KEYWORDS.has(child.name)) return;
    const previous = node.children[index - 1]?.name;
    if (previous === "as" && child.name === "VariableName") targets.push(lowerName(child, context));
    else expressions.push(lowerExpression(child, context));
  });
  return {
    kind: "try",
    bodies: bodiesOf(node, context),
    expressions,
    targets,
    span: spanOf(node),
  };
}

const KEYWORDS = new Set(["try", "except", "finally", "else", "as", "*", ",", "from"]);

function lowerReturn(node: RawNode, context: Lowering): Statement {
  const nodes = withoutErrors(node.children).filter(({ name }) => name !== "return");
  const value = nodes.length === 0 ? undefined : lowerList(nodes, context, node.end);
  return { kind: "return", value, span: spanOf(node) };
}

/** A keyword and expressions; `isBinding` where its operands are names that it binds or unbinds. */
const other =
  (isBinding: boolean): Rule =>
  (node, context) => {
    const [first, ...rest] = node.children;
    const operands = withoutErrors(rest).filter(({ name }) => !SEPARATORS.has(name));
    const names = operands.filter(isNode("VariableName"));
    return {
      kind: "other",
      keyword: first === undefined ? "" : textOf(first, context),
      expressions: isBinding
        ? operands
            .filter(({ name }) => name !== "VariableName")
            .map((operand) => lowerExpression(operand, context))
        : operands.map((operand) => lowerExpression(operand, context)),
      bodies: [],
      targets: isBinding ? names.map((name) => lowerName(name, context)) : [],
      span: spanOf(node),
    };
  };

const SEPARATORS = new Set([",", "from", "*", ">>"]);

const RULES: Readonly<Record<string, Rule>> = {
  AssignStatement: lowerAssign,
  UpdateStatement: lowerUpdate,
  ExpressionStatement: (node, context) => ({
    kind: "expression",
    value: lowerList(node.children, context, node.end),
    span: spanOf(node),
  }),
  YieldStatement: (node, context) => ({
    kind: "expression",
    value: lowerExpression({ ...node, name: "YieldExpression" }, context),
    span: spanOf(node),
  }),
  FunctionDefinition: lowerFunction,
  ClassDefinition: lowerClass,
  DecoratedStatement: lowerDecorated,
  ForStatement: lowerFor,
  WhileStatement: lowerWhile,
  IfStatement: lowerIf,
  WithStatement: lowerWith,
  TryStatement: lowerTry,
  ReturnStatement: lowerReturn,
  ImportStatement: lowerImport,
  MatchStatement: lowerMatch,
  DeleteStatement: other(true),
  ScopeStatement: other(true),
  PassStatement: other(false),
  BreakStatement: other(false),
  ContinueStatement: other(false),
  RaiseStatement: other(false),
  AssertStatement: other(false),
  PrintStatement: other(false),
  TypeDefinition: (node, context) => {
    const [, name] = withoutErrors(node.children);
    return {
      kind: "other",
      keyword: "type",
      expressions: [],
      bodies: [],
      targets: name === undefined ? [] : [lowerName(name, context)],
      span: spanOf(node),
    };
  },
};
