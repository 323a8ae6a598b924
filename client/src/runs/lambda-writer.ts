import path from "node:path";
import { Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from "vscode";
import type { LambdaEdit, LambdaEditParams } from "../../../core/protocol/lsp.ts";
import { RUN_FILES } from "../../../core/protocol/run-files.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { specFile } from "./run-place.ts";

interface Change {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Writes `change` into the document, and to the disk where nothing else waits to be saved. */
async function write(document: TextDocument, { start, end, newText }: Change): Promise<boolean> {
  const wasClean = !document.isDirty;
  const range = new Range(document.positionAt(start), document.positionAt(end));
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, range, newText);
  const isDone = await workspace.applyEdit(edit);
  if (isDone && wasClean) await document.save();
  return isDone;
}

/**
 * What writes a λ to the experiment file of a run; `ask` has the server find the place.
 *
 * A refusal is told in a sentence; what was written can be undone as long as nothing follows it.
 */
export function lambdaWriter(
  ask: (params: LambdaEditParams) => Promise<LambdaEdit>,
): (run: RunListEntry, lambda: number) => Promise<void> {
  /** λ that were written, by the folder of the run. */
  const applied = new Map<string, number>();
  return async (run, lambda) => {
    const { folder, record } = run;
    const file = specFile(run);
    const name = path.basename(file);
    const refuse = (reason: string) =>
      void window.showWarningMessage(`λ was not written to ${name}: ${reason}.`);
    const overridden = record.set?.find((pair) => pair.startsWith("select"));
    if (overridden !== undefined) {
      refuse(`the run was launched with ${overridden} in the place of what the file says`);
      return;
    }
    const texts = await readTexts(file, path.join(folder, RUN_FILES.spec));
    if (typeof texts === "string") {
      refuse(texts);
      return;
    }
    const { document, launched, text } = texts;
    const last = applied.get(folder);
    const edit = await ask({
      text,
      launched,
      lambda,
      ...(last === undefined ? {} : { applied: last }),
    });
    if ("refusal" in edit) {
      refuse(edit.refusal);
      return;
    }
    if (document.getText() !== text || !(await write(document, edit))) {
      refuse("it has changed a moment ago; try again");
      return;
    }
    applied.set(folder, lambda);
    await offerUndo(document, edit, text.slice(edit.start, edit.end), () => {
      if (last === undefined) applied.delete(folder);
      else applied.set(folder, last);
    });
  };
}

interface Texts {
  readonly document: TextDocument;
  /** As the run was launched with it. */
  readonly launched: string;
  /** As it is: the document's, or the disk's where the document does not know of a change yet. */
  readonly text: string;
}

async function readTexts(file: string, spec: string): Promise<Texts | string> {
  try {
    const uri = Uri.file(file);
    const document = await workspace.openTextDocument(uri);
    const [launched, stored] = await Promise.all([textOf(Uri.file(spec)), textOf(uri)]);
    const shown = document.getText();
    // The editor learns of a change on the disk a moment later, and would write over it.
    const isLate = !document.isDirty && !isSameText(shown, stored);
    return { document, launched, text: isLate ? stored : shown };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function textOf(uri: Uri): Promise<string> {
  return new TextDecoder().decode(await workspace.fs.readFile(uri));
}

/** An editor gives all lines the same end. */
function isSameText(a: string, b: string): boolean {
  const lines = (text: string): string => text.replaceAll("\r\n", "\n");
  return lines(a) === lines(b);
}

async function offerUndo(
  document: TextDocument,
  { start, newText }: Change,
  before: string,
  onUndone: () => void,
): Promise<void> {
  const { version } = document;
  const place = document.positionAt(start);
  const name = `${path.basename(document.fileName)}:${place.line + 1}`;
  const answer = await window.showInformationMessage(
    `${name} now reads ${newText.trim()}`,
    "Undo",
    "Show",
  );
  if (answer === "Show") {
    await window.showTextDocument(document, { selection: new Range(place, place) });
    return;
  }
  if (answer !== "Undo") return;
  const isSame = document.version === version;
  const change = { start, end: start + newText.length, newText: before };
  if (isSame && (await write(document, change))) onUndone();
  else void window.showWarningMessage(`${name} was edited since: undo it there.`);
}
