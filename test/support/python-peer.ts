import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

const PYTHON = path.resolve(
  ".venv",
  process.platform === "win32" ? "Scripts/python.exe" : "bin/python",
);

/** A Python process that answers each line it is sent with a line of JSON, and so stays warm. */
export interface PythonPeer {
  ask(line: string): Promise<unknown>;
  end(): void;
}

/** Starts a script of test/bench; a text says why it does not run. */
export async function startPythonPeer(
  script: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<PythonPeer | string> {
  const child = spawn(PYTHON, [path.resolve("test/bench", script)], {
    env: { ...process.env, ...environment },
  });
  let errors = "";
  let ended: string | undefined;
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const answers: ((line: string | undefined) => void)[] = [];
  const end = (reason: string) => {
    ended ??= errors.trim().split("\n").at(-1) || reason;
    for (const answer of answers.splice(0)) answer(undefined);
  };
  child.on("error", (error) => end(error.message));
  child.on("close", (code) => end(`it ended with code ${code}`));
  createInterface(child.stdout).on("line", (line) => answers.shift()?.(line));
  const read = () => new Promise<string | undefined>((resolve) => answers.push(resolve));

  const ready = await read();
  if (ready === undefined) return ended ?? "it ended";
  return {
    async ask(line) {
      const answer = read();
      child.stdin.write(`${line}\n`);
      const text = await answer;
      if (text === undefined) throw new Error(`${script}: ${ended}`);
      return JSON.parse(text);
    },
    end: () => void child.stdin.end(),
  };
}
