import { type ChildProcess, fork } from "node:child_process";
import type { TrainerControl, TrainerEvent, TrainRequest } from "../../../core/protocol/trainer.ts";

/** After a request to cancel, the trainer has this long to finish its run folder. */
const CANCEL_GRACE_MS = 5_000;
/** After SIGTERM, before SIGKILL. */
const KILL_GRACE_MS = 5_000;

export interface TrainerProcess {
  readonly pid: number;
  /** Asks the trainer to finish the run folder as `cancelled`; ends it by force if it does not. */
  cancel(): void;
  /** Resolves when the process is gone, with its exit code; `null` when a signal ended it. */
  readonly exit: Promise<number | null>;
}

interface Launch {
  /** Path of the bundled trainer. */
  readonly script: string;
  readonly request: TrainRequest;
  onEvent(event: TrainerEvent): void;
  /** Whatever the process prints that is not an event. */
  onOutput(text: string): void;
}

function isTrainerEvent(message: unknown): message is TrainerEvent {
  return (
    typeof message === "object" &&
    message !== null &&
    "type" in message &&
    typeof message.type === "string" &&
    ["started", "progress", "evaluated", "trial", "message", "finished"].includes(message.type)
  );
}

function endByForce(child: ChildProcess): void {
  const timers = [
    setTimeout(() => child.kill("SIGTERM"), CANCEL_GRACE_MS),
    setTimeout(() => child.kill("SIGKILL"), CANCEL_GRACE_MS + KILL_GRACE_MS),
  ];
  child.once("exit", () => {
    for (const timer of timers) clearTimeout(timer);
  });
}

/**
 * Starts the trainer in a process of its own, with the runtime that this process has.
 *
 * In desktop VS Code that runtime is Electron, which `ELECTRON_RUN_AS_NODE` turns into plain Node.
 */
export function launchTrainer({ script, request, onEvent, onOutput }: Launch): TrainerProcess {
  const child = fork(script, [JSON.stringify(request)], {
    execArgv: [],
    cwd: request.workspace,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  child.on("message", (message) => {
    if (isTrainerEvent(message)) onEvent(message);
  });
  child.stdout?.setEncoding("utf8").on("data", onOutput);
  child.stderr?.setEncoding("utf8").on("data", onOutput);
  const exit = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => resolve(code));
    child.once("error", (error) => {
      onOutput(`The trainer process could not be started: ${error.message}\n`);
      resolve(1);
    });
  });
  return {
    pid: child.pid ?? -1,
    exit,
    cancel() {
      const message: TrainerControl = { type: "cancel" };
      if (child.connected) child.send(message);
      endByForce(child);
    },
  };
}
