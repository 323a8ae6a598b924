import fsNow from "node:fs";
import fs from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { listRuns } from "../../../core/runs/list-runs.ts";
import { nodeRunFileSystem } from "../../../core/runs/node-run-file-system.ts";
import { nodeRunListFiles } from "../../../core/runs/node-run-list-files.ts";
import { processLiveness } from "../../../core/runs/process-liveness.ts";
import { runsFolderOf } from "../../../core/runs/run-file-system.ts";
import type { RunList } from "../../../core/runs/run-list.ts";
import { readStoredRecord } from "../../../core/runs/run-record.ts";
import type { CliCommand, CommandIo } from "../command.ts";
import { textTable } from "../text-table.ts";

const HELP = `normlens runs [DIR] [--json]

Lists the runs in DIR/.normlens/runs, or in DIR itself if it holds run folders; newest first.
DIR is the current folder by default. Exit code 2 if DIR is not a folder.

  --json   {"runs": [{id, name, status, path, final}], "problems": [{path, message}]}
`;

export const runs: CliCommand = {
  name: "runs",
  summary: "List the runs of a folder",
  help: HELP,
  async run(args, io) {
    const isJson = args.includes("--json");
    const rest = args.filter((arg) => arg !== "--json");
    const unknown = rest.find((arg) => arg.startsWith("-"));
    if (unknown !== undefined || rest.length > 1) {
      io.error(`normlens runs: ${unknown ?? rest[1]} is not understood\n\n${HELP}`);
      return 2;
    }
    const folder = path.resolve(io.cwd, rest[0] ?? ".");
    try {
      const list = await findRuns(folder);
      io.out(
        isJson ? `${JSON.stringify(await jsonOf(list), null, 2)}\n` : textOf(list, io, folder),
      );
      return 0;
    } catch (error) {
      io.error(`normlens runs: ${error instanceof Error ? error.message : String(error)}\n`);
      return 2;
    }
  },
};

async function findRuns(folder: string): Promise<RunList> {
  // Tells a folder that is not there, or a file, from one without runs.
  const entries = await fs.readdir(folder);
  const files = nodeRunListFiles(fsNow);
  const isAlive = processLiveness({
    host: hostname(),
    kill: (pid, signal) => process.kill(pid, signal),
    readText: (file) => fs.readFile(file, "utf8"),
  });
  if (entries.includes(".normlens")) return listRuns(files, runsFolderOf(folder), isAlive);
  const { runs: found, problems } = await listRuns(files, folder, isAlive);
  // Folders that are no runs are problems only among runs.
  return { runs: found, problems: found.length > 0 ? problems : [] };
}

/** A list keeps few of the final metrics, so all of them are read from the records. */
async function jsonOf({ runs: found, problems }: RunList) {
  const files = nodeRunFileSystem(fs);
  const rows = [];
  for (const { id, name, status, folder } of found) {
    const record = await readStoredRecord(files, folder);
    if (typeof record === "string") throw new Error(`${folder}: ${record}`);
    rows.push({ id, name, status, path: folder, final: record.final });
  }
  return {
    runs: rows,
    problems: problems.map(({ folder, message }) => ({ path: folder, message })),
  };
}

function textOf({ runs: found, problems }: RunList, io: CommandIo, folder: string): string {
  const lines =
    found.length === 0
      ? [`No runs in ${folder}.`]
      : textTable(
          ["run", "name", "status", "steps", "result"],
          found.map(cellsOf),
          io.isTerminal ? io.columns : 0,
        );
  const notes = problems.map((problem) => `${problem.folder}: ${problem.message}`);
  return [...lines, ...notes, ""].join("\n");
}

function cellsOf(run: RunListEntry): string[] {
  const { id, name, status, step, record } = run;
  return [id, name, status, `${step}/${record.steps_total}`, resultOf(run)];
}

/** The first of the figures that tell most: on data that nobody trained on, a share before a loss. */
function resultOf({ record, latest }: RunListEntry): string {
  for (const part of ["test", "validation", "train"]) {
    for (const measure of ["accuracy", "r2", "loss"]) {
      const name = `${part}/${measure}`;
      const value = latest[name];
      if (value !== undefined) return `${name} ${value.toPrecision(4)}`;
    }
  }
  return record.error?.message ?? "";
}
