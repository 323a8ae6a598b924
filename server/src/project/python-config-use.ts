import type { PythonProgram } from "../semantics/python-program.ts";
import type { Argument, CallExpression, Expression } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions, statementsIn } from "../syntax/python/walk.ts";
import { pathOf } from "./path-of-expression.ts";
import type { YamlLoader } from "./project-facts.ts";

/** What one Python file does with config files. */
export interface PythonConfigUse {
  readonly loads: readonly {
    readonly loader: YamlLoader;
    /** End of the file's path; `undefined` when it is only known at run time. */
    readonly path: string | undefined;
  }[];
  /** All names of YAML files that the code mentions. */
  readonly mentions: readonly string[];
  /** Folders that Hydra reads from. */
  readonly hydraFolders: readonly string[];
  /** Names of values that are turned into floats. */
  readonly casts: readonly string[];
}

const LOADERS: readonly (readonly [RegExp, YamlLoader])[] = [
  [/^yaml\.(?:safe_|full_|unsafe_)?load(?:_all)?$/, "pyyaml"],
  [/^omegaconf\.OmegaConf\.load$/, "omegaconf"],
  [/^hydra\.compose$/, "omegaconf"],
  [/^ruamel\.yaml\.(?:safe_|round_trip_)?load$/, "ruamel"],
];

/** Methods of yacs, whose settings often are a module's own: the name alone tells it. */
export const YACS_METHODS = ["merge_from_file", "merge_from_other_cfg"];

/** Finds what a Python file reads. Total. */
export function pythonConfigUse(program: PythonProgram): PythonConfigUse {
  const expressions = [...statementsIn(program.module.body)].flatMap((statement) =>
    ownExpressions(statement).flatMap((expression) => [...expressionsIn(expression)]),
  );
  const calls = expressions.filter((expression) => expression.kind === "call");
  const pyyaml = pyyamlKind(program, expressions, calls);
  return {
    loads: calls.flatMap((call) => {
      const loader = loaderOf(call, program);
      if (loader === undefined) return [];
      const [first] = call.arguments;
      const path = first === undefined ? undefined : pathOf(first.value, program);
      return [{ loader: loader === "pyyaml" ? pyyaml : loader, path }];
    }),
    mentions: expressions.flatMap((expression) =>
      expression.kind === "string" && isYamlPath(expression.value) ? [expression.value] : [],
    ),
    hydraFolders: calls.flatMap((call) => hydraFolder(call, program)),
    casts: castsIn(calls, program),
  };
}

function isYamlPath(text: string | undefined): text is string {
  return text !== undefined && /^[^\s*?]+\.ya?ml$/.test(text);
}

function loaderOf(call: CallExpression, program: PythonProgram): YamlLoader | undefined {
  if (isYacs(call)) return "yacs";
  const name = program.qualifiedName(call.callee);
  if (name !== undefined) return LOADERS.find(([pattern]) => pattern.test(name))?.[1];
  // `YAML().load(f)` or `yaml = YAML(); yaml.load(f)` of ruamel.yaml.
  if (call.callee.kind !== "attribute" || call.callee.attribute !== "load") return undefined;
  const owner = assignedValue(call.callee.value, program);
  const isRuamel =
    owner.kind === "call" && program.qualifiedName(owner.callee) === "ruamel.yaml.YAML";
  return isRuamel ? "ruamel" : undefined;
}

const isYacs = ({ callee }: CallExpression) =>
  callee.kind === "attribute" && YACS_METHODS.includes(callee.attribute);

function assignedValue(expression: Expression, program: PythonProgram): Expression {
  if (expression.kind !== "name") return expression;
  const definition = program.definition(expression);
  return definition?.kind === "assigned" ? definition.value : expression;
}

/** A resolver of its own, yacs or a model with types takes the sting out of PyYAML. */
function pyyamlKind(
  program: PythonProgram,
  expressions: readonly Expression[],
  calls: readonly CallExpression[],
): YamlLoader {
  const isPatched =
    calls.some(
      ({ callee }) => callee.kind === "attribute" && callee.attribute === "add_implicit_resolver",
    ) &&
    expressions.some(
      (expression) =>
        expression.kind === "string" && expression.value === "tag:yaml.org,2002:float",
    );
  if (isPatched) return "pyyaml-patched";
  if (calls.some(isYacs)) return "yacs";
  const isModelled = [...statementsIn(program.module.body)].some(
    (statement) =>
      statement.kind === "import" &&
      statement.names.some(({ module }) => /^pydantic(?:\.|$)/.test(module)),
  );
  return isModelled ? "pydantic" : "pyyaml";
}

function argument(call: CallExpression, name: string, position: number): Argument | undefined {
  const positional = call.arguments.filter((one) => one.name === undefined);
  return call.arguments.find((one) => one.name === name) ?? positional[position];
}

function hydraFolder(call: CallExpression, program: PythonProgram): string[] {
  const name = program.qualifiedName(call.callee);
  if (name === undefined || !/^hydra\.(?:main|initialize)$/.test(name)) return [];
  const folder = argument(call, "config_path", 0)?.value;
  return folder?.kind === "string" && folder.value !== undefined ? [folder.value] : [];
}

/** `float(cfg["lr"])`, `float(args.lr)`, and argparse types that convert defaults set from a file. */
function castsIn(calls: readonly CallExpression[], program: PythonProgram): string[] {
  const hasSetDefaults = calls.some(
    ({ callee }) => callee.kind === "attribute" && callee.attribute === "set_defaults",
  );
  return calls.flatMap((call) => {
    const { callee } = call;
    const [first] = call.arguments;
    if (first === undefined) return [];
    if (callee.kind === "name" && callee.id === "float") return keyOf(first.value);
    const isOption = callee.kind === "attribute" && callee.attribute === "add_argument";
    if (!isOption || !hasSetDefaults || !isFloatType(call, program)) return [];
    return call.arguments.flatMap(({ name, value }) =>
      name === undefined && value.kind === "string" && value.value?.startsWith("--")
        ? [value.value.slice(2).replaceAll("-", "_")]
        : [],
    );
  });
}

function isFloatType(call: CallExpression, program: PythonProgram): boolean {
  const type = call.arguments.find(({ name }) => name === "type")?.value;
  return type?.kind === "name" && type.id === "float" && program.definition(type) === undefined;
}

/** The key that a value was read under. */
function keyOf(expression: Expression): string[] {
  if (expression.kind === "attribute") return [expression.attribute];
  if (expression.kind === "subscript") {
    const [index] = expression.indices;
    return index?.kind === "string" && index.value !== undefined ? [index.value] : [];
  }
  if (expression.kind !== "call" || expression.callee.kind !== "attribute") return [];
  const [key] = expression.arguments;
  const isGet = ["get", "pop"].includes(expression.callee.attribute);
  return isGet && key?.value.kind === "string" && key.value.value !== undefined
    ? [key.value.value]
    : [];
}
