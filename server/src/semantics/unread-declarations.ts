import type { Span } from "../../../core/protocol/span.ts";
import type { CodeText } from "../syntax/code-text.ts";
import type { Argument, ClassStatement, Expression } from "../syntax/python/ast.ts";
import { argumentOf } from "./call-arguments.ts";
import { escapes } from "./holder-escape.ts";
import { lastName, programIndex, type Site } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** A weight decay that code declares and no code of the document reads. */
export interface UnreadDeclaration {
  /** `weight_decay`, as code would read it. */
  readonly key: string;
  /** `--weight-decay`, `Config.weight_decay` */
  readonly shown: string;
  readonly span: Span;
  /** Names that hold it: `args`, `cfg`. */
  readonly holders: ReadonlySet<string>;
  /** Names that other files know it by. */
  readonly names: readonly string[];
  /** Whether other files can get at it: not for what a function parses for itself. */
  readonly isShared: boolean;
}

const DECAY = /^(?:weight_decay|weight_decay_rate|wd)$/;

/** `"--weight-decay"`, and a field or key `weight_decay`. */
const DECLARED =
  /["']--(?:weight[-_]decay(?:[-_]rate)?|wd)["']|^[ \t"']*(?:weight_decay(?:_rate)?|wd)["']?[ \t]*(?::|=(?!=))/m;

/** Whether code or a config may declare a weight decay, told without parsing it. */
export const mayDeclareDecay = ({ text }: CodeText): boolean => DECLARED.test(text);

/** Weight decays that are declared as an option or as a field, and that nothing here reads. */
export function unreadDeclarations(program: PythonProgram): readonly UnreadDeclaration[] {
  const declared = [...options(program), ...fields(program)];
  if (declared.length === 0 || readsAll(program)) return [];
  const others = declared.filter(({ key }) => !isRead(key, program));
  return others.filter(({ holders }) => !escapes(holders, program));
}

function options(program: PythonProgram): UnreadDeclaration[] {
  const { calls, statements } = programIndex(program);
  const parsed = statements.filter(({ statement }) => isParsing(statement));
  const holders = new Set(parsed.flatMap(({ statement }) => namesAssigned(statement)));
  return calls.flatMap(({ call, name }) => {
    if (name !== "add_argument" || argumentOf(call, "dest") !== undefined) return [];
    const flag = call.arguments.find(
      ({ value }) => value.kind === "string" && value.value?.startsWith("--"),
    )?.value;
    if (flag?.kind !== "string" || flag.value === undefined) return [];
    const key = flag.value.slice(2).replaceAll("-", "_");
    if (!DECAY.test(key) || holders.size === 0) return [];
    const isShared = parsed.some(
      ({ within, statement }) => within.length === 0 && isAtTop(statement, program),
    );
    return [{ key, shown: flag.value, span: flag.span, holders, names: [], isShared }];
  });
}

const isAtTop = (statement: Site["statement"], { module }: PythonProgram) =>
  module.body.includes(statement);

function isParsing(statement: Site["statement"]): boolean {
  return (
    statement.kind === "assign" &&
    statement.value?.kind === "call" &&
    /^parse_(?:known_)?args$/.test(lastName(statement.value.callee) ?? "")
  );
}

function namesAssigned(statement: Site["statement"]): string[] {
  if (statement.kind !== "assign") return [];
  return statement.targets.flatMap((target) => {
    const [first = target] = target.kind === "tuple" ? target.elements : [];
    return first.kind === "name" ? [first.id] : [];
  });
}

/** Fields of classes that only hold values. */
function fields(program: PythonProgram): UnreadDeclaration[] {
  return programIndex(program).statements.flatMap(({ statement }) => {
    if (statement.kind !== "class" || !holdsValues(statement)) return [];
    const holders = new Set([statement.name, ...instancesOf(statement.name, program)]);
    return statement.body.flatMap((item) => {
      const target = item.kind === "assign" ? item.targets[0] : undefined;
      if (target?.kind !== "name" || !DECAY.test(target.id)) return [];
      const { id: key, span } = target;
      return [
        {
          key,
          shown: `${statement.name}.${key}`,
          span,
          holders,
          names: [statement.name],
          isShared: true,
        },
      ];
    });
  });
}

function holdsValues({ bases, body }: ClassStatement): boolean {
  const isPlain = bases.every(({ value }) => value.kind === "name" && value.id === "object");
  const methods = body.filter((item) => item.kind === "function");
  return isPlain && methods.every(({ name }) => name === "__post_init__");
}

function instancesOf(className: string, program: PythonProgram): string[] {
  return programIndex(program).statements.flatMap(({ statement }) => {
    const value = statement.kind === "assign" ? statement.value : undefined;
    const isInstance = value?.kind === "call" && lastName(value.callee) === className;
    return isInstance ? namesAssigned(statement) : [];
  });
}

/** Calls that read all values, whatever their names. */
const BULK =
  /^(?:vars|asdict|astuple|fields|globals|locals|getattr|instantiate|structured|HfArgumentParser|cli|wrap|parse|save_hyperparameters|hydra_main|main)$/;

function readsAll(program: PythonProgram): boolean {
  const { calls, attributes } = programIndex(program);
  return (
    attributes.has("__dict__") ||
    calls.some(
      ({ name, call }) => (name !== undefined && BULK.test(name)) || call.arguments.some(isSpread),
    )
  );
}

/** `**config`; `**kwargs` passes on what a function was given. */
function isSpread({ splat, value }: Argument): boolean {
  return splat === "**" && !(value.kind === "name" && value.id.endsWith("kwargs"));
}

function isRead(key: string, program: PythonProgram): boolean {
  const { strings, names, statements, attributes } = programIndex(program);
  if (strings.has(key) || attributes.has(key)) return true;
  const fieldsHere = new Set<Expression>(
    statements.flatMap(({ statement }) =>
      statement.kind === "class"
        ? statement.body.flatMap((item) => (item.kind === "assign" ? item.targets : []))
        : [],
    ),
  );
  return names.some(({ node }) => node.id === key && !fieldsHere.has(node));
}
