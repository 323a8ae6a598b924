import type { Span } from "../../../core/protocol/span.ts";
import { argumentOf, knownNumber, numberOf } from "./call-arguments.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

export interface DeclaredNumber {
  /** `--weight-decay`, `WEIGHT_DECAY` */
  readonly name: string;
  readonly value: number;
  readonly span: Span;
}

const DECAY = /^(?:weight_?decay|wd)$/i;

const known = new WeakMap<PythonProgram, { readonly decay: DeclaredNumber | undefined }>();

/**
 * The only weight decay that a document declares, as a command-line option or as a constant, when
 * nothing in the document reads it.
 */
export function unusedDecay(program: PythonProgram): DeclaredNumber | undefined {
  // Every optimizer of the document asks.
  const found = known.get(program) ?? { decay: onlyUnread(program) };
  known.set(program, found);
  return found.decay;
}

function onlyUnread(program: PythonProgram): DeclaredNumber | undefined {
  const [only, ...others] = [...options(program), ...constants(program)];
  if (only === undefined || others.length > 0 || isRead(program)) return undefined;
  return only;
}

function options(program: PythonProgram): DeclaredNumber[] {
  return programIndex(program).calls.flatMap(({ call, name }) => {
    if (name !== "add_argument") return [];
    const flags = call.arguments.flatMap(({ value }) =>
      value.kind === "string" && value.value?.startsWith("--") === true ? [value.value] : [],
    );
    const flag = flags.find((text) => DECAY.test(text.slice(2).replaceAll("-", "_")));
    const given = argumentOf(call, "default")?.value;
    if (flag === undefined || given === undefined) return [];
    const number = knownNumber(numberOf(given, program));
    return number === undefined ? [] : [{ name: flag, value: number.value, span: given.span }];
  });
}

function constants(program: PythonProgram): DeclaredNumber[] {
  return program.module.body.flatMap((statement) => {
    if (statement.kind !== "assign" || statement.value === undefined) return [];
    const [target] = statement.targets;
    if (target?.kind !== "name" || !DECAY.test(target.id)) return [];
    const number = knownNumber(numberOf(statement.value, program));
    return number === undefined
      ? []
      : [{ name: target.id, value: number.value, span: statement.value.span }];
  });
}

/** True where the decay is read, or all options may be, by whatever way. */
function isRead(program: PythonProgram): boolean {
  const { names, strings, attributes, calls } = programIndex(program);
  if ([...strings, ...attributes].some((text) => DECAY.test(text))) return true;
  if (calls.some(({ name }) => name === "vars" || name === "globals")) return true;
  return names.some(({ node, site: { statement } }) => {
    if (!DECAY.test(node.id)) return false;
    return statement.kind !== "assign" || !statement.targets.includes(node);
  });
}
