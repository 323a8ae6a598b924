import type { Language } from "./document.ts";

/**
 * Longer texts are data or generated and are not judged: what a person writes ends far below. The
 * largest of 17,000 public Python files has half of it, and a config beyond a quarter of a
 * million characters takes a YAML parser most of a second.
 */
export const MOST_CHARACTERS: Readonly<Record<Language, number>> = {
  python: 2 ** 20,
  javascript: 2 ** 19,
  yaml: 2 ** 18,
  json: 2 ** 19,
  toml: 2 ** 18,
};
