import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  PublishDiagnosticsParams,
} from "vscode-languageserver/node";
import {
  bundleServer,
  type LspClient,
  type LspClientOptions,
  type ServerBundle,
  startLspClient,
} from "../../support/lsp-client.ts";
import { mailbox } from "../../support/mailbox.ts";

const NOTEBOOK = "file:///work/train.ipynb";
const cellUri = (name: string) => `vscode-notebook-cell:/work/train.ipynb#${name}`;

const CELLS = {
  imports: ["python", "%matplotlib inline\nimport numpy as xp"],
  words: ["markdown", "w[np.abs(w) > t] = 0"],
  prune: ["python", "def prune(w, t):\n    w[xp.abs(w) > t] = 0\n    return w"],
  use: ["python", "prune(w, 0.1)"],
} as const;

let bundle: ServerBundle;
const clients: LspClient[] = [];
beforeAll(async () => {
  bundle = await bundleServer();
});
afterAll(async () => {
  for (const { process } of clients) process.kill();
  await bundle.dispose();
});

async function open(options: LspClientOptions): Promise<LspClient> {
  const client = await startLspClient(bundle.file, options);
  clients.push(client);
  const kinds = { markdown: 1, python: 2 } as const;
  await client.connection.sendNotification("notebookDocument/didOpen", {
    notebookDocument: {
      uri: NOTEBOOK,
      notebookType: "jupyter-notebook",
      version: 1,
      cells: Object.entries(CELLS).map(([name, [language]]) => ({
        kind: kinds[language],
        document: cellUri(name),
      })),
    },
    cellTextDocuments: Object.entries(CELLS).map(([name, [languageId, text]]) => ({
      uri: cellUri(name),
      languageId,
      version: 1,
      text,
    })),
  });
  return client;
}

const PULL: LspClientOptions = { capabilities: { textDocument: { diagnostic: {} } } };

const pull = ({ connection }: LspClient, name: string) =>
  connection.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
    textDocument: { uri: cellUri(name) },
  });

async function found(client: LspClient, name: string): Promise<readonly Diagnostic[]> {
  const report = await pull(client, name);
  return report.kind === "full" ? report.items : [];
}

async function change(client: LspClient, name: string, version: number, text: string) {
  await client.connection.sendNotification("notebookDocument/didChange", {
    notebookDocument: { uri: NOTEBOOK, version },
    change: {
      cells: {
        textContent: [{ document: { uri: cellUri(name), version }, changes: [{ text }] }],
      },
    },
  });
}

describe("a notebook", () => {
  test("is one program: a finding stands in the cell that it is about", async () => {
    const client = await open(PULL);
    for (const name of ["imports", "words", "use"]) expect(await found(client, name)).toEqual([]);
    const [finding, ...others] = await found(client, "prune");
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: "NL601",
      range: { start: { line: 1, character: 6 }, end: { line: 1, character: 19 } },
    });
  });

  test("what one cell changes is seen in the others", async () => {
    const client = await open(PULL);
    expect(await found(client, "prune")).toHaveLength(1);
    await change(client, "imports", 2, "# normlens: ignore-file[NL601]\nimport numpy as xp");
    expect(await found(client, "prune")).toEqual([]);
    await change(client, "imports", 3, "import numpy as xp");
    expect(await found(client, "prune")).toHaveLength(1);
  });

  test("moving a cell before another changes what it means", async () => {
    const client = await open(PULL);
    const before = await pull(client, "prune");
    await client.connection.sendNotification("notebookDocument/didChange", {
      notebookDocument: { uri: NOTEBOOK, version: 2 },
      change: { cells: { structure: { array: { start: 0, deleteCount: 1, cells: [] } } } },
    });
    const after = await pull(client, "prune");
    expect("resultId" in after && after.resultId).not.toBe("resultId" in before && before.resultId);
  });

  test("fixes and ignore comments change the cell", async () => {
    const client = await open(PULL);
    const [finding] = await found(client, "prune");
    if (finding === undefined) throw new TypeError("No finding");
    const actions = await client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: cellUri("prune") },
      range: finding.range,
      context: { diagnostics: [finding] },
    });
    for (const { edit } of actions) {
      expect(Object.keys(edit?.changes ?? {})).toEqual([cellUri("prune")]);
    }
    expect(actions.map(({ kind }) => kind)).toContain("source.fixAll.normlens");
    const texts = actions.map(({ edit }) => edit?.changes?.[cellUri("prune")]?.[0]?.newText);
    expect(texts).toContain("<");
    expect(texts).toContain("  # normlens: ignore[NL601]");
    await change(client, "use", 2, "# normlens: ignore-file[NL601]");
    expect(await found(client, "prune")).toEqual([]);
  });

  test("is pushed to clients that cannot pull, and taken back when it closes", async () => {
    const received = mailbox<PublishDiagnosticsParams>();
    const client = await open({
      capabilities: {},
      prepare: (connection) => {
        connection.onNotification("textDocument/publishDiagnostics", received.post);
      },
    });
    const countsOf = async (count: number) => {
      for (;;) {
        const { uri, diagnostics } = await received.next();
        if (uri === cellUri("prune") && diagnostics.length === count) return;
      }
    };
    await countsOf(1);
    await change(client, "imports", 2, "# normlens: ignore-file[NL601]");
    await countsOf(0);
    await change(client, "imports", 3, "import numpy as xp");
    await countsOf(1);
    await client.connection.sendNotification("notebookDocument/didClose", {
      notebookDocument: { uri: NOTEBOOK },
      cellTextDocuments: Object.keys(CELLS).map((name) => ({ uri: cellUri(name) })),
    });
    await countsOf(0);
  });
});
