import type {
  CancellationToken,
  Connection,
  ProgressToken,
  WorkDoneProgressReporter,
} from "vscode-languageserver";
import type { Log } from "./guard.ts";

/** Progress of work that mostly takes no time: an editor is told of it where it does. */
export interface SlowProgress {
  /** `fraction` 0..1 of the work. */
  report(fraction: number): void;
  /** The request was cancelled, or the progress that the editor shows. */
  isCancelled(): boolean;
  done(): void;
}

export interface SlowWork {
  readonly title: string;
  /** Of a client that shows progress itself, and is told from the start. */
  readonly workDoneToken: ProgressToken | undefined;
  readonly token: CancellationToken;
}

interface ProgressHost {
  readonly window: Pick<Connection["window"], "attachWorkDoneProgress" | "createWorkDoneProgress">;
  readonly log: Log;
}

/** Work is shown once it has taken so long. */
const SHOWN_AFTER_MS = 1000;

export function slowProgress(
  { window, log }: ProgressHost,
  { title, workDoneToken, token }: SlowWork,
): SlowProgress {
  const began = performance.now();
  let shown: WorkDoneProgressReporter | undefined;
  let isAsked = workDoneToken !== undefined;
  let isStopped = false;
  let isOver = false;
  if (workDoneToken !== undefined) {
    shown = window.attachWorkDoneProgress(workDoneToken);
    shown.begin(title, 0, undefined, true);
  }
  const show = async () => {
    const progress = await window.createWorkDoneProgress();
    progress.token.onCancellationRequested(() => {
      isStopped = true;
    });
    progress.begin(title, 0, undefined, true);
    if (isOver) progress.done();
    else shown = progress;
  };
  return {
    report(fraction) {
      shown?.report(Math.round(100 * fraction));
      if (isAsked || performance.now() - began < SHOWN_AFTER_MS) return;
      isAsked = true;
      show().catch((error: unknown) => log.warn(`Progress cannot be shown: ${String(error)}`));
    },
    isCancelled: () => token.isCancellationRequested || isStopped,
    done() {
      isOver = true;
      shown?.done();
    },
  };
}
