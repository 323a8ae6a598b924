import type { Span } from "../../../core/protocol/span.ts";
import { configView } from "../config/config-view.ts";
import { removeEntry } from "../config/entry-edits.ts";
import { mappingsIn } from "../config/mappings.ts";
import { mayBeConfig } from "../config/may-be-config.ts";
import { scalarOf } from "../config/scalar-value.ts";
import { hasSplat } from "../semantics/call-arguments.ts";
import { knownValue } from "../semantics/known-value.ts";
import { type CallSite, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { Scalar } from "../semantics/value.ts";
import type { CallExpression, DictExpression, Expression } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions } from "../syntax/python/walk.ts";
import type { Extractor } from "./extractor.ts";

/** One value with the name that it is given under. */
export interface NamedValue {
  readonly name: string;
  readonly nameSpan: Span;
  /** `undefined` where it is not known for sure. */
  readonly value: Scalar | undefined;
  readonly valueSpan: Span;
  /** What goes when it is taken out; `undefined` where that cannot be told. */
  readonly removal: Span | undefined;
}

/** Values that are given together: a mapping of a config, a dict, or the arguments of a call. */
export interface NamedValuesFact {
  readonly kind: "namedValues";
  readonly values: readonly NamedValue[];
  /** Tool of the config file, by the name of its dialect. */
  readonly dialect: string | undefined;
  /** True for the outermost mapping of a config. */
  readonly isRoot: boolean;
  /** What is called; `undefined` for dicts and configs. */
  readonly call:
    | {
        readonly node: CallExpression;
        readonly qualifiedName: string;
        readonly program: PythonProgram;
      }
    | undefined;
  /** True where there may be more values than these. */
  readonly isOpen: boolean;
}

export const namedValuesFacts: Extractor<NamedValuesFact> = {
  kind: "namedValues",
  languages: ["python", "yaml", "json", "toml"],
  extract(syntax, document) {
    if (syntax.language === "python") return inPython(syntax.program, document.text);
    const view = mayBeConfig(document) ? configView(syntax, document) : undefined;
    if (view === undefined) return [];
    return mappingsIn(view.tree).map(({ path, mapping }) => ({
      kind: "namedValues",
      values: mapping.entries.flatMap((entry, at) =>
        entry.value === undefined
          ? []
          : {
              name: entry.key,
              nameSpan: entry.keySpan,
              value: scalarOf(entry.value),
              valueSpan: entry.value.span,
              removal: removeEntry(mapping, entry, document.text, at).span,
            },
      ),
      dialect: view.dialect?.name,
      isRoot: path.length === 0,
      call: undefined,
      isOpen: mapping.entries.some(({ key }) => key === "<<"),
    }));
  },
};

/** Calls whose arguments are settings of a model. */
const MODELS = /^(?:xgboost|lightgbm|sklearn|torch\.nn|keras|transformers|trl|peft)\./;

function inPython(program: PythonProgram, text: string): readonly NamedValuesFact[] {
  const { calls, statements } = programIndex(program);
  const dicts = statements.flatMap(({ statement }) =>
    ownExpressions(statement).flatMap((root) =>
      [...expressionsIn(root)].filter((node) => node.kind === "dict"),
    ),
  );
  return [
    ...calls.flatMap((site) => ofCall(site, program, text) ?? []),
    ...dicts.flatMap((node) => ofDict(node, program, text) ?? []),
  ];
}

interface Given {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly value: Expression;
}

function ofCall(
  { call, qualifiedName, name }: CallSite,
  program: PythonProgram,
  text: string,
): NamedValuesFact | undefined {
  const isDict = name === "dict" && call.callee.kind === "name";
  const isModel = qualifiedName !== undefined && MODELS.test(qualifiedName);
  if (!isDict && !isModel) return undefined;
  const given = call.arguments.flatMap((argument) =>
    argument.name === undefined || argument.nameSpan === undefined
      ? []
      : { ...argument, name: argument.name, nameSpan: argument.nameSpan },
  );
  return {
    kind: "namedValues",
    values: valuesOf(given, call.arguments, program, text),
    dialect: undefined,
    isRoot: false,
    call: isModel ? { node: call, qualifiedName, program } : undefined,
    isOpen: hasSplat(call),
  };
}

function ofDict(
  { entries }: DictExpression,
  program: PythonProgram,
  text: string,
): NamedValuesFact | undefined {
  const given = entries.flatMap(({ key, value }) =>
    key?.kind === "string" && key.value !== undefined
      ? {
          name: key.value,
          nameSpan: key.span,
          span: { start: key.span.start, end: value.span.end },
          value,
        }
      : [],
  );
  if (given.length < 2) return undefined;
  return {
    kind: "namedValues",
    values: valuesOf(given, given, program, text),
    dialect: undefined,
    isRoot: false,
    call: undefined,
    isOpen: given.length < entries.length,
  };
}

/** `all` are the arguments or entries that they stand among. */
function valuesOf(
  given: readonly Given[],
  all: readonly { readonly span: Span }[],
  program: PythonProgram,
  text: string,
): NamedValue[] {
  return given.map(({ name, nameSpan, span, value }) => {
    const index = all.findIndex((other) => other.span.start === span.start);
    const found = knownValue(value, program);
    const isSure = found?.kind === "scalar" && found.certainty === "constant";
    return {
      name,
      nameSpan,
      value: isSure ? found.value : undefined,
      valueSpan: value.span,
      removal: removalOf(span, all[index - 1]?.span, all[index + 1]?.span, text),
    };
  });
}

const isComma = (text: string) => /^\s*,\s*$/.test(text);

/** With the comma that goes with it; `undefined` where more stands between than that. */
function removalOf(
  span: Span,
  previous: Span | undefined,
  next: Span | undefined,
  text: string,
): Span | undefined {
  if (next !== undefined && isComma(text.slice(span.end, next.start))) {
    return { start: span.start, end: next.start };
  }
  if (previous !== undefined && isComma(text.slice(previous.end, span.start))) {
    return { start: previous.end, end: span.end };
  }
  return undefined;
}
