import { VERSION } from "../../core/protocol/version.generated.ts";
import type { CommandIo } from "./command.ts";
import { COMMANDS } from "./commands.generated.ts";
import { runCli } from "./run-cli.ts";

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Gives every command the same view of this process. */
function processIo(): CommandIo {
  const interruption = new AbortController();
  let signals = 0;
  for (const [signal, exitCode] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.on(signal, () => {
      signals += 1;
      // The second one means now: whatever still runs is given up.
      if (signals > 1) process.exit(exitCode);
      interruption.abort();
    });
  }
  // A reader that closes the pipe early, such as `head`, is no failure of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? 0 : 2);
  });
  return {
    cwd: process.cwd(),
    env: process.env,
    isTerminal: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 80,
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    readStdin,
    signal: interruption.signal,
  };
}

// Not process.exit(): output to a pipe may still be on its way.
process.exitCode = 2;
void runCli(COMMANDS, VERSION, process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
