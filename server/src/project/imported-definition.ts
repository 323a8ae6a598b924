import type { PythonProgram } from "../semantics/python-program.ts";
import { pythonProgram } from "../semantics/resolve.ts";
import type { ClassStatement, FunctionStatement } from "../syntax/python/ast.ts";
import { parsePython } from "../syntax/python/parse.ts";
import type { ProjectFacts, PythonSource } from "./project-facts.ts";

/** A parsed document and where it stands, so that its imports can be followed. */
export interface Home {
  readonly program: PythonProgram;
  readonly path: string;
  readonly project: ProjectFacts;
}

export interface ImportedDefinition {
  readonly statement: ClassStatement | FunctionStatement;
  readonly home: Home;
}

/** Imports that are followed to a class: `from models import Net`, which imports it from `.net`. */
const MAX_HOPS = 3;
const LIBRARIES =
  /^(?:torch\w*|tensorflow|keras|jax|flax|optax|equinox|numpy|scipy|pandas|sklearn|transformers|timm|math|os|sys|typing|functools|collections)(?:\.|$)/;

const programs = new WeakMap<PythonSource, PythonProgram>();

function programOf(source: PythonSource): PythonProgram {
  const known = programs.get(source);
  if (known !== undefined) return known;
  const program = pythonProgram(parsePython(source.text));
  programs.set(source, program);
  return program;
}

/** Spares a source that has been parsed already from being parsed once more. */
export function rememberProgram(source: PythonSource, program: PythonProgram): void {
  programs.set(source, program);
}

/** The module of the workspace that `home` imports under this name. */
export function importedModule(module: string, home: Home): Home | undefined {
  if (LIBRARIES.test(module)) return undefined;
  const source = home.project.pythonModule?.(module, home.path);
  if (source === undefined || source.path === home.path) return undefined;
  return { program: programOf(source), path: source.path, project: home.project };
}

/** The class or function of another file of the workspace that `models.net.Net` names. */
export function importedDefinition(
  qualifiedName: string,
  home: Home,
  hops = MAX_HOPS,
): ImportedDefinition | undefined {
  const dot = qualifiedName.lastIndexOf(".");
  const name = qualifiedName.slice(dot + 1);
  if (dot < 0 || name === "" || hops === 0) return undefined;
  const module = qualifiedName.slice(0, dot);
  // `from . import net` makes `net.Net` read `..net.Net`.
  const shorter = module.startsWith("..") ? module.slice(1) : undefined;
  const there =
    importedModule(module, home) ??
    (shorter === undefined ? undefined : importedModule(shorter, home));
  return there === undefined ? undefined : definitionIn(name, there, hops);
}

function definitionIn(name: string, home: Home, hops: number): ImportedDefinition | undefined {
  const { body } = home.program.module;
  const statement = body.findLast(
    (item) => (item.kind === "class" || item.kind === "function") && item.name === name,
  );
  if (statement?.kind === "class" || statement?.kind === "function") return { statement, home };
  const imports = body.flatMap((item) => (item.kind === "import" ? item.names : []));
  const named = imports.find((item) => (item.alias ?? item.name) === name);
  if (named?.name !== undefined) {
    return importedDefinition(`${named.module}.${named.name}`, home, hops - 1);
  }
  for (const star of imports.filter((item) => item.name === "*").slice(0, MAX_STARS)) {
    const found = importedDefinition(`${star.module}.${name}`, home, hops - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

const MAX_STARS = 8;
