import type { Expression, NameExpression, PythonModule } from "../syntax/python/ast.ts";
import type { PythonProgram } from "./python-program.ts";
import { conventionalJavaScriptName, conventionalName, normalName } from "./qualified-names.ts";
import { type Reaching, reachingDefinitions } from "./reaching-definitions.ts";

/** How many `B = A` steps are followed from an alias to an import. */
const MAX_ALIASES = 4;

/** Resolves the names of a parsed document. */
export function pythonProgram(
  module: PythonModule,
  language: PythonProgram["language"] = "python",
): PythonProgram {
  const reaching = reachingDefinitions(module.body);
  const qualified = new Map<Expression, string | undefined>();
  const byConvention = language === "python" ? conventionalName : conventionalJavaScriptName;
  const names: Names = { reaching, byConvention };
  return {
    language,
    module,
    definition: (name) => reaching.definitions.get(name),
    isUnbound: (name) => reaching.free.has(name),
    qualifiedName(expression) {
      // Every call is asked for by many facts, and most have no name.
      if (qualified.has(expression)) return qualified.get(expression);
      const name = qualifiedName(expression, names, MAX_ALIASES);
      const normal = name === undefined ? undefined : normalName(name);
      qualified.set(expression, normal);
      return normal;
    },
  };
}

interface Names {
  readonly reaching: Reaching;
  /** What a name must mean that nothing in the document binds. */
  readonly byConvention: (id: string) => string | undefined;
}

function qualifiedName(node: Expression, names: Names, aliases: number): string | undefined {
  if (node.kind === "attribute") {
    const base = qualifiedName(node.value, names, aliases);
    return base === undefined ? undefined : `${base}.${node.attribute}`;
  }
  return node.kind === "name" ? nameOf(node, names, aliases) : undefined;
}

function nameOf(node: NameExpression, names: Names, aliases: number): string | undefined {
  const { reaching, byConvention } = names;
  const definition = reaching.definitions.get(node);
  if (definition?.kind === "imported") return definition.qualifiedName;
  if (definition?.kind === "assigned" && aliases > 0) {
    return qualifiedName(definition.value, names, aliases - 1);
  }
  return reaching.free.has(node) ? byConvention(node.id) : undefined;
}
