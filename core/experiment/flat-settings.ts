import { codeNumber } from "../text/code-number.ts";
import { withDefaults } from "./schema-defaults.ts";
import { EXPERIMENT_SCHEMA } from "./schema-node.ts";

export interface FlatSetting {
  /** The value as code would write it. */
  readonly text: string;
  /** The file does not name it: this is the value that then holds. */
  readonly isDefault: boolean;
}

/** Deeper than any experiment; what lies below is one value. */
const MOST_LEVELS = 20;

/**
 * The settings of an experiment file's content by key path (`penalty[0].lambda`), in the order of the
 * file, defaults where keys are absent. A list of plain values is one setting. Total: content that
 * does not fit the schema is flattened as it is.
 */
export function flatSettings(content: unknown): ReadonlyMap<string, FlatSetting> {
  const given = leavesOf(content);
  const filled = leavesOf(withDefaults(EXPERIMENT_SCHEMA, content));
  return new Map([...filled].map(([path, text]) => [path, { text, isDefault: !given.has(path) }]));
}

function leavesOf(content: unknown): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  const visit = (value: unknown, path: string, level: number): void => {
    const parts = level < MOST_LEVELS ? partsOf(value, path) : [];
    if (parts.length === 0) leaves.set(path, textOf(value));
    for (const [part, inner] of parts) visit(inner, part, level + 1);
  };
  for (const [path, value] of partsOf(content, "")) visit(value, path, 1);
  return leaves;
}

/** What a value is made of, with the paths; nothing where it is shown as a whole. */
function partsOf(value: unknown, path: string): (readonly [string, unknown])[] {
  if (Array.isArray(value)) {
    return value.every(isPlain)
      ? []
      : value.map((item: unknown, index) => [`${path}[${index}]`, item] as const);
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).map(
    ([key, inner]: [string, unknown]) => [path === "" ? key : `${path}.${key}`, inner] as const,
  );
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function textOf(value: unknown): string {
  if (typeof value === "number") return codeNumber(value);
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return `[${value.map(textOf).join(", ")}]`;
  return JSON.stringify(value) ?? "";
}
