import type { Span } from "../../../../core/protocol/span.ts";

/** A scalar with its source text: what it means depends on who loads the file. */
export interface ConfigScalar {
  readonly kind: "scalar";
  /** As written, quotes excluded. */
  readonly text: string;
  readonly style: "plain" | "single-quoted" | "double-quoted" | "block";
  readonly span: Span;
}
export interface ConfigMapping {
  readonly kind: "mapping";
  readonly entries: readonly {
    readonly key: string;
    readonly keySpan: Span;
    readonly value: ConfigNode | undefined;
  }[];
  readonly span: Span;
}
export interface ConfigSequence {
  readonly kind: "sequence";
  readonly items: readonly ConfigNode[];
  readonly span: Span;
}
/** Aliases are resolved to `unknown`: their value stands elsewhere. */
export interface ConfigUnknown {
  readonly kind: "unknown";
  readonly span: Span;
}
export type ConfigNode = ConfigScalar | ConfigMapping | ConfigSequence | ConfigUnknown;

/** A YAML or JSON document with ranges. */
export interface ConfigTree {
  readonly language: "yaml" | "json";
  /** One root a document of the stream. */
  readonly roots: readonly ConfigNode[];
  readonly comments: readonly { readonly text: string; readonly span: Span }[];
  readonly errors: readonly { readonly message: string; readonly span: Span }[];
}
