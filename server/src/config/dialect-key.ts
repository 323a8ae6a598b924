import type { Domain } from "./known-keys.ts";

/** A key that regularizes, as one tool defines it. */
export interface DialectKey {
  readonly name: string;
  /** `numbers` is one list of them, as `betas`. */
  readonly type: "number" | "numbers" | "text" | "flag";
  /** Value where the key is left out; `null` where nothing is done then. Absent where not certain. */
  readonly default?: number | null;
  /** Whether null means something to the tool, so that an empty value is a choice. */
  readonly isNullable?: true;
  /** Where the tool's range is another than that of the known key of this name. */
  readonly domain?: Domain;
}

type Details = Omit<DialectKey, "name" | "type">;

export const number = (name: string, details: Details = {}): DialectKey => ({
  name,
  type: "number",
  ...details,
});

export const numbers = (name: string, details: Details = {}): DialectKey => ({
  name,
  type: "numbers",
  ...details,
});

export const text = (name: string): DialectKey => ({ name, type: "text" });

export const flag = (name: string): DialectKey => ({ name, type: "flag" });
