import type { SyntaxNode, Tree } from "@lezer/common";
import type { NameExpression } from "../python/ast.ts";

interface FunctionNames {
  readonly declared: Set<string>;
  readonly assigned: Map<string, NameExpression>;
}

const FUNCTION = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunction|MethodDeclaration)$/;

/** Names of outer scopes that functions give other values: whoever calls one may change them. */
export function reassignedNames(tree: Tree, text: string): readonly NameExpression[] {
  const module: FunctionNames = { declared: new Set(), assigned: new Map() };
  const around = [module];
  const reassigned = new Map<string, NameExpression>();
  tree.iterate({
    enter(node) {
      if (FUNCTION.test(node.name)) around.push({ declared: new Set(), assigned: new Map() });
      const names = around.at(-1) ?? module;
      const id = () => text.slice(node.from, node.to);
      if (node.name === "VariableDefinition") names.declared.add(id());
      if (node.name !== "VariableName" || !isTarget(node.node, text)) return;
      const span = { start: node.from, end: node.to };
      names.assigned.set(id(), { kind: "name", id: id(), span });
    },
    leave(node) {
      const names = FUNCTION.test(node.name) ? around.pop() : undefined;
      for (const [id, name] of names?.assigned ?? []) {
        if (names?.declared.has(id) === false) reassigned.set(id, name);
      }
    },
  });
  return [...reassigned.values()];
}

/** True for `x` in `x = 1`, `x += 1`, `x++`, and for `[x] = pair`. */
function isTarget(node: SyntaxNode, text: string): boolean {
  const { parent } = node;
  switch (parent?.name) {
    case "AssignmentExpression":
      return parent.firstChild?.from === node.from;
    case "PostfixExpression":
    case "UnaryExpression":
      return /\+\+|--/.test(text.slice(parent.from, parent.to));
    case "ArrayPattern":
    case "PatternProperty":
      return true;
    default:
      return false;
  }
}
