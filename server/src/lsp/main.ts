import { realpathSync } from "node:fs";
import path from "node:path";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "./start-server.ts";
import { youngCollector } from "./young-collector.ts";

// The bundle lies in dist/, beside docs/. Transport: --node-ipc or --stdio, as the client says.
const bundleFolder = path.dirname(realpathSync(process.argv[1] ?? "."));
startServer(createConnection(ProposedFeatures.all), {
  docsFolder: path.join(bundleFolder, "../docs/rules"),
  collectGarbage: youngCollector(),
});
