import { editDistance, nearestWord } from "../../../core/text/edit-distance.ts";
import type { ConfigDialect, DialectSection } from "./config-dialect.ts";
import { KNOWN_KEYS, knownKey } from "./known-keys.ts";
import { type ConfigPath, matchesPath } from "./path-pattern.ts";

/** The key that a misspelt one was meant to be, and what happens to the misspelt one. */
export interface KeySuggestion {
  readonly meant: string;
  readonly fate: DialectSection["unknownKeys"];
}

/** Names long and peculiar enough to be recognized outside of any dialect. */
const PECULIAR_KEYS = [...KNOWN_KEYS.keys()].filter((key) => key.length >= 8 && key.includes("_"));

/**
 * The regularization key that the key at `path` is a near miss of; `undefined` for keys that are
 * known, for keys that resemble none and where the dialect leaves keys to the user.
 */
export function keySuggestion(
  path: ConfigPath,
  dialect: ConfigDialect | undefined,
): KeySuggestion | undefined {
  const key = path.at(-1);
  if (typeof key !== "string" || knownKey(key) !== undefined) return undefined;
  if (dialect === undefined) return suggestion(key, peculiarKey(key), "passed on");
  const parent = path.slice(0, -1);
  const section = dialect.sections.find(({ at }) => matchesPath(at, parent));
  if (section === undefined || section.neighbours.includes(key)) return undefined;
  const names = section.keys.map(({ name }) => name);
  if (names.includes(key)) return undefined;
  return suggestion(key, nearestWord(key, names), section.unknownKeys);
}

/** Short names are near to many words: they are allowed one slip only. */
function peculiarKey(key: string): string | undefined {
  const long = PECULIAR_KEYS.filter(({ length }) => length >= 10);
  return nearestWord(key, long) ?? nearestWord(key, PECULIAR_KEYS, 1);
}

function suggestion(
  key: string,
  meant: string | undefined,
  fate: KeySuggestion["fate"],
): KeySuggestion | undefined {
  // `dropout2`, the list `weight_decays` and `lm_dropout` are names of their own.
  if (meant === undefined || isVariant(key, meant)) return undefined;
  return { meant, fate };
}

function isVariant(key: string, meant: string): boolean {
  const withoutDigits = (word: string) => word.replaceAll(/[0-9]/g, "");
  return (
    key === `${meant}s` ||
    withoutDigits(key) === withoutDigits(meant) ||
    hasOtherPart(key.split("_"), meant.split("_"))
  );
}

/** Whether a part is another word rather than a slip: half of its letters differ. */
function hasOtherPart(parts: readonly string[], meant: readonly string[]): boolean {
  if (parts.length !== meant.length) return false;
  return parts.some((part, index) => {
    const other = meant[index] ?? "";
    return part !== other && 2 * editDistance(part, other) >= Math.max(part.length, other.length);
  });
}
