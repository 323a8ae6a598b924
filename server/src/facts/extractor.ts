import type { Language, LintDocument } from "../engine/document.ts";
import type { MentionGroup } from "../engine/rule.ts";
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
  /** What Python must mention to have such facts, in the way of a rule's `mentions`. */
  readonly pythonMentions?: readonly MentionGroup[];
  extract(syntax: Syntax, document: LintDocument): readonly Fact[];
}

/** True for languages that are programs. */
export function isCode(syntax: Syntax): syntax is CodeSyntax {
  return "program" in syntax;
}

/**
 * The extractor with its facts remembered for as long as the document is: for kinds of facts that
 * others are made of.
 */
export function once<Fact>(extractor: Extractor<Fact>): Extractor<Fact> {
  const known = new WeakMap<
    LintDocument,
    { readonly syntax: Syntax; readonly facts: readonly Fact[] }
  >();
  return {
    ...extractor,
    extract(syntax, document) {
      const last = known.get(document);
      if (last?.syntax === syntax) return last.facts;
      const facts = extractor.extract(syntax, document);
      known.set(document, { syntax, facts });
      return facts;
    },
  };
}
