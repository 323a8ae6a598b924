import { nearestWord } from "../../../core/text/edit-distance.ts";
import type { ConfigDialect, DialectSection } from "./config-dialect.ts";
import { KNOWN_KEYS } from "./known-keys.ts";
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
  if (typeof key !== "string" || KNOWN_KEYS.has(key)) return undefined;
  if (dialect === undefined) return suggestion(key, PECULIAR_KEYS, "passed on");
  const parent = path.slice(0, -1);
  const section = dialect.sections.find(({ at }) => matchesPath(at, parent));
  if (section === undefined || section.neighbours.includes(key)) return undefined;
  if (section.regularization.includes(key)) return undefined;
  return suggestion(key, section.regularization, section.unknownKeys);
}

function suggestion(
  key: string,
  candidates: readonly string[],
  fate: KeySuggestion["fate"],
): KeySuggestion | undefined {
  const meant = nearestWord(key, candidates);
  // `dropout2` beside `dropout1`, and the list `weight_decays`, are names of their own.
  if (meant === undefined || isVariant(key, meant)) return undefined;
  return { meant, fate };
}

function isVariant(key: string, meant: string): boolean {
  const withoutDigits = (word: string) => word.replaceAll(/[0-9]/g, "");
  return key === `${meant}s` || withoutDigits(key) === withoutDigits(meant);
}
