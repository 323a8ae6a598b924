import type { CommandIo } from "../../cli/src/command.ts";

/** A terminal in memory: what a command wrote is read from `written`. */
export interface RecordedIo extends CommandIo {
  readonly written: { out: string; error: string };
}

export function recordedIo(
  changes: Partial<CommandIo> & { readonly stdin?: string | Uint8Array } = {},
): RecordedIo {
  const written = { out: "", error: "" };
  const { stdin = "", ...rest } = changes;
  return {
    cwd: "/",
    env: {},
    isTerminal: false,
    columns: 80,
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
    readStdin: () => Promise.resolve(Buffer.from(stdin)),
    signal: new AbortController().signal,
    ...rest,
    written,
  };
}
