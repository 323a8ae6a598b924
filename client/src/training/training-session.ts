import { type LogOutputChannel, StatusBarAlignment, window } from "vscode";
import type { TrainerEvent, TrainRequest } from "../../../core/protocol/trainer.ts";
import { assertNever } from "../../../core/protocol/webview.ts";
import { launchTrainer, type TrainerProcess } from "./launch-trainer.ts";
import { progressText } from "./progress-text.ts";

type Finished = Extract<TrainerEvent, { type: "finished" }>;

interface Deps {
  /** Path of the bundled trainer. */
  readonly script: string;
  readonly log: LogOutputChannel;
  /** The run folder exists now. */
  onStarted(folder: string): void;
  /** Something about the run changed that a list shows. */
  onChanged(): void;
}

export interface TrainingSessions {
  train(request: TrainRequest): Promise<void>;
  /** Cancels the run in `folder` if this window launched it. */
  cancel(folder: string): boolean;
  /** Cancels what has no run folder yet; false when nothing is being prepared. */
  cancelPreparation(): boolean;
  dispose(): void;
}

function record(log: LogOutputChannel, event: TrainerEvent): void {
  switch (event.type) {
    case "started":
      log.info(
        `Training ${event.name} on ${event.backend} (${event.backend_reason}): ${event.run}`,
      );
      return;
    case "message":
      if (event.level === "warning") log.warn(event.text);
      else log.info(event.text);
      return;
    case "trial":
      log.info(`Trial ${event.number} of ${event.trials}, ${event.set.join(", ")}: ${event.value}`);
      return;
    case "finished":
      log.info(`Run ${event.status}: ${event.run}`);
      if (event.error !== undefined) log.error(event.error);
      return;
    case "progress":
    case "evaluated":
      return;
    default:
      assertNever(event);
  }
}

/** What a user must be told of a training that has ended; `undefined` when all is well. */
function failureOf(end: Finished | undefined, code: number | null): string | undefined {
  if (end === undefined) return `the trainer ended with code ${code} before it was done.`;
  return end.status === "failed" ? (end.error ?? "the run failed.") : undefined;
}

/** Runs that this window launched; each shows one status-bar item while it lasts. */
export function createTrainingSessions({
  script,
  log,
  onStarted,
  onChanged,
}: Deps): TrainingSessions {
  const running = new Map<string, TrainerProcess>();
  const preparing = new Set<TrainerProcess>();
  return {
    async train(request) {
      const status = window.createStatusBarItem(StatusBarAlignment.Left);
      status.name = "NormLens Training";
      status.text = "$(sync~spin) Preparing to train";
      status.tooltip = "Select to stop";
      status.command = "normlens.stopRun";
      status.show();
      let folder = "";
      let end: Finished | undefined;
      const onEvent = (event: TrainerEvent) => {
        record(log, event);
        if (event.type === "started") {
          folder = event.run;
          preparing.delete(child);
          running.set(folder, child);
          status.command = { command: "normlens.openRun", title: "Open", arguments: [{ folder }] };
          status.tooltip = `${event.name}: ${event.objective}`;
          onStarted(folder);
        } else if (event.type === "progress") {
          status.text = `$(sync~spin) ${progressText(event)}`;
        } else if (event.type === "evaluated" || event.type === "trial") {
          onChanged();
        } else if (event.type === "finished") {
          end = event;
        }
      };
      const onOutput = (text: string) => log.info(text.trimEnd());
      const child = launchTrainer({
        script,
        request,
        onEvent,
        onOutput,
      });
      preparing.add(child);
      const code = await child.exit;
      preparing.delete(child);
      running.delete(folder);
      status.dispose();
      onChanged();
      const failure = failureOf(end, code);
      if (failure !== undefined) {
        const choice = await window.showErrorMessage(`Training failed: ${failure}`, "Show Logs");
        if (choice !== undefined) log.show();
      }
    },
    cancel(folder) {
      const child = running.get(folder);
      child?.cancel();
      return child !== undefined;
    },
    cancelPreparation() {
      for (const child of preparing) child.cancel();
      return preparing.size > 0;
    },
    dispose() {
      for (const child of [...preparing, ...running.values()]) child.cancel();
    },
  };
}
