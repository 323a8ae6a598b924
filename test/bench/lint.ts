// How long a user waits: from a keystroke to its findings, and from starting the server to the first.
//
// Everything goes through the bundled server over stdio, as in an editor, with the flags that the
// extension gives it. Told apart: the server's own time, and the client's, which has the pipe and
// the reading of the answer in it.
// `npm run bench -- lint FILE…` types in Python files of your own, too.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { DocumentDiagnosticReport, Position } from "vscode-languageserver/node";
import { SERVER_FLAGS } from "../../core/protocol/server-flags.ts";
import { checkDocument } from "../../server/src/engine/check-document.ts";
import { selectRules } from "../../server/src/engine/rule-selection.ts";
import { SOURCE_DOCUMENTS } from "../../server/src/lsp/source-document.ts";
import { NO_PROJECT } from "../../server/src/project/project-facts.ts";
import { bundleServer, type LspClient, startLspClient } from "../support/lsp-client.ts";
import { severalTasks } from "../support/several-tasks.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const LINES = 2_000;
/** Untimed, until the engine has been compiled by V8. */
const WARM_UP = 40;
const KEYSTROKES = 200;
/** Between two keys of a fast typist: sixteen a second. */
const BETWEEN_KEYS_MS = 60;
const STARTS = 9;
const URI = "file:///bench/model.py";

/** Edits after which the heap of the server is measured. */
const MEMORY_AT = [1_000, 10_000] as const;

/** A PyTorch script of 2,086 lines: options, data, model, schedule, training loop, evaluation. */
function trainingScript(): string {
  const file = path.join(ROOT, "test/bench/bodies/training_script.py");
  return severalTasks(readFileSync(file, "utf8"));
}

/** The worst that a file can be: every framework, every example and its faults in 2,000 lines. */
function allExamples(): string {
  const folder = path.join(ROOT, "examples/python");
  const examples = readdirSync(folder)
    .filter((name) => name.endsWith(".py"))
    .sort()
    .map((name) => readFileSync(path.join(folder, name), "utf8"));
  const lines: string[] = [];
  for (let copy = 0; lines.length < LINES; copy += 1) {
    const example = examples[copy % examples.length] ?? "";
    const renamed = example.replaceAll(/^(def|class) (\w+)/gm, `$1 $2_${copy}`);
    lines.push(...renamed.split("\n"));
  }
  return `${lines.slice(0, LINES).join("\n")}\n`;
}

const CLOCK = path.join(ROOT, "test/support/server-clock.mjs");

function start(file: string): Promise<LspClient> {
  return startLspClient([...SERVER_FLAGS, "--import", CLOCK, file], {
    capabilities: { textDocument: { diagnostic: {} } },
  });
}

async function open({ connection }: LspClient, text: string): Promise<void> {
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri: URI, languageId: "python", version: 0, text },
  });
}

async function findingCount({ connection }: LspClient): Promise<number> {
  const report = await connection.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
    textDocument: { uri: URI },
  });
  if (report.kind !== "full") throw new TypeError("The server says nothing has changed");
  return report.items.length;
}

/** Where a name starts in the middle of a text. */
function middleOf(text: string): Position {
  const lines = text.split("\n");
  const isStart = (code: string, index: number) => index > lines.length / 2 && / = /.test(code);
  const line = Math.max(0, lines.findIndex(isStart));
  return { line, character: (lines[line] ?? "").search(/\S|$/) };
}

/** Types four letters before a name and takes them back, one by one. */
async function type(client: LspClient, at: Position, version: number): Promise<number> {
  const isTyping = version % 8 < 4;
  const character = at.character + (isTyping ? version % 4 : 3 - (version % 4));
  const start = { line: at.line, character };
  const begin = performance.now();
  await client.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: URI, version: version + 1 },
    contentChanges: [
      isTyping
        ? { range: { start, end: start }, text: "w" }
        : { range: { start, end: { line: at.line, character: character + 1 } }, text: "" },
    ],
  });
  await findingCount(client);
  return performance.now() - begin;
}

interface Waits {
  readonly server: readonly number[];
  readonly client: readonly number[];
}

/** Milliseconds of each keystroke; without a pause, the next comes when the findings of one are there. */
async function keystrokes(file: string, text: string, pauseMs: number): Promise<Waits> {
  const clock = `${file}.json`;
  process.env["NORMLENS_SERVER_CLOCK"] = clock;
  const client = await start(file);
  await open(client, text);
  const at = middleOf(text);
  const times: number[] = [];
  for (let version = 0; version < WARM_UP + KEYSTROKES; version += 1) {
    const time = await type(client, at, version);
    if (version >= WARM_UP) times.push(time);
    if (pauseMs > 0) await pause(pauseMs);
  }
  await client.stop();
  const server: readonly number[] = JSON.parse(readFileSync(clock, "utf8"));
  return { client: times, server: server.slice(WARM_UP) };
}

/** Heap of an engine that has judged so many versions of one text, all garbage collected, in bytes. */
function heapAfterEdits(text: string): readonly number[] {
  const { create, update } = SOURCE_DOCUMENTS;
  const selection = selectRules({});
  const heaps: number[] = [];
  let document = create(URI, "python", 0, text);
  for (let version = 1; version <= MEMORY_AT[1]; version += 1) {
    // A letter comes, and with the next version it goes again.
    const start = { line: (Math.ceil(version / 2) * 7) % LINES, character: 0 };
    const isTyping = version % 2 === 1;
    const end = { ...start, character: isTyping ? 0 : 1 };
    const range = { start, end };
    document = update(document, [{ range, text: isTyping ? "w" : "" }], version);
    const syntax = document.syntax(NO_PROJECT);
    // Every version is parsed; that the rules keep nothing either shows in each fiftieth.
    if (syntax !== undefined && version % 50 === 0) {
      const { text: now } = document;
      const source = {
        path: "model.py",
        language: "python",
        text: now,
        project: NO_PROJECT,
      } as const;
      checkDocument(source, syntax, selection, document.lines);
    }
    if (MEMORY_AT.some((edits) => edits === version)) {
      global.gc?.();
      heaps.push(process.memoryUsage().heapUsed);
    }
  }
  return heaps;
}

interface StartUp {
  readonly ready: number;
  readonly findings: number;
}

async function startUp(file: string, text: string): Promise<StartUp> {
  const begin = performance.now();
  const client = await start(file);
  const ready = performance.now() - begin;
  await open(client, text);
  await findingCount(client);
  const findings = performance.now() - begin;
  await client.stop();
  return { ready, findings };
}

function row(name: string, times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const cells = [at(0.5), at(0.95), sorted.at(-1)].map((time) => time?.toFixed(1) ?? "–");
  return `| ${name} | ${times.length} | ${cells.join(" | ")} |`;
}

function shown(name: string, text: string): string {
  return `${name}, ${text.split("\n").length - 1} lines, ${(text.length / 1024).toFixed(0)} KiB`;
}

async function main(): Promise<void> {
  const script = trainingScript();
  const bodies = [
    { name: "training script", text: script },
    { name: "every example in one file", text: allExamples() },
    ...process.argv.slice(2).map((file) => ({
      name: path.basename(file),
      text: readFileSync(file, "utf8"),
    })),
  ];
  const bundle = await bundleServer();
  try {
    console.log("| what | n | median ms | p95 ms | worst ms |\n|---|---|---|---|---|");
    for (const { name, text } of bodies) {
      const typed = await keystrokes(bundle.file, text, BETWEEN_KEYS_MS);
      console.log(row(`keystroke → findings, server: ${shown(name, text)}`, typed.server));
      console.log(row("the same, at the client", typed.client));
      const hurried = await keystrokes(bundle.file, text, 0);
      console.log(row("without pauses, server", hurried.server));
    }
    const starts: StartUp[] = [];
    for (let round = 0; round < STARTS; round += 1) starts.push(await startUp(bundle.file, script));
    const ready = starts.map((start) => start.ready);
    const findings = starts.map((start) => start.findings);
    console.log(row("process start → server ready", ready));
    console.log(row("process start → findings of the training script", findings));
    const heaps = heapAfterEdits(script).map((bytes) => (bytes / 2 ** 20).toFixed(1));
    console.log(`\nHeap after ${MEMORY_AT.join(" and ")} edits: ${heaps.join(" and ")} MiB`);
  } finally {
    await bundle.dispose();
  }
}

await main();
