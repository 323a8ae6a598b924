import { fork } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  CancellationTokenSource,
  type CodeAction,
  type CompletionList,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type TextDocumentEdit,
} from "vscode-languageserver/node";
import {
  CHECK_WORKSPACE,
  SETTINGS_CHANGED,
  SETTINGS_STATUS,
  type SettingsStatus,
  type WorkspaceReport,
} from "../../../core/protocol/lsp.ts";
import {
  bundleServer,
  type LspClient,
  type LspClientOptions,
  type ServerBundle,
  startLspClient,
} from "../../support/lsp-client.ts";
import { mailbox } from "../../support/mailbox.ts";

const PRUNE = `import numpy as np

def prune(W, threshold):
    largest = np.abs(W).max()
    pruned = np.copy(W)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            if np.abs(pruned[i, j]) >= threshold * largest:
                pruned[i, j] = 0
    return pruned
`;

const PULL: LspClientOptions = {
  capabilities: {
    textDocument: { diagnostic: { dynamicRegistration: false } },
    workspace: { workspaceEdit: { documentChanges: true } },
  },
};

let bundle: ServerBundle;
let root = "";
const clients: LspClient[] = [];

beforeAll(async () => {
  bundle = await bundleServer();
  root = await mkdtemp(path.join(tmpdir(), "normlens-lsp-"));
});
afterAll(async () => {
  for (const client of clients) client.process.kill();
  await bundle.dispose();
  await rm(root, { recursive: true, force: true });
});

async function start(options: LspClientOptions = PULL): Promise<LspClient> {
  const client = await startLspClient(bundle.file, options);
  clients.push(client);
  return client;
}

const textDocument = (name: string) => ({ uri: pathToFileURL(path.join(root, name)).href });

async function open(
  { connection }: LspClient,
  uri: string,
  text: string,
  languageId = "python",
): Promise<void> {
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId, version: 1, text },
  });
}

function pull(connection: ProtocolConnection, uri: string, previousResultId?: string) {
  return connection.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
    textDocument: { uri },
    ...(previousResultId === undefined ? {} : { previousResultId }),
  });
}

function itemsOf(report: DocumentDiagnosticReport): readonly Diagnostic[] {
  return report.kind === "full" ? report.items : [];
}

const isTextEdit = (change: object): change is TextDocumentEdit => "textDocument" in change;

describe("the server over stdio", () => {
  test("finds, fixes and forgets a fault", async () => {
    const client = await start();
    const { connection } = client;
    const { uri } = textDocument("prune.py");
    await open(client, uri, PRUNE);

    const report = await pull(connection, uri);
    const [diagnostic] = itemsOf(report);
    expect(itemsOf(report)).toHaveLength(1);
    expect(diagnostic).toMatchObject({
      code: "NL601",
      source: "normlens",
      severity: 1,
      data: { name: "prune-zeroes-largest", hasFix: true },
    });
    if (diagnostic === undefined || report.kind !== "full") throw new TypeError("No diagnostic");

    const actions = await connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
    expect(actions.map(({ kind }) => kind)).toContain("source.fixAll.normlens");
    const preferred = actions.find(({ isPreferred }) => isPreferred);
    const change = preferred?.edit?.documentChanges?.filter(isTextEdit)[0];
    expect(change?.textDocument).toEqual({ uri, version: 1 });

    const edits = change?.edits.flatMap((edit) => ("newText" in edit ? [edit] : [])) ?? [];
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: edits.map(({ range, newText }) => ({ range, text: newText })),
    });
    expect(itemsOf(await pull(connection, uri, report.resultId))).toEqual([]);
    expect(await client.stop()).toBe(0);
  });

  test("says unchanged while nothing has changed", async () => {
    const client = await start();
    const { uri } = textDocument("same.py");
    await open(client, uri, PRUNE);
    const first = await pull(client.connection, uri);
    const resultId = first.kind === "full" ? first.resultId : undefined;
    expect(await pull(client.connection, uri, resultId)).toEqual({ kind: "unchanged", resultId });
  });

  test("explains the finding below the pointer, and only there", async () => {
    const client = await start();
    const { uri } = textDocument("hover.py");
    await open(client, uri, PRUNE);
    const [diagnostic] = itemsOf(await pull(client.connection, uri));
    const hover = (position: object) =>
      client.connection.sendRequest<Hover | null>("textDocument/hover", {
        textDocument: { uri },
        position,
      });
    const shown = JSON.stringify((await hover(diagnostic?.range.start ?? {}))?.contents);
    for (const part of ["NL601", "prune-zeroes-largest", "Why it matters", "```python"]) {
      expect(shown).toContain(part);
    }
    expect(await hover({ line: 0, character: 0 })).toBeNull();
  });

  test("pushes findings to a client that cannot pull, and takes them back on closing", async () => {
    const pushed = mailbox<PublishDiagnosticsParams>();
    const client = await start({
      capabilities: {},
      prepare: (connection) =>
        connection.onNotification("textDocument/publishDiagnostics", pushed.post),
    });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    const { uri } = textDocument("push.py");
    await open(client, uri, PRUNE);
    const first = await pushed.next();
    expect(first).toMatchObject({ uri, version: 1 });
    expect(first?.diagnostics.map(({ code }) => code)).toEqual(["NL601"]);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    expect(await pushed.next()).toEqual({ uri, diagnostics: [] });
  });

  test.each([
    ["untitled:Untitled-1", 1],
    ["vscode-notebook-cell:/a/b.ipynb#W0sZmlsZQ", 1],
    ["file://other-host/share/a.py", 1],
    ["git:/a/b.py?%7B%22ref%22%3A%22HEAD%22%7D", 0],
  ])("judges %s with %i findings", async (uri, count) => {
    const client = await start();
    await open(client, uri, PRUNE);
    expect(itemsOf(await pull(client.connection, uri))).toHaveLength(count);
  });

  test("speaks over Node's own channel too, as VS Code starts it", async () => {
    const child = fork(bundle.file, ["--node-ipc"], { stdio: "ignore" });
    const answer = mailbox<{ id?: number; result?: { serverInfo?: { name: string } } }>();
    child.on("message", (message: object) => answer.post(message));
    child.send({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { processId: null, rootUri: null, capabilities: {} },
    });
    expect(await answer.next()).toMatchObject({
      id: 1,
      result: { serverInfo: { name: "NormLens" } },
    });
    child.kill();
  });

  test("answers about documents that were never opened", async () => {
    const { connection } = await start();
    expect(await pull(connection, "file:///nowhere.py")).toEqual({ kind: "full", items: [] });
    const request = { textDocument: { uri: "nonsense" }, position: { line: 9, character: 9 } };
    expect(await connection.sendRequest("textDocument/hover", request)).toBeNull();
  });
});

describe("experiment files", () => {
  const REST = "model: { type: towers }\nobjective: { loss: cross_entropy }\n";

  async function openExperiment(text: string) {
    const client = await start();
    const { uri } = textDocument("a.normlens.yaml");
    await open(client, uri, text, "yaml");
    return { connection: client.connection, uri };
  }

  test("what the trainer would refuse is marked, with a fix", async () => {
    const text = `name: a\ndata: { source: trio, smaples: 3 }\n${REST}training: { epochs: 2 }\n`;
    const { connection, uri } = await openExperiment(text);
    const [diagnostic] = itemsOf(await pull(connection, uri));
    expect(diagnostic).toMatchObject({ code: "NLC13", range: { start: { line: 1 } } });
    const actions = await connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: diagnostic?.range,
      context: { diagnostics: [], only: ["quickfix"] },
    });
    expect(actions[0]).toMatchObject({ title: "Rename to `samples`", isPreferred: true });
  });

  test("keys are completed and explained", async () => {
    const { connection, uri } = await openExperiment(`name: a\ndata: { source: trio }\n${REST}tra`);
    const position = { line: 4, character: 3 };
    const list = await connection.sendRequest<CompletionList>("textDocument/completion", {
      textDocument: { uri },
      position,
    });
    const item = list.items.find(({ label }) => label === "training");
    expect(item?.textEdit).toMatchObject({ newText: "training: " });
    const hover = await connection.sendRequest<Hover | null>("textDocument/hover", {
      textDocument: { uri },
      position: { line: 1, character: 9 },
    });
    expect(JSON.stringify(hover?.contents)).toContain("data.source");
  });

  test("other YAML files get no completions", async () => {
    const client = await start();
    const { uri } = textDocument("config.yaml");
    await open(client, uri, "tra", "yaml");
    const list = await client.connection.sendRequest("textDocument/completion", {
      textDocument: { uri },
      position: { line: 0, character: 3 },
    });
    expect(list).toEqual({ isIncomplete: false, items: [] });
  });
});

describe("settings", () => {
  test("the settings file wins over the editor, and a change of it is seen", async () => {
    const folder = path.join(root, "settings");
    await mkdir(folder);
    const refreshed = mailbox<true>();
    const announced = mailbox<true>();
    const client = await start({
      capabilities: {
        textDocument: { diagnostic: {} },
        workspace: { configuration: true, diagnostics: { refreshSupport: true } },
      },
      prepare: (connection) => {
        connection.onRequest("workspace/configuration", () => [
          { ignore: ["NL601"], severity: { NL601: "hint" } },
        ]);
        connection.onRequest("workspace/diagnostic/refresh", () => {
          refreshed.post(true);
          return null;
        });
        connection.onNotification(SETTINGS_CHANGED, () => announced.post(true));
      },
    });
    // Once at the start, when the workspace is read.
    await Promise.all([refreshed.next(), announced.next()]);
    const { uri } = textDocument("settings/prune.py");
    await open(client, uri, PRUNE);
    expect(itemsOf(await pull(client.connection, uri))).toEqual([]);

    const settingsFile = textDocument("settings/normlens.toml").uri;
    await writeFile(path.join(folder, "normlens.toml"), "ignore = []\n");
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: settingsFile, type: 1 }],
    });
    await Promise.all([refreshed.next(), announced.next()]);
    const items = itemsOf(await pull(client.connection, uri));
    // The severity is still the editor's: the file does not speak of it.
    expect(items.map(({ code, severity }) => [code, severity])).toEqual([["NL601", 4]]);
    const status = await client.connection.sendRequest<SettingsStatus>(SETTINGS_STATUS, { uri });
    expect(status).toEqual({ file: settingsFile, overridden: ["ignore"], problems: [] });
  });
});

describe("what code does with a config", () => {
  const CONFIG = "weight_decay: 1e-2\n";
  const script = (load: string) => `import yaml, omegaconf\ncfg = ${load}\n`;

  test("is seen again when the script changes on disk, without an edit of the config", async () => {
    const folder = path.join(root, "loaders");
    await mkdir(folder);
    const file = path.join(folder, "train.py");
    await writeFile(file, script('yaml.safe_load(open("base.yaml"))'));
    const refreshed = mailbox<true>();
    const client = await start({
      capabilities: {
        textDocument: { diagnostic: {} },
        workspace: { diagnostics: { refreshSupport: true } },
      },
      folder: pathToFileURL(folder).href,
      prepare: (connection) =>
        connection.onRequest("workspace/diagnostic/refresh", () => {
          refreshed.post(true);
          return null;
        }),
    });
    await refreshed.next();
    const { uri } = textDocument("loaders/base.yaml");
    await open(client, uri, CONFIG, "yaml");
    const found = async () => itemsOf(await pull(client.connection, uri)).map(({ code }) => code);
    expect(await found()).toEqual(["NLC01"]);

    await writeFile(file, script('omegaconf.OmegaConf.load("base.yaml")'));
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: pathToFileURL(file).href, type: 2 }],
    });
    await refreshed.next();
    expect(await found()).toEqual([]);
  });
});

describe("checking the workspace", () => {
  async function workspace(name: string, count: number): Promise<string> {
    const folder = path.join(root, name);
    await mkdir(folder);
    for (let index = 0; index < count; index += 1) {
      await writeFile(path.join(folder, `prune${index}.py`), PRUNE);
    }
    await writeFile(path.join(folder, "clean.py"), "x = 1\n");
    return pathToFileURL(folder).href;
  }

  test("lists findings by file and reports progress", async () => {
    const folder = await workspace("check", 2);
    const kinds: string[] = [];
    const client = await start({
      ...PULL,
      folder,
      prepare: (connection) =>
        connection.onNotification("$/progress", ({ value }: { value: { kind: string } }) => {
          kinds.push(value.kind);
        }),
    });
    const report = await client.connection.sendRequest<WorkspaceReport>(CHECK_WORKSPACE, {
      workDoneToken: "t",
    });
    expect(report).toMatchObject({ checked: 3, problems: [], isPartial: false });
    expect(report.files.map(({ uri }) => uri)).toEqual([
      `${folder}/prune0.py`,
      `${folder}/prune1.py`,
    ]);
    expect(report.files[0]?.findings[0]).toMatchObject({ code: "NL601", severity: "error" });
    expect([kinds[0], kinds.at(-1)]).toEqual(["begin", "end"]);
    expect(kinds.filter((kind) => kind === "report")).toHaveLength(3);
  });

  test("stops when it is cancelled and says so", async () => {
    const folder = await workspace("cancel", 40);
    const cancellation = new CancellationTokenSource();
    const client = await start({
      ...PULL,
      folder,
      prepare: (connection) =>
        connection.onNotification("$/progress", ({ value }: { value: { kind: string } }) => {
          if (value.kind === "report") cancellation.cancel();
        }),
    });
    const report = await client.connection.sendRequest<WorkspaceReport>(
      CHECK_WORKSPACE,
      { workDoneToken: "t" },
      cancellation.token,
    );
    expect(report.isPartial).toBe(true);
    expect(report.checked).toBeLessThan(41);
  });
});
