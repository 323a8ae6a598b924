import { parse, TomlError } from "smol-toml";
import {
  type ParsedLintSettings,
  parseLintSettings,
} from "../../../core/protocol/lint-settings.ts";
import { unknownIds } from "../engine/rule-selection.ts";

/** Names of settings files, the stronger first where a folder holds both. */
export const SETTINGS_FILES = ["normlens.toml", "pyproject.toml"] as const;
export type SettingsFileName = (typeof SETTINGS_FILES)[number];

function tableOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && key in value
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function parseToml(text: string): { readonly table: unknown } | string {
  try {
    return { table: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = error.message.split("\n", 1)[0]?.replace("Invalid TOML document: ", "");
    return `Line ${error.line}, column ${error.column}: ${reason ?? "not TOML"}.`;
  }
}

/**
 * Reads a settings file. `undefined` when it says nothing about NormLens, as most `pyproject.toml`
 * do; a file that is no TOML gives empty settings and a problem.
 */
export function parseSettingsFile(
  name: SettingsFileName,
  text: string,
): ParsedLintSettings | undefined {
  const isOwnFile = name === "normlens.toml";
  if (!isOwnFile && !text.includes("normlens")) return undefined;
  const parsed = parseToml(text);
  if (typeof parsed === "string") return { settings: {}, problems: [parsed] };
  const table = isOwnFile ? parsed.table : tableOf(tableOf(parsed.table, "tool"), "normlens");
  if (table === undefined) return undefined;
  const { settings, problems } = parseLintSettings(table);
  const unknown = unknownIds(settings).map((id) => `No rule is named \`${id}\`.`);
  return { settings, problems: [...problems, ...unknown] };
}
