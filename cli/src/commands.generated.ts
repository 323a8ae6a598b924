// Written by `npm run gen`; do not edit.
import type { CliCommand } from "./command.ts";


export const COMMANDS: readonly CliCommand[] = [
];
