import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
} from "vscode-languageserver/browser";
import { startServer } from "./start-server.ts";

declare const self: DedicatedWorkerGlobalScope;

// Bundled for a web worker, where there are no files: settings come from the editor alone.
startServer(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), {
  docsFolder: "",
  collectGarbage: () => undefined,
});
