import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Span } from "../../../core/protocol/span.ts";
import type { Finding } from "../engine/finding.ts";
import type { Edit, Fix } from "../engine/rule.ts";
import type { LambdaAction } from "./lambda-actions.ts";
import type { SourceDocument } from "./source-document.ts";
import { suppressInFile, suppressOnLine } from "./suppress-edit.ts";
import { toRange } from "./to-diagnostic.ts";

export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.normlens`;

export interface CodeActionRequest {
  readonly document: SourceDocument;
  readonly findings: readonly Finding[];
  /** Ways to write the selected λ otherwise. */
  readonly rewrites: readonly LambdaAction[];
  /** Selected offsets. */
  readonly selection: Span;
  /** Kinds that the client asks for; all when absent. */
  readonly only: readonly string[] | undefined;
  /** Text after all safe fixes. */
  readonly fixed: string;
  readonly diagnosticOf: (finding: Finding) => Diagnostic;
  /** True when the client takes edits that are bound to a version. */
  readonly hasDocumentChanges: boolean;
}

/** LSP's rule: `source.fixAll` asks for `source.fixAll.normlens` too, not the other way round. */
function isAsked(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
}

/** Fix-all is worth computing only when asked for; saving asks for it by name. */
export function isFixAllAsked(only: readonly string[] | undefined): boolean {
  return isAsked(FIX_ALL_KIND, only);
}

/** What a λ is elsewhere need not be known while a document is saved. */
export function isRewriteAsked(only: readonly string[] | undefined): boolean {
  return isAsked(CodeActionKind.RefactorRewrite, only);
}

function workspaceEdit(request: CodeActionRequest, edits: readonly Edit[]): WorkspaceEdit {
  const { uri, version, lines } = request.document;
  const textEdits = edits.map(
    ({ span, newText }): TextEdit => ({ range: toRange(span, lines), newText }),
  );
  return request.hasDocumentChanges
    ? { documentChanges: [{ textDocument: { uri, version }, edits: textEdits }] }
    : { changes: { [uri]: textEdits } };
}

/** The smallest replacement that turns one text into the other. */
export function minimalEdit(before: string, after: string): Edit {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start += 1;
  let tail = 0;
  while (
    tail < shortest - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  return {
    span: { start, end: before.length - tail },
    newText: after.slice(start, after.length - tail),
  };
}

function fixAction(request: CodeActionRequest, finding: Finding, fix: Fix): CodeAction {
  const safeFixes = finding.fixes.filter(({ safety }) => safety === "safe");
  return {
    title: fix.safety === "unsafe" ? `${fix.title} (changes training results)` : fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [request.diagnosticOf(finding)],
    edit: workspaceEdit(request, fix.edits),
    ...(fix.safety === "safe" && safeFixes.length === 1 ? { isPreferred: true } : {}),
  };
}

function suppressActions(request: CodeActionRequest, finding: Finding): CodeAction[] {
  const { code, name } = finding;
  const choices = [
    [`Ignore ${code} (${name}) on this line`, suppressOnLine(request.document, finding)],
    [`Ignore ${code} (${name}) in this file`, suppressInFile(request.document, finding)],
  ] as const;
  return choices.flatMap(([title, edit]) =>
    edit === undefined
      ? []
      : {
          title,
          kind: CodeActionKind.QuickFix,
          diagnostics: [request.diagnosticOf(finding)],
          edit: workspaceEdit(request, [edit]),
        },
  );
}

function fixAllActions(request: CodeActionRequest): CodeAction[] {
  const { document, fixed, only } = request;
  if (!isFixAllAsked(only) || fixed === document.text) return [];
  return [
    {
      title: "Apply all safe NormLens fixes",
      kind: FIX_ALL_KIND,
      edit: workspaceEdit(request, [minimalEdit(document.text, fixed)]),
    },
  ];
}

function rewriteActions(request: CodeActionRequest): CodeAction[] {
  if (!isRewriteAsked(request.only)) return [];
  return request.rewrites.map(({ title, edits }) => ({
    title,
    kind: CodeActionKind.RefactorRewrite,
    edit: workspaceEdit(request, edits),
  }));
}

/** Actions for the selection: fixes, ways to silence a finding, refactorings, then fix-all. */
export function codeActions(request: CodeActionRequest): CodeAction[] {
  const { findings, selection, only } = request;
  const touched = isAsked(CodeActionKind.QuickFix, only)
    ? findings.filter(({ span }) => span.start <= selection.end && selection.start <= span.end)
    : [];
  return [
    ...touched.flatMap((finding) => finding.fixes.map((fix) => fixAction(request, finding, fix))),
    ...touched.flatMap((finding) => suppressActions(request, finding)),
    ...rewriteActions(request),
    ...fixAllActions(request),
  ];
}
