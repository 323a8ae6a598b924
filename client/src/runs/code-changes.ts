import { execFile } from "node:child_process";

/** Files of code that differ from what they were at the commit at which a run was launched. */
export interface CodeChanges {
  readonly commit: string;
  /** Relative to the workspace folder. */
  readonly files: readonly string[];
}

const CODE = ["*.py", "*.ipynb", "*.js", "*.ts"];
const LONGEST_MS = 5000;
const MOST_BYTES = 4 * 1024 * 1024;

/** What `git` prints; `undefined` where it cannot: no git, no repository, no such commit. */
export function gitOutput(
  root: string,
  parameters: readonly string[],
): Promise<string | undefined> {
  const options = {
    cwd: root,
    timeout: LONGEST_MS,
    maxBuffer: MOST_BYTES,
    encoding: "utf8",
  } as const;
  return new Promise((resolve) => {
    execFile("git", [...parameters], options, (error, output) =>
      resolve(error === null ? output : undefined),
    );
  });
}

/**
 * Files of code under `root` that differ from `commit` today, also those not committed; `undefined`
 * where that cannot be told. Files that had already differed when the run was launched are among them.
 */
export async function codeChanges(
  root: string,
  commit: string,
  git: typeof gitOutput = gitOutput,
): Promise<CodeChanges | undefined> {
  if (!/^[0-9a-f]{7,64}$/.test(commit)) return undefined;
  const output = await git(root, [
    "diff",
    "--name-only",
    "--relative",
    "-z",
    commit,
    "--",
    ...CODE,
  ]);
  return output === undefined
    ? undefined
    : { commit, files: output.split("\0").filter((file) => file !== "") };
}
