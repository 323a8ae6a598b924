// Runs a program of this project and gives its exit code.
import { spawn } from "node:child_process";
import { ROOT } from "./install.mjs";

/** The same Node unless `command` names another program; the terminal is inherited. */
export function runStep(args, { command = process.execPath } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1 }));
  });
}
