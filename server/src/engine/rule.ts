import type { Severity } from "../../../core/protocol/severity.ts";
import type { Span } from "../../../core/protocol/span.ts";
import type { Fact, FactKind, FactOf } from "../facts/facts.generated.ts";
import type { FilePlace } from "../project/file-place.ts";
import type { CodeText } from "../syntax/code-text.ts";
import type { LintDocument } from "./document.ts";
import type { Finding } from "./finding.ts";

export const FAMILIES = [
  "missing",
  "scale",
  "formula",
  "placement",
  "optimizer",
  "sparsity",
  "multimodal",
  "transfer",
  "selection",
  "config",
] as const;
export type Family = (typeof FAMILIES)[number];

export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

export interface Fix {
  /** An imperative, for the light-bulb menu. */
  readonly title: string;
  /**
   * `safe` fixes make the code do what it says and may be applied by fix-all; `unsafe` ones change
   * training results; a `suggestion` is one of several ways and is never preferred.
   */
  readonly safety: "safe" | "unsafe" | "suggestion";
  readonly edits: readonly Edit[];
}

/** What a report points to besides its own place: in the same document, or in another file. */
export type Related =
  | { readonly span: Span; readonly message: string }
  | { readonly place: FilePlace; readonly message: string };

export interface Report {
  readonly span: Span;
  /** What is wrong with the user's own values, in one or two sentences. */
  readonly message: string;
  /** Overrides the rule's severity for this report. */
  readonly severity?: Severity;
  /**
   * How sure the rule is, 0..1, default 1: the product of what its facts had to assume. Below 0.8
   * the finding is shown one level milder, below 0.5 not at all.
   */
  readonly confidence?: number;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

/** Documentation as data; tests run `bad` and `good`, `docs/rules/` is generated from it. */
export interface RuleDocs {
  readonly what: string;
  readonly why: string;
  /** Shortest code that the rule reports once. */
  readonly bad: string;
  /** The same without the fault; silent. */
  readonly good: string;
  readonly language: "python" | "yaml" | "json" | "toml";
  /** Name of the file that the examples are, where the rule asks for one. */
  readonly path?: string;
  /** Other files of the workspace, which both examples need. */
  readonly project?: readonly { readonly path: string; readonly text: string }[];
  /**
   * The same in TensorFlow.js. A rule speaks of JavaScript where its documentation shows it: its
   * message and its fixes must be made for both languages.
   */
  readonly javascript?: { readonly bad: string; readonly good: string };
  /** Where the rule stays silent although a reader might expect it, or may be wrong. */
  readonly limits: string;
  readonly references: readonly string[];
}

export interface RuleContext {
  readonly document: LintDocument;
  /** All facts of a kind in this document, in source order. */
  facts<Kind extends FactKind>(kind: Kind): readonly FactOf<Kind>[];
  /** What the other rules of this name find in this document, chosen by the user or not, silenced or not. */
  findings(id: string): readonly Finding[];
  /** Whether a rule, a family or codes are named so. */
  isRule(id: string): boolean;
}

/** Words one of which is needed, or what else the code of a document must have. */
export type MentionGroup = readonly string[] | ((code: CodeText) => boolean);

/** A rule looks at one kind of fact. It does no IO and never throws. */
export interface Rule<Kind extends FactKind = FactKind> {
  /** Stable and never reused, for example `NL501`. */
  readonly code: `NL${string}`;
  /** Kebab-case name of the fault; equals the file name. */
  readonly name: string;
  readonly family: Family;
  readonly severity: Severity;
  readonly preview: boolean;
  /**
   * What a text must mention for the rule to have anything to say: of every group one word at
   * least, whatever its case (written here in lower case); groups that are functions are asked last. Other texts are not even parsed for
   * this rule, so a group that is too narrow silences it. Of Python only the code counts, not
   * comments and strings in triple quotes; `#` before a word lets it stand in a comment, too. `\b`
   * is the edge of an identifier. `**` and `@` are the operators, without the `**` before keyword
   * arguments and the `@` before decorators.
   */
  readonly mentions: readonly MentionGroup[];
  readonly on: Kind;
  readonly docs: RuleDocs;
  check(fact: FactOf<Kind>, context: RuleContext): Iterable<Report>;
}

/** A rule whose kind of fact has been erased, as the registry holds it. */
export interface AnyRule extends Omit<Rule, "check" | "on"> {
  readonly on: FactKind;
  run(fact: Fact, context: RuleContext): Iterable<Report>;
}

/** Whether a rule also reads programs that use TensorFlow.js. */
export function isForJavaScript({ docs }: Pick<AnyRule, "docs">): boolean {
  return docs.javascript !== undefined;
}

/** Gives `rule` the type that the registry needs. */
export function defineRule<Kind extends FactKind>(rule: Rule<Kind>): AnyRule {
  const { check, ...rest } = rule;
  const isOfKind = (fact: Fact): fact is FactOf<Kind> => fact.kind === rule.on;
  return {
    ...rest,
    run: (fact, context) => (isOfKind(fact) ? check(fact, context) : []),
  };
}
