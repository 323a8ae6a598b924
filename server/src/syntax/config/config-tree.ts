import type { Span } from "../../../../core/protocol/span.ts";

/** Deepest nesting that is read; configs have about ten levels, hostile files have thousands. */
export const MAX_CONFIG_DEPTH = 100;

/** A scalar with its source text: what it means depends on who loads the file. */
export interface ConfigScalar {
  readonly kind: "scalar";
  /** As written, quotes excluded. */
  readonly text: string;
  readonly style: "plain" | "single-quoted" | "double-quoted" | "block";
  /** With quotes. */
  readonly span: Span;
}
export interface ConfigEntry {
  readonly key: string;
  /** Without quotes, so that new text can be put in its place. */
  readonly keySpan: Span;
  /** `undefined` for an empty value, which YAML reads as null. */
  readonly value: ConfigNode | undefined;
}
export interface ConfigMapping {
  readonly kind: "mapping";
  readonly entries: readonly ConfigEntry[];
  readonly span: Span;
}
export interface ConfigSequence {
  readonly kind: "sequence";
  readonly items: readonly ConfigNode[];
  readonly span: Span;
}
/**
 * A value that is not judged: an alias (its value stands elsewhere), a scalar with an explicit tag
 * (the tag decides), what is nested deeper than {@link MAX_CONFIG_DEPTH}.
 */
export interface ConfigUnknown {
  readonly kind: "unknown";
  readonly span: Span;
}
export type ConfigNode = ConfigScalar | ConfigMapping | ConfigSequence | ConfigUnknown;

/** A YAML, JSON or TOML document with ranges, or a Python file of settings. */
export interface ConfigTree {
  readonly language: "yaml" | "json" | "toml" | "python";
  /** One root a document of the stream. */
  readonly roots: readonly ConfigNode[];
  readonly comments: readonly { readonly text: string; readonly span: Span }[];
  readonly errors: readonly { readonly message: string; readonly span: Span }[];
}
