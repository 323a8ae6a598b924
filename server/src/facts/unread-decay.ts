import type { Span } from "../../../core/protocol/span.ts";
import { configView } from "../config/config-view.ts";
import { mayBeConfig } from "../config/may-be-config.ts";
import type { LintDocument } from "../engine/document.ts";
import type { Related } from "../engine/rule.ts";
import type { BareOptimizer } from "../project/project-facts.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { type UnreadDeclaration, unreadDeclarations } from "../semantics/unread-declarations.ts";
import type { Extractor } from "./extractor.ts";
import { type OptimizerFact, optimizersOf } from "./optimizer.ts";

/** A weight decay that is declared and read nowhere, while an optimizer runs without one. */
export interface UnreadDecayFact {
  readonly kind: "unreadDecay";
  readonly key: string;
  /** As it is declared: `--weight-decay`. */
  readonly shown: string;
  readonly span: Span;
  readonly optimizerName: string;
  readonly related: Related;
  /** The optimizer that should be given it; `undefined` where it stands in another file. */
  readonly optimizer: OptimizerFact | undefined;
  /** Names that hold the declared value. */
  readonly holders: ReadonlySet<string>;
}

export const unreadDecayFacts: Extractor<UnreadDecayFact> = {
  kind: "unreadDecay",
  languages: ["python", "yaml", "json", "toml"],
  extract(syntax, document) {
    if (syntax.language === "python") {
      return unreadDeclarations(syntax.program).flatMap(
        (declared) => inPython(declared, syntax.program, document) ?? [],
      );
    }
    const view = mayBeConfig(document) ? configView(syntax, document) : undefined;
    if (view === undefined || view.dialect !== undefined) return [];
    const entries = view.entries.filter(({ key, isItem }) => key === "weight_decay" && !isItem);
    return entries.flatMap(({ key, keySpan }) => {
      if (document.project.readsKey?.(key) !== false) return [];
      const around = document.project.filesAround?.(document.path, []);
      const [optimizer] = around?.optimizers ?? [];
      return optimizer === undefined || around?.isSpreading === true
        ? []
        : factOf({ key, shown: key, span: keySpan, holders: new Set() }, optimizer);
    });
  },
};

type Declared = Pick<UnreadDeclaration, "key" | "shown" | "span" | "holders">;

function inPython(
  declared: UnreadDeclaration,
  program: PythonProgram,
  { project, path }: LintDocument,
): UnreadDecayFact | undefined {
  const around = declared.isShared ? project.filesAround?.(path, declared.names) : undefined;
  if (around?.isSpreading === true || around?.isMentioned(declared.key) === true) return undefined;
  const optimizers = optimizersOf(program);
  const [first] = optimizers;
  if (first === undefined) {
    const [optimizer] = around?.optimizers ?? [];
    return optimizer === undefined ? undefined : factOf(declared, optimizer);
  }
  const isBare = optimizers.every(
    ({ weightDecay, hasSplat, coupling, addedDecay }) =>
      weightDecay.kind === "absent" && !hasSplat && coupling !== "none" && addedDecay === undefined,
  );
  return isBare ? factOf(declared, first) : undefined;
}

/** The optimizer stands in this document or, known only by its place, in another one. */
function factOf(
  { key, shown, span, holders }: Declared,
  optimizer: OptimizerFact | BareOptimizer,
): UnreadDecayFact {
  const message = `\`${optimizer.name}\` is built without it.`;
  const [related, own] =
    "place" in optimizer
      ? [{ place: optimizer.place, message }, undefined]
      : [{ span: optimizer.span, message }, optimizer];
  return {
    kind: "unreadDecay",
    key,
    shown,
    span,
    optimizerName: optimizer.name,
    related,
    optimizer: own,
    holders,
  };
}
