import type { TrainerControl, TrainerEvent } from "../../core/protocol/trainer.ts";
import { parseTrainRequest } from "./parse-train-request.ts";
import { train } from "./train.ts";

/** Exit codes, the same as the command line's. */
const EXIT = { finished: 0, stopped: 1, refused: 2 } as const;

/** Events go to the launcher's channel when there is one, else as lines to the standard output. */
function emit(event: TrainerEvent): void {
  if (process.send === undefined) process.stdout.write(`${JSON.stringify(event)}\n`);
  // A launcher that is gone cannot be told; its going cancels the training by `disconnect`.
  else if (process.connected) process.send(event, undefined, undefined, () => undefined);
}

function isCancel(message: unknown): message is TrainerControl {
  return (
    typeof message === "object" &&
    message !== null &&
    "type" in message &&
    message.type === "cancel"
  );
}

async function main(): Promise<void> {
  const cancel = new AbortController();
  const stop = () => {
    // Whoever asks a second time does not want to wait for the last files.
    if (cancel.signal.aborted) process.exit(EXIT.stopped);
    cancel.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.on("disconnect", stop);
  process.on("message", (message) => {
    if (isCancel(message)) stop();
  });

  const request = parseTrainRequest(process.argv[2] ?? "");
  if (typeof request === "string") {
    emit({ type: "finished", run: "", status: "failed", final: {}, error: request });
    process.exitCode = EXIT.refused;
  } else {
    const result = await train(request, { signal: cancel.signal, emit });
    if (result.status === "finished") process.exitCode = EXIT.finished;
    else process.exitCode = result.isRefused ? EXIT.refused : EXIT.stopped;
  }
  process.off("disconnect", stop);
  if (process.connected) process.disconnect();
}

void main();
