import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
        ({ uri, range }) => `${uri.slice(uri.lastIndexOf("/") + 1)}:${range.start.line + 1}`,
      ),
    ]),
  );
}

beforeAll(async () => {
  bundle = await bundleServer();
  root = await mkdtemp(path.join(tmpdir(), "normlens-layers-"));
  await writeFile(path.join(root, "parts.py"), PARTS);
  await writeFile(path.join(root, "net.py"), NET);
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

  test("answers nothing for files that are not there", async () => {
    const experiment = { file: uriOf("none.yaml"), launched: uriOf("none.yaml") };
    const answer = await ask({ names: ["fc2.weight"], all: [], experiment });
    expect(answer).toEqual({ layers: [], isOutdated: false });
  });
});
