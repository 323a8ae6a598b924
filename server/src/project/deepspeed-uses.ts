import { configEntries } from "../config/config-entries.ts";
import { numberIn } from "../config/config-lambdas.ts";
import type { Language } from "../engine/document.ts";
import { type LineIndex, lineIndex } from "../engine/line-index.ts";
import { parse } from "../engine/parse.ts";
import { isCode } from "../facts/extractor.ts";
import { argumentOf, numberArgument } from "../semantics/call-arguments.ts";
import { knownValue } from "../semantics/known-value.ts";
import { programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { CallExpression } from "../syntax/python/ast.ts";
import { filePlace } from "./file-place.ts";
import { type DeepspeedUse, NO_PROJECT, type TrainingValue } from "./project-facts.ts";

/** Arguments that DeepSpeed's config has as well. */
const NAMES = ["weight_decay", "learning_rate"];

export function mayUseDeepspeed(text: string): boolean {
  return text.includes("deepspeed") && text.includes(".json");
}

const isConfigPath = (value: unknown): value is string =>
  typeof value === "string" && /^[^\s{}$]+\.json$/.test(value);

/** `deepspeed: configs/zero2.json` in a training config, with the arguments beside it. */
export function deepspeedUsesInConfig(
  path: string,
  text: string,
  language: Exclude<Language, "python" | "javascript">,
): readonly DeepspeedUse[] {
  if (!mayUseDeepspeed(text)) return [];
  const syntax = parse({ path, text, language, project: NO_PROJECT });
  if (isCode(syntax)) return [];
  const root = configEntries(syntax.tree).filter((entry) => entry.path.length === 1);
  const link = root.find(({ key }) => key === "deepspeed")?.value;
  if (link?.kind !== "scalar" || !isConfigPath(link.text)) return [];
  const lines = lineIndex(text);
  const values = root.flatMap((entry): TrainingValue[] => {
    const value = NAMES.includes(entry.key) ? numberIn(entry) : undefined;
    if (value === undefined || entry.value === undefined) return [];
    return [{ name: entry.key, value, place: filePlace(path, entry.value.span, lines) }];
  });
  return [{ config: link.text, values }];
}

/** `TrainingArguments(deepspeed="zero2.json", weight_decay=0.1)`. */
export function deepspeedUsesInPython(
  path: string,
  program: PythonProgram,
): readonly DeepspeedUse[] {
  const lines = lineIndex(program.module.text);
  return programIndex(program).calls.flatMap(({ call, name }) => {
    const link = name?.endsWith("TrainingArguments") ? argumentOf(call, "deepspeed") : undefined;
    const config = link === undefined ? undefined : knownValue(link.value, program);
    if (config?.kind !== "scalar" || !isConfigPath(config.value)) return [];
    return [{ config: config.value, values: valuesOf(call, program, path, lines) }];
  });
}

function valuesOf(
  call: CallExpression,
  program: PythonProgram,
  path: string,
  lines: LineIndex,
): readonly TrainingValue[] {
  return NAMES.flatMap((name) => {
    const number = numberArgument(call, name, undefined, program);
    return number.kind === "constant"
      ? [{ name, value: number.value, place: filePlace(path, number.origin, lines) }]
      : [];
  });
}
