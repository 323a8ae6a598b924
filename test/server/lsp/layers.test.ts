import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WorkDoneProgress } from "vscode-languageserver/node";
import {
  LAYER_LOCATIONS,
  type LayerLocations,
  type LayerLocationsParams,
} from "../../../core/protocol/lsp.ts";
import {
  bundleServer,
  type LspClient,
  type ServerBundle,
  startLspClient,
} from "../../support/lsp-client.ts";

const PARTS = `from torch import nn

class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(4, 8)
`;
const NET = `from torch import nn
from parts import Encoder

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.head = nn.Linear(8, 2)
`;
/** Its second code cell makes the model; between them stands a text. */
const CELLS = [
  ["code", "%matplotlib inline\nfrom torch import nn"],
  ["markdown", "self.stem = nn.Linear(1, 1)"],
  [
    "code",
    "class Book(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.stem = nn.Linear(3, 5)",
  ],
  ["code", "# the end\nbook = Book()\nbook.leaf = nn.Linear(5, 2)"],
] as const;
const NOTEBOOK = JSON.stringify({
  cells: CELLS.map(([cell_type, text]) => ({
    cell_type,
    outputs: [{ data: { "text/plain": "self.stem = nn.Linear(1, 1)" } }],
    source: text.split(/(?<=\n)/),
  })),
  metadata: { language_info: { name: "python" } },
  nbformat: 4,
});
const SPEC = "name: Digits\nmodel:\n  type: mlp\n  hidden: [32, 16]\n";
const NAMES = ["encoder.fc1.weight", "encoder.fc1.bias", "head.weight", "head.bias"];

let bundle: ServerBundle;
let root = "";
let client: LspClient;
const uriOf = (name: string) => pathToFileURL(path.join(root, name)).href;
const ask = (params: LayerLocationsParams) =>
  client.connection.sendRequest<LayerLocations>(LAYER_LOCATIONS, params);

/** `file:line` from 1. */
function places({ layers }: LayerLocations): Record<string, readonly string[]> {
  return Object.fromEntries(
    layers.map(({ name, locations }) => [
      name,
      locations.map(
        ({ uri, cell, range }) =>
          `${uri.slice(uri.lastIndexOf("/") + 1)}${cell === undefined ? "" : `[${cell}]`}:${range.start.line + 1}`,
      ),
    ]),
  );
}

beforeAll(async () => {
  bundle = await bundleServer();
  root = await mkdtemp(path.join(tmpdir(), "normlens-layers-"));
  await writeFile(path.join(root, "parts.py"), PARTS);
  await writeFile(path.join(root, "net.py"), NET);
  await writeFile(path.join(root, "train.ipynb"), NOTEBOOK);
  await writeFile(path.join(root, "digits.normlens.yaml"), SPEC);
  await writeFile(path.join(root, "spec.yaml"), SPEC);
  await writeFile(path.join(root, "other.yaml"), SPEC.replace("32, 16", "32, 24, 16"));
  client = await startLspClient(bundle.file, {
    capabilities: {},
    folder: pathToFileURL(root).href,
  });
});
afterAll(async () => {
  client.process.kill();
  await bundle.dispose();
  await rm(root, { recursive: true, force: true });
});

describe("normlens/layerLocations", () => {
  test("finds the lines of a model over several files", async () => {
    const answer = await ask({ names: [...NAMES, "tail.weight"], all: NAMES });
    expect(places(answer)).toEqual({
      "encoder.fc1.weight": ["parts.py:6"],
      "encoder.fc1.bias": ["parts.py:6"],
      "head.weight": ["net.py:8"],
      "head.bias": ["net.py:8"],
      "tail.weight": [],
    });
  });

  test("gives only what a line makes, where it is asked so", async () => {
    const at = { uri: uriOf("parts.py"), line: 5 };
    const answer = await ask({ names: NAMES, all: NAMES, at });
    expect(Object.keys(places(answer))).toEqual(["encoder.fc1.weight", "encoder.fc1.bias"]);
    expect(await ask({ names: NAMES, all: NAMES, at: { ...at, line: 4 } })).toMatchObject({
      layers: [],
    });
  });

  test("reads what the editor has open, not what the disk still has", async () => {
    const text = NET.replace("        self.head", "\n        self.head");
    const document = { uri: uriOf("net.py"), languageId: "python", version: 1, text };
    await client.connection.sendNotification("textDocument/didOpen", { textDocument: document });
    expect(places(await ask({ names: ["head.weight"], all: NAMES }))).toEqual({
      "head.weight": ["net.py:9"],
    });
    await client.connection.sendNotification("textDocument/didClose", {
      textDocument: { uri: document.uri },
    });
    expect(places(await ask({ names: ["head.weight"], all: NAMES }))).toEqual({
      "head.weight": ["net.py:8"],
    });
  });

  test.each([
    ["spec.yaml", false, "digits.normlens.yaml:4"],
    ["other.yaml", true, "other.yaml:4"],
  ])("of an experiment launched as %s is outdated: %s", async (launched, isOutdated, place) => {
    const experiment = { file: uriOf("digits.normlens.yaml"), launched: uriOf(launched) };
    const answer = await ask({ names: ["fc2.weight"], all: [], experiment });
    expect(answer.isOutdated).toBe(isOutdated);
    expect(places(answer)).toEqual({ "fc2.weight": [place] });
  });

  test("reports progress under the token of the one who asks", async () => {
    const kinds: string[] = [];
    const listening = client.connection.onProgress(WorkDoneProgress.type, "search", (value) => {
      kinds.push(value.kind);
    });
    await ask({ names: NAMES, all: NAMES, workDoneToken: "search" });
    listening.dispose();
    expect(kinds[0]).toBe("begin");
    expect(kinds.at(-1)).toBe("end");
  });

  test("answers nothing for files that are not there", async () => {
    const experiment = { file: uriOf("none.yaml"), launched: uriOf("none.yaml") };
    const answer = await ask({ names: ["fc2.weight"], all: [], experiment });
    expect(answer).toEqual({ layers: [], isOutdated: false });
  });
});

describe("normlens/layerLocations in a notebook", () => {
  const BOOK = ["stem.weight", "stem.bias", "leaf.weight", "leaf.bias"];
  const cellUri = (index: number) =>
    `${uriOf("train.ipynb").replace("file://", "vscode-notebook-cell:")}#W${index}sZmlsZQ`;
  const change = (version: number, cells: object) =>
    client.connection.sendNotification("notebookDocument/didChange", {
      notebookDocument: { uri: uriOf("train.ipynb"), version },
      change: { cells },
    });
  const rewrite = (index: number, version: number, text: string) =>
    change(version, {
      textContent: [{ document: { uri: cellUri(index), version }, changes: [{ text }] }],
    });
  /** VS Code sends the cells of the languages that the server has asked for. */
  const python = CELLS.flatMap(([kind, text], index) => (kind === "code" ? { index, text } : []));
  const open = () =>
    client.connection.sendNotification("notebookDocument/didOpen", {
      notebookDocument: {
        uri: uriOf("train.ipynb"),
        notebookType: "jupyter-notebook",
        version: 1,
        cells: python.map(({ index }) => ({ kind: 2, document: cellUri(index) })),
      },
      cellTextDocuments: python.map(({ index, text }) => ({
        uri: cellUri(index),
        languageId: "python",
        version: 1,
        text,
      })),
    });
  const close = () =>
    client.connection.sendNotification("notebookDocument/didClose", {
      notebookDocument: { uri: uriOf("train.ipynb") },
      cellTextDocuments: python.map(({ index }) => ({ uri: cellUri(index) })),
    });
  const stem = async () => places(await ask({ names: ["stem.weight"], all: BOOK }))["stem.weight"];

  test("that lies on disk names the cell among all cells, and the line in it", async () => {
    const answer = await ask({ names: BOOK, all: BOOK });
    expect(places(answer)).toEqual({
      "stem.weight": ["train.ipynb[2]:4"],
      "stem.bias": ["train.ipynb[2]:4"],
      "leaf.weight": ["train.ipynb[3]:3"],
      "leaf.bias": ["train.ipynb[3]:3"],
    });
    const [first] = answer.layers[0]?.locations ?? [];
    expect(first?.range).toEqual({
      start: { line: 3, character: 20 },
      end: { line: 3, character: 35 },
    });
    // A line of its JSON text is no line of a cell.
    const at = { uri: uriOf("train.ipynb"), line: 3 };
    expect(await ask({ names: BOOK, all: BOOK, at })).toMatchObject({ layers: [] });
  });

  test("that is open answers with its cells as they are now", async () => {
    await open();
    expect(await stem()).toEqual(["train.ipynb#W2sZmlsZQ:4"]);
    await rewrite(2, 2, `# more\n${CELLS[2][1]}`);
    expect(await stem()).toEqual(["train.ipynb#W2sZmlsZQ:5"]);
    const inCell = (index: number) =>
      ask({ names: BOOK, all: BOOK, at: { uri: cellUri(index), line: 4 } });
    expect(Object.keys(places(await inCell(2)))).toEqual(["stem.weight", "stem.bias"]);
    expect(await inCell(3)).toMatchObject({ layers: [] });
    await rewrite(2, 3, CELLS[2][1]);
    await close();
    expect(await stem()).toEqual(["train.ipynb[2]:4"]);
  });

  test("tells every cell that may make a layer, not the last one", async () => {
    await open();
    await rewrite(3, 2, CELLS[2][1]);
    expect(await stem()).toEqual(["train.ipynb#W2sZmlsZQ:4", "train.ipynb#W3sZmlsZQ:4"]);
    await rewrite(3, 3, CELLS[3][1]);
    await close();
    expect(await stem()).toEqual(["train.ipynb[2]:4"]);
  });

  test("follows what it imports, and says nothing of a file that is no notebook", async () => {
    const book = path.join(root, "other.ipynb");
    const cell = (source: string) => ({ cell_type: "code", source });
    const cells = [cell("from torch import nn\nfrom parts import Encoder"), cell("# torch")];
    const sequence = cell("tower = nn.Sequential(Encoder(), nn.Linear(8, 9))");
    await writeFile(book, JSON.stringify({ cells: [...cells, sequence] }));
    await writeFile(path.join(root, "broken.ipynb"), '{"torch": [');
    const names = ["0.fc1.weight", "1.weight"];
    // A folder is walked again after three seconds.
    const walked = { timeout: 10_000, interval: 500 };
    await expect
      .poll(async () => places(await ask({ names, all: names })), walked)
      .toEqual({ "0.fc1.weight": ["parts.py:6"], "1.weight": ["other.ipynb[2]:1"] });
    await rm(book);
  });
});
