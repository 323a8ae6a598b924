// Written by `npm run gen`; do not edit.
import type { CliCommand } from "./command.ts";
import { check } from "./commands/check.ts";
import { doctor } from "./commands/doctor.ts";
import { explain } from "./commands/explain.ts";
import { inspect } from "./commands/inspect.ts";
import { lsp } from "./commands/lsp.ts";
import { runs } from "./commands/runs.ts";
import { sweep } from "./commands/sweep.ts";
import { train } from "./commands/train.ts";

export const COMMANDS: readonly CliCommand[] = [
  check,
  doctor,
  explain,
  inspect,
  lsp,
  runs,
  sweep,
  train,
];
