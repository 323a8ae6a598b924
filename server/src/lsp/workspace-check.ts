import { pathToFileURL } from "node:url";
import type { WireFinding, WorkspaceReport } from "../../../core/protocol/lsp.ts";
import type { Finding } from "../engine/finding.ts";
import { type LineIndex, lineIndex } from "../engine/line-index.ts";
import { type CheckEnvironment, checkFiles } from "../workspace/check-files.ts";
import { type WalkedFile, walkFiles } from "../workspace/walk-files.ts";

export interface WorkspaceCheck {
  /** Absolute paths. */
  readonly folders: readonly string[];
  readonly environment: CheckEnvironment;
  readonly isCancelled: () => boolean;
  /** Told after each file, `total` files are there in all. */
  readonly onProgress: (done: number, total: number, path: string) => void;
}

/** Files that are found before other requests have their turn. */
const FILES_PER_TURN = 500;

/** Other requests are answered between files: parsing one takes milliseconds, all take seconds. */
const yieldToOthers = () => new Promise<void>((resolve) => setImmediate(resolve));

function toWireFinding(finding: Finding, lines: LineIndex): WireFinding {
  const { code, name, severity, message, span } = finding;
  const range = { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
  return { code, name, severity, message, range };
}

/** Checks all files of the folders as they are on disk. */
export async function checkWorkspace(check: WorkspaceCheck): Promise<WorkspaceReport> {
  const { folders, environment, isCancelled, onProgress } = check;
  const walked: WalkedFile[] = [];
  for (const file of walkFiles(folders)) {
    if (isCancelled()) break;
    walked.push(file);
    if (walked.length % FILES_PER_TURN === 0) await yieldToOthers();
  }
  const files: WorkspaceReport["files"][number][] = [];
  const problems: string[] = [];
  let done = 0;
  let checked = 0;
  for (const outcome of checkFiles(walked, environment, isCancelled)) {
    done += 1;
    onProgress(done, walked.length, outcome.path);
    if (outcome.kind !== "checked") {
      problems.push(`${outcome.path}: ${outcome.message}`);
      continue;
    }
    checked += 1;
    const lines = lineIndex(outcome.source.text);
    const findings = outcome.findings.map((finding) => toWireFinding(finding, lines));
    if (findings.length > 0) files.push({ uri: pathToFileURL(outcome.path).href, findings });
    await yieldToOthers();
  }
  return { files, checked, problems, isPartial: isCancelled() };
}
