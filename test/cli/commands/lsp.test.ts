import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DocumentDiagnosticReport } from "vscode-languageserver/node";
import { lsp } from "../../../cli/src/commands/lsp.ts";
import { type Built, buildBundles } from "../../support/built.ts";
import { recordedIo } from "../../support/command-io.ts";
import { startLspClient } from "../../support/lsp-client.ts";

let built: Built;
beforeAll(async () => {
  built = await buildBundles();
}, 120_000);
afterAll(() => built.dispose());

describe("normlens lsp", () => {
  test("serves a client that knows nothing of NormLens", async () => {
    const client = await startLspClient([path.join(built.dist, "cli.js"), "lsp"], {
      capabilities: { textDocument: { diagnostic: {} } },
    });
    expect(client.initialized.serverInfo?.name).toBe("NormLens");
    await client.connection.sendNotification("textDocument/didOpen", {
      textDocument: {
        uri: "untitled:prune",
        languageId: "python",
        version: 1,
        text: "import numpy as np\n\ndef prune(w, t):\n    w[np.abs(w) > t] = 0\n    return w\n",
      },
    });
    const report = await client.connection.sendRequest<DocumentDiagnosticReport>(
      "textDocument/diagnostic",
      { textDocument: { uri: "untitled:prune" } },
    );
    const items = report.kind === "full" ? report.items : [];
    expect(items.map(({ code }) => code)).toEqual(["NL601"]);
    expect(await client.stop()).toBe(0);
  });

  test.each([[[]], [["--socket=1"]], [["--stdio", "x"]]])("refuses %j", async (args) => {
    const io = recordedIo();
    expect(await lsp.run(args, io)).toBe(2);
    expect(io.written.error).toContain("needs --stdio");
  });

  test("says what to build where the server is missing", async () => {
    const io = recordedIo();
    expect(await lsp.run(["--stdio"], io)).toBe(2);
    expect(io.written.error).toContain("npm run build");
  });
});
