/** Where a command reads from and writes to; tests pass buffers. */
export interface CommandIo {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True where colour and progress bars are wanted. */
  readonly isTerminal: boolean;
  readonly columns: number;
  out(text: string): void;
  error(text: string): void;
  readStdin(): Promise<Uint8Array>;
  /** Aborted at the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}

/** One sub-command of `normlens`. */
export interface CliCommand {
  readonly name: string;
  readonly summary: string;
  /** Printed for `--help`, usage line first. */
  readonly help: string;
  /** Resolves with the exit code: 0 fine, 1 findings or a failed run, 2 usage or IO error. */
  run(args: readonly string[], io: CommandIo): Promise<number>;
}
