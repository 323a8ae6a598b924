import type { Language, LintDocument } from "../engine/document.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { ConfigTree } from "../syntax/config/config-tree.ts";

/** What code parses to. */
export interface CodeSyntax {
  readonly language: "python" | "javascript";
  readonly program: PythonProgram;
}

/** What a document parses to, by language. */
export type Syntax =
  | CodeSyntax
  | { readonly language: "yaml" | "json" | "toml"; readonly tree: ConfigTree };

/** Finds all facts of one kind in a document. Total: odd input gives fewer facts. */
export interface Extractor<Fact> {
  readonly kind: string;
  readonly languages: readonly Language[];
  /** Whether a document may have such facts, told without parsing it; every one may where absent. */
  mayHave?(document: Pick<LintDocument, "language" | "path" | "text">): boolean;
  extract(syntax: Syntax, document: LintDocument): readonly Fact[];
}

/** True for languages that are programs. */
export function isCode(syntax: Syntax): syntax is CodeSyntax {
  return "program" in syntax;
}
