import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CliCommand } from "../command.ts";

const HELP = `Usage: normlens lsp --stdio

Serves an editor over the Language Server Protocol on standard input and output: findings as you
type, quick-fixes, hovers, completion. It runs until the editor ends it; docs/editors.md has the
settings for Neovim, Helix and Emacs.

Exit code: 0 when the editor said goodbye, 1 when it left without, 2 wrong usage.
`;

/** Built beside the command line. */
const SERVER = path.join(import.meta.dirname, "server.js");

export const lsp: CliCommand = {
  name: "lsp",
  summary: "Serve an editor over the Language Server Protocol",
  help: HELP,
  async run(args, io) {
    if (args.length !== 1 || args[0] !== "--stdio") {
      io.error(`normlens lsp: needs --stdio and nothing else, got "${args.join(" ")}"\n`);
      return 2;
    }
    if (!existsSync(SERVER)) {
      io.error(`normlens lsp: ${SERVER} is missing; \`npm run build\` makes it\n`);
      return 2;
    }
    await import(pathToFileURL(SERVER).href);
    // The server ends the process when its client says `exit` or is gone.
    return new Promise<never>(() => undefined);
  },
};
