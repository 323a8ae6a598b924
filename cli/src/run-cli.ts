import type { CliCommand, CommandIo } from "./command.ts";

function usage(commands: readonly CliCommand[]): string {
  const width = Math.max(0, ...commands.map(({ name }) => name.length));
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`);
  return `Usage: normlens COMMAND [options]

${rows.join("")}
\`normlens COMMAND --help\` explains a command; \`normlens --version\` prints the version.
`;
}

/** Runs `normlens` with these arguments; resolves with the exit code and never rejects. */
export async function runCli(
  commands: readonly CliCommand[],
  version: string,
  args: readonly string[],
  io: CommandIo,
): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--version" || name === "-V") {
    io.out(`normlens ${version}\n`);
    return 0;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    io.out(usage(commands));
    return 0;
  }
  const command = commands.find((item) => item.name === name);
  if (command === undefined) {
    io.error(
      name === undefined ? usage(commands) : `normlens: no command "${name}"\n\n${usage(commands)}`,
    );
    return 2;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    io.out(command.help);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.error(`normlens ${command.name}: ${reason}\n`);
    return 2;
  }
}
