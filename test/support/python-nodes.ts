import type { Expression, PythonModule, Statement } from "../../server/src/syntax/python/ast.ts";
import {
  expressionsIn,
  ownExpressions,
  statementsIn,
} from "../../server/src/syntax/python/walk.ts";

/** Nodes as `test/python/python_trees.py` names them; `undefined` for what it leaves out. */
function labelOf(node: Expression): string | undefined {
  switch (node.kind) {
    case "name":
      return `name ${node.id}`;
    case "attribute":
      return `attribute ${node.attribute}`;
    case "binary":
      return `binary ${node.operator}`;
    case "list":
    case "set":
      return `${node.kind} ${node.elements.length}`;
    case "dict":
      return `dict ${node.entries.length}`;
    case "compare":
      return `compare ${node.comparisons.length}`;
    case "comprehension":
      return node.form === "generator" ? undefined : `comprehension ${node.clauses.length}`;
    case "boolean":
    case "tuple":
    case "starred":
    case "slice":
    case "lambda":
      return undefined;
    default:
      return node.kind;
  }
}

function labelOfStatement(node: Statement): string | undefined {
  switch (node.kind) {
    case "assign":
      return `assign ${node.targets.length}`;
    case "augmented":
      return `augmented ${node.operator}`;
    case "with":
      return `with ${node.items.length}`;
    case "import":
      return `import ${node.names.length}`;
    case "other":
      return /^(?:pass|break|continue|raise|assert)$/.test(node.keyword) ? "other" : undefined;
    case "function":
    case "class":
    case "try":
      return undefined;
    default:
      return node.kind;
  }
}

/** Expressions of a statement, without those inside of f-strings, whose places CPython learned late. */
function expressionsOf(root: Expression): readonly Expression[] {
  const inStrings = new Set(
    expressionsIn(root).flatMap((node) =>
      node.kind === "string" ? node.interpolations.flatMap((part) => expressionsIn(part)) : [],
    ),
  );
  return expressionsIn(root).filter((node) => !inStrings.has(node));
}

export function pythonNodes({ body }: PythonModule): string[] {
  const shown: string[] = [];
  const show = (label: string | undefined, { span }: Expression | Statement) => {
    if (label !== undefined) shown.push(`${label} ${span.start} ${span.end}`);
  };
  for (const statement of statementsIn(body)) {
    show(labelOfStatement(statement), statement);
    for (const root of ownExpressions(statement)) {
      for (const node of expressionsOf(root)) show(labelOf(node), node);
    }
  }
  // By code unit, as Python sorts.
  return shown.sort((a, b) => (a < b ? -1 : 1));
}
