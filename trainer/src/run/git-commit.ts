import { execFile } from "node:child_process";

const TIMEOUT_MS = 2000;

/** Commit that the folder's repository is at; `undefined` outside a repository or without git. */
export function gitCommit(folder: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(
      "git",
      ["rev-parse", "HEAD"],
      { cwd: folder, timeout: TIMEOUT_MS, windowsHide: true },
      (error, stdout) => {
        resolve(error === null ? stdout.trim() : undefined);
      },
    );
  });
}
