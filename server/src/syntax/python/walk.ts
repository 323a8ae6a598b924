import type { Argument, Expression, Parameter, Statement } from "./ast.ts";

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
      return [];
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
      return [];
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
      return [];
  }
}

/** Every statement of a block and below, each before what it holds, in source order. */
export function* statementsIn(block: readonly Statement[]): Generator<Statement> {
  const rest = [...block].reverse();
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    yield next;
    // One by one: a block may be longer than a call takes arguments.
    for (const statement of blocksOf(next).flat().reverse()) rest.push(statement);
  }
}

/** An expression and everything below it, each before what it holds, in source order. */
export function* expressionsIn(root: Expression): Generator<Expression> {
  const rest = [root];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    yield next;
    const children = childExpressions(next);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child !== undefined) rest.push(child);
    }
  }
}
