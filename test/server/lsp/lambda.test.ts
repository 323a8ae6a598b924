import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CodeAction, Hover, InlayHint } from "vscode-languageserver/node";
import {
  bundleServer,
  type LspClient,
  type ServerBundle,
  startLspClient,
} from "../../support/lsp-client.ts";
import { mailbox } from "../../support/mailbox.ts";

const ADAMW = "import torch\nopt = torch.optim.AdamW(p, lr=1e-3, weight_decay=0.01)\n";
const RIDGE = "from sklearn.linear_model import Ridge\nm = Ridge(alpha=2).fit(X, y)\n";

let bundle: ServerBundle;
let root = "";
const clients: LspClient[] = [];

beforeAll(async () => {
  bundle = await bundleServer();
  root = await mkdtemp(path.join(tmpdir(), "normlens-lambda-"));
});
afterAll(async () => {
  for (const client of clients) client.process.kill();
  await bundle.dispose();
  await rm(root, { recursive: true, force: true });
});

async function start(section: object, prepare?: (client: LspClient["connection"]) => void) {
  const client = await startLspClient(bundle.file, {
    capabilities: {
      workspace: {
        configuration: true,
        inlayHint: { refreshSupport: true },
        workspaceEdit: { documentChanges: false },
      },
    },
    prepare: (connection) => {
      connection.onRequest("workspace/configuration", () => [section]);
      connection.onRequest("workspace/inlayHint/refresh", () => null);
      prepare?.(connection);
    },
  });
  clients.push(client);
  return client;
}

async function open({ connection }: LspClient, name: string, text: string, languageId = "python") {
  const { href: uri } = pathToFileURL(path.join(root, name));
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId, version: 1, text },
  });
  const positionOf = (part: string) => {
    const before = text.slice(0, text.indexOf(part)).split("\n");
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };
  return {
    hover: async (part: string) => {
      const params = { textDocument: { uri }, position: positionOf(part) };
      const hover = await connection.sendRequest<Hover | null>("textDocument/hover", params);
      const contents = hover?.contents;
      return typeof contents === "object" && "value" in contents ? contents.value : "";
    },
    hints: () =>
      connection.sendRequest<InlayHint[]>("textDocument/inlayHint", {
        textDocument: { uri },
        range: { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } },
      }),
    rewrites: (part: string) =>
      connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri },
        range: { start: positionOf(part), end: positionOf(part) },
        context: { diagnostics: [], only: ["refactor.rewrite"] },
      }),
    uri,
  };
}

describe("λ over stdio", () => {
  test("the server says what it can", async () => {
    const { initialized } = await start({});
    expect(initialized.capabilities).toMatchObject({
      inlayHintProvider: true,
      codeActionProvider: { codeActionKinds: expect.arrayContaining(["refactor.rewrite"]) },
    });
  });

  test("a hover explains number and keyword, and nothing else", async () => {
    const { hover } = await open(await start({}), "hover.py", ADAMW);
    for (const part of ["0.01", "weight_decay"]) {
      expect(await hover(part)).toContain("**weight_decay = 0.01**");
    }
    const named = await open(
      await start({}),
      "named.py",
      "import torch\nWD = 0.01\ntorch.optim.AdamW(p, weight_decay=WD)\n",
    );
    expect(await named.hover("0.01")).toContain("**weight_decay = 0.01**");
    expect(await named.hover("WD)")).toContain("**weight_decay = 0.01**");
    expect(await hover("lr=")).toBe("");
    expect(await hover("import")).toBe("");
  });

  test("a cell of a notebook knows the cells above it", async () => {
    const { connection } = await start({});
    const uri = (name: string) => `vscode-notebook-cell:/work/decay.ipynb#${name}`;
    const cells = [
      ["a", "from torch.optim import AdamW as Optimizer\nrate = 1e-3\n"],
      ["b", "x = 1\nopt = Optimizer(p, lr=rate, weight_decay=0.01)"],
    ] as const;
    await connection.sendNotification("notebookDocument/didOpen", {
      notebookDocument: {
        uri: "file:///work/decay.ipynb",
        notebookType: "jupyter-notebook",
        version: 1,
        cells: cells.map(([name]) => ({ kind: 2, document: uri(name) })),
      },
      cellTextDocuments: cells.map(([name, text]) => ({
        uri: uri(name),
        languageId: "python",
        version: 1,
        text,
      })),
    });
    const hover = await connection.sendRequest<Hover | null>("textDocument/hover", {
      textDocument: { uri: uri("b") },
      position: { line: 1, character: 45 },
    });
    expect(JSON.stringify(hover?.contents)).toContain("At a learning rate of 0.001");
    expect(hover?.range).toMatchObject({ start: { line: 1 } });
  });

  test("a finding comes first in a hover of both", async () => {
    const text =
      "optimizer:\n  _target_: torch.optim.AdamW\n  weight_decay: -0.1\nhydra:\n  job: a\n";
    const { hover } = await open(await start({}), "both.yaml", text, "yaml");
    const shown = await hover("-0.1");
    expect(shown.indexOf("NLC")).toBeGreaterThanOrEqual(0);
    expect(shown.indexOf("weight_decay = -0.1")).toBeGreaterThan(shown.indexOf("NLC"));
  });

  test("the schema of an experiment file comes before its λ", async () => {
    const text = "penalty:\n  - { norm: l2, lambda: 0.1, convention: half }\n";
    const { hover } = await open(await start({}), "a.normlens.yaml", text, "yaml");
    const shown = await hover("0.1");
    expect(shown).toContain("penalty.lambda");
    expect(shown).toContain("loss + (λ / 2)·‖w‖²");
  });

  test("hints are shown only where they are switched on", async () => {
    const off = await open(await start({}), "off.py", ADAMW);
    expect(await off.hints()).toEqual([]);
    const on = await open(await start({ inlayHints: { enabled: true } }), "on.py", ADAMW);
    const { character, line } = {
      line: 1,
      character: "opt = torch.optim.AdamW(p, lr=1e-3, weight_decay=0.01".length,
    };
    expect(await on.hints()).toMatchObject([
      { position: { line, character }, label: "τ ≈ 1e5 steps", paddingLeft: true },
    ]);
  });

  test("the client is asked to refresh its hints when settings change", async () => {
    const refreshed = mailbox<true>();
    const client = await start({ inlayHints: { enabled: true } }, (connection) =>
      connection.onRequest("workspace/inlayHint/refresh", () => {
        refreshed.post(true);
        return null;
      }),
    );
    await refreshed.next();
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
    expect(await refreshed.next()).toBe(true);
  });

  test("assumed numbers come from the editor, and the settings file wins", async () => {
    const client = await start({ assume: { datasetSize: 100, batchSize: null } });
    const { hover } = await open(client, "assumed.py", RIDGE);
    expect(await hover("2)")).toContain("Assumed: 100 training samples (`assume.datasetSize`).");
    const file = path.join(root, "normlens.toml");
    await writeFile(file, "[assume]\ndataset-size = 1000\n");
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: pathToFileURL(file).href, type: 1 }],
    });
    await expect.poll(() => hover("2)")).toContain("1,000 training samples");
    await rm(file);
  });

  test("conversions are refactorings: of the call where it is exact, else in a comment", async () => {
    const { rewrites, uri } = await open(await start({}), "convert.py", `X, y = f()\n${RIDGE}`);
    const actions = await rewrites("2)");
    expect(actions.map(({ title, kind }) => [title, kind])).toEqual([
      ["Convert λ to `ElasticNet(alpha=2 / len(y), l1_ratio=0)`", "refactor.rewrite"],
      ["Convert λ to `SGDRegressor(alpha=2 / len(y))`", "refactor.rewrite"],
    ]);
    expect(actions[0]?.edit?.changes?.[uri]?.map(({ newText }) => newText)).toContain(
      "(alpha=2 / len(y), l1_ratio=0)",
    );

    const sgd = "import torch\nif x:\n    opt = torch.optim.SGD(\n        p, weight_decay=0.01)\n";
    const torch = await open(await start({}), "comment.py", sgd);
    const [comment] = await torch.rewrites("0.01");
    expect(comment?.title).toBe("Convert λ to Keras in a comment: regularizers.L2(0.005)");
    expect(comment?.edit?.changes?.[torch.uri]).toEqual([
      {
        range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
        newText: "    # The same λ, Keras: regularizers.L2(0.005)\n",
      },
    ]);
    expect(await torch.rewrites("import")).toEqual([]);
  });
});
