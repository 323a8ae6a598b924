// Runs a program of this project and gives its exit code.
import { spawn } from "node:child_process";
import { ROOT } from "./install.mjs";

/** Same Node, inherited terminal; `capture` collects standard output as well as showing it. */
export function runStep(
  args,
  { capture = false, env = process.env, command = process.execPath } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env,
      stdio: ["ignore", capture ? "pipe" : "inherit", "inherit"],
    });
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code: code ?? 1, signal, output }));
  });
}
