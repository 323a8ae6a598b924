import { readFileSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Built, buildBundles } from "../../support/built.ts";

/** What a web worker has and a thread of Node has not. */
const WORKER_SCOPE = `
  const { parentPort } = require("node:worker_threads");
  globalThis.self = globalThis;
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  globalThis.addEventListener = () => undefined;
  parentPort.on("message", (data) => globalThis.onmessage({ data }));
`;

let built: Built;
beforeAll(async () => {
  built = await buildBundles();
}, 120_000);
afterAll(() => built.dispose());

interface Answer {
  readonly id?: number;
  readonly result?: { readonly items?: readonly { readonly code: string }[] };
}

test("the server for web workers needs nothing of Node and finds the same", async () => {
  const bundle = readFileSync(path.join(built.dist, "server-browser.js"), "utf8");
  const scoped = `(function (process, Buffer, require, module, exports) {${bundle}\n})();`;
  const worker = new Worker(`${WORKER_SCOPE}\n${scoped}`, { eval: true });
  const request = (id: number, method: string, params: object): Promise<Answer> =>
    new Promise((resolve, reject) => {
      worker.on("error", reject);
      worker.on("message", (message: Answer) => {
        if (message.id === id) resolve(message);
      });
      worker.postMessage({ jsonrpc: "2.0", id, method, params });
    });
  const notify = (method: string, params: object) =>
    worker.postMessage({ jsonrpc: "2.0", method, params });
  const uri = "vscode-vfs://github/someone/project/prune.py";
  try {
    await request(1, "initialize", {
      processId: null,
      rootUri: "vscode-vfs://github/someone/project",
      capabilities: { textDocument: { diagnostic: {} } },
    });
    notify("initialized", {});
    const text = "import numpy as np\n\ndef prune(w, t):\n    w[np.abs(w) > t] = 0\n    return w\n";
    notify("textDocument/didOpen", {
      textDocument: { uri, languageId: "python", version: 1, text },
    });
    const answer = await request(2, "textDocument/diagnostic", { textDocument: { uri } });
    expect(answer.result?.items?.map(({ code }) => code)).toEqual(["NL601"]);
  } finally {
    await worker.terminate();
  }
});
