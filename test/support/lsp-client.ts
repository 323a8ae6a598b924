import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

const ROOT = path.join(import.meta.dirname, "../..");

/** The language server as users run it: bundled, in a folder of its own. */
export interface ServerBundle {
  readonly file: string;
  dispose(): Promise<void>;
}

export async function bundleServer(): Promise<ServerBundle> {
  const folder = await mkdtemp(path.join(tmpdir(), "normlens-server-"));
  const file = path.join(folder, "dist/server.js");
  await build({
    absWorkingDir: ROOT,
    entryPoints: ["server/src/lsp/main.ts"],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  return { file, dispose: () => rm(folder, { recursive: true, force: true }) };
}

/** A server in its own process, and the client's end of its standard streams. */
export interface LspClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly process: ChildProcess;
  /** Says goodbye as LSP asks for; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface LspClientOptions {
  readonly capabilities: ClientCapabilities;
  readonly folder?: string;
  /** Registers handlers before the server may call them. */
  readonly prepare?: (connection: ProtocolConnection) => void;
}

/** `program` is the server's file, with arguments where it needs any. */
export async function startLspClient(
  program: string | readonly string[],
  { capabilities, folder, prepare }: LspClientOptions,
): Promise<LspClient> {
  const child = spawn(process.execPath, [...[program].flat(), "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  prepare?.(connection);
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities,
    workspaceFolders: folder === undefined ? null : [{ uri: folder, name: "workspace" }],
  });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    initialized,
    process: child,
    async stop() {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      const code = await exited;
      connection.dispose();
      return code;
    },
  };
}
