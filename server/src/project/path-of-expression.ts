import type { PythonProgram } from "../semantics/python-program.ts";
import type { CallExpression, Expression } from "../syntax/python/ast.ts";

/** Deepest chain of names and calls that is followed. */
const MAX_DEPTH = 8;

const PATH_MAKERS = ["pathlib.Path", "Path", "str", "open", "io.open", "os.fspath"];
const PATH_METHODS = ["open", "read_text", "read", "resolve", "absolute", "expanduser", "as_posix"];
const NAMING_METHODS = ["with_name", "joinpath"];
const JOINERS = ["os.path.join", "path.join"];

/**
 * The file that an expression stands for, as far as literals tell: a path, the file opened from
 * it, or its text. Only the end of the path may be known. `undefined` when it is not.
 */
export function pathOf(
  expression: Expression,
  program: PythonProgram,
  depth = 0,
): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const follow = (next: Expression | undefined) =>
    next === undefined ? undefined : pathOf(next, program, depth + 1);
  switch (expression.kind) {
    case "string":
      return expression.value;
    case "name": {
      const definition = program.definition(expression);
      if (definition?.kind === "assigned") return follow(definition.value);
      return definition?.kind === "entered" ? follow(definition.context) : undefined;
    }
    case "binary":
      return expression.operator === "/" || expression.operator === "+"
        ? follow(expression.right)
        : undefined;
    case "call":
      return follow(pathArgument(expression, program));
    default:
      return undefined;
  }
}

/** The part of a call that names the file. */
function pathArgument(call: CallExpression, program: PythonProgram): Expression | undefined {
  const { callee } = call;
  const name = program.qualifiedName(callee) ?? (callee.kind === "name" ? callee.id : "");
  const positional = call.arguments.filter((one) => one.name === undefined && one.splat === "none");
  if (JOINERS.includes(name)) return positional.at(-1)?.value;
  if (PATH_MAKERS.includes(name)) return positional.at(-1 * Number(isPath(name)))?.value;
  if (callee.kind !== "attribute") return undefined;
  if (NAMING_METHODS.includes(callee.attribute)) return positional.at(-1)?.value;
  return PATH_METHODS.includes(callee.attribute) ? callee.value : undefined;
}

/** `Path(a, b)` ends with its last argument, `open(a, mode)` names its first. */
function isPath(name: string): boolean {
  return name.endsWith("Path");
}
