import type { Expression, NameExpression, PythonModule } from "../syntax/python/ast.ts";
import type { PythonProgram } from "./python-program.ts";
import { conventionalName, normalName } from "./qualified-names.ts";
import { type Reaching, reachingDefinitions } from "./reaching-definitions.ts";

/** How many `B = A` steps are followed from an alias to an import. */
const MAX_ALIASES = 4;

/** Resolves the names of a parsed document. */
export function pythonProgram(module: PythonModule): PythonProgram {
  const reaching = reachingDefinitions(module.body);
  const qualified = new Map<Expression, string | undefined>();
  return {
    module,
    definition: (name) => reaching.definitions.get(name),
    isUnbound: (name) => reaching.free.has(name),
    qualifiedName(expression) {
      // Every call is asked for by many facts, and most have no name.
      if (qualified.has(expression)) return qualified.get(expression);
      const name = qualifiedName(expression, reaching, MAX_ALIASES);
      const normal = name === undefined ? undefined : normalName(name);
      qualified.set(expression, normal);
      return normal;
    },
  };
}

function qualifiedName(node: Expression, reaching: Reaching, aliases: number): string | undefined {
  if (node.kind === "attribute") {
    const base = qualifiedName(node.value, reaching, aliases);
    return base === undefined ? undefined : `${base}.${node.attribute}`;
  }
  return node.kind === "name" ? nameOf(node, reaching, aliases) : undefined;
}

function nameOf(node: NameExpression, reaching: Reaching, aliases: number): string | undefined {
  const definition = reaching.definitions.get(node);
  if (definition?.kind === "imported") return definition.qualifiedName;
  if (definition?.kind === "assigned" && aliases > 0) {
    return qualifiedName(definition.value, reaching, aliases - 1);
  }
  return reaching.free.has(node) ? conventionalName(node.id) : undefined;
}
