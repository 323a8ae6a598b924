import type { ProjectFacts } from "../project/project-facts.ts";
import type { AnyRule } from "./rule.ts";

export const LANGUAGES = ["python", "javascript", "yaml", "json", "toml"] as const;
/** `javascript` is TypeScript too. */
export type Language = (typeof LANGUAGES)[number];

/** One document as the engine takes it. */
export interface LintDocument {
  /** Path or URI, only for detection by file name and for messages; never opened. */
  readonly path: string;
  readonly language: Language;
  readonly text: string;
  /** The text in UTF-8, where it is at hand. */
  readonly bytes?: Uint8Array;
  /** The rules that may find something in this very text, where that was told before. */
  readonly possibleRules?: readonly AnyRule[];
  /** What is known of the rest of the workspace. */
  readonly project: ProjectFacts;
}
