import type { Argument, Expression, Parameter, Statement } from "./ast.ts";

const NOTHING: readonly never[] = [];
const present = (...items: readonly (Expression | undefined)[]): Expression[] =>
  items.filter((item) => item !== undefined);
const valuesOf = (list: readonly Argument[]) => list.map(({ value }) => value);
const ofParameters = (parameters: readonly Parameter[]) =>
  parameters.flatMap((parameter) => present(parameter.annotation, parameter.default));

/** The expressions directly below an expression, in source order. */
export function childExpressions(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "attribute":
    case "starred":
      return [node.value];
    case "subscript":
      return [node.value, ...node.indices];
    case "slice":
      return present(node.lower, node.upper, node.step);
    case "call":
      return [node.callee, ...valuesOf(node.arguments)];
    case "binary":
    case "boolean":
      return [node.left, node.right];
    case "unary":
      return [node.operand];
    case "compare":
      return [node.left, ...node.comparisons.map(({ right }) => right)];
    case "conditional":
      return [node.then, node.test, node.otherwise];
    case "tuple":
    case "list":
    case "set":
      return node.elements;
    case "dict":
      return node.entries.flatMap(({ key, value }) => present(key, value));
    case "comprehension":
      return [
        ...present(node.key, node.element),
        ...node.clauses.flatMap((clause) => [clause.target, clause.iterable, ...clause.conditions]),
      ];
    case "lambda":
      return [...ofParameters(node.parameters), node.body];
    case "named":
      return [node.target, node.value];
    case "yield":
      return present(node.value);
    case "string":
      return node.interpolations;
    default:
      return NOTHING;
  }
}

/** The expressions that belong to a statement itself, not to the statements in its blocks. */
export function ownExpressions(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "assign":
      return [...statement.targets, ...present(statement.annotation, statement.value)];
    case "augmented":
      return [statement.target, statement.value];
    case "expression":
      return [statement.value];
    case "function":
      return [...statement.decorators, ...ofParameters(statement.parameters)];
    case "class":
      return [...statement.decorators, ...valuesOf(statement.bases)];
    case "for":
      return [statement.target, statement.iterable];
    case "while":
    case "if":
      return [statement.test];
    case "with":
      return statement.items.flatMap((item) => present(item.context, item.target));
    case "return":
      return present(statement.value);
    case "try":
    case "other":
      return statement.expressions;
    case "import":
      return NOTHING;
  }
}

/** The blocks of a statement, in source order. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case "function":
    case "class":
    case "with":
      return [statement.body];
    case "for":
    case "while":
    case "if":
      return [statement.body, statement.otherwise];
    case "try":
    case "other":
      return statement.bodies;
    default:
      return NOTHING;
  }
}

const statementLists = new WeakMap<readonly Statement[], readonly Statement[]>();

/**
 * Every statement of a block and below, each before what it holds, in source order.
 *
 * Listed once a block: many facts ask for those of the module and of its functions and classes.
 */
export function statementsIn(block: readonly Statement[]): readonly Statement[] {
  const known = statementLists.get(block);
  if (known !== undefined) return known;
  const statements: Statement[] = [];
  collectStatements(block, statements);
  statementLists.set(block, statements);
  return statements;
}

function collectStatements(block: readonly Statement[], into: Statement[]): void {
  for (const statement of block) {
    into.push(statement);
    for (const inner of blocksOf(statement)) collectStatements(inner, into);
  }
}

/** An expression and everything below it, each before what it holds, in source order. */
export function expressionsIn(root: Expression): readonly Expression[] {
  const expressions: Expression[] = [];
  collectExpressions(root, expressions);
  return expressions;
}

function collectExpressions(node: Expression, into: Expression[]): void {
  into.push(node);
  switch (node.kind) {
    case "name":
    case "number":
    case "constant":
      return;
    case "attribute":
      collectExpressions(node.value, into);
      return;
    case "call":
      collectExpressions(node.callee, into);
      for (const { value } of node.arguments) collectExpressions(value, into);
      return;
    case "binary":
      collectExpressions(node.left, into);
      collectExpressions(node.right, into);
      return;
    default:
      for (const child of childExpressions(node)) collectExpressions(child, into);
  }
}
