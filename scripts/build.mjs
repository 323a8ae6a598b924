// Bundles every process of NormLens into dist/, or the folder behind `--out`. `--dev` keeps names and
// adds source maps.
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const { values } = parseArgs({ options: { dev: { type: "boolean" }, out: { type: "string" } } });
const isDev = values.dev === true;
const dist = path.resolve(root, values.out ?? "dist");
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

/** Leaves one module out of a bundle: it is loaded from the bundle of its own when it is asked for. */
const besideTheBundle = (module, bundle) => ({
  name: "beside-the-bundle",
  setup: ({ onResolve }) => {
    onResolve({ filter: new RegExp(`/${path.basename(module)}$`) }, ({ path: name, resolveDir }) =>
      path.resolve(resolveDir, name) === path.join(root, module)
        ? { path: bundle, external: true }
        : undefined,
    );
  },
});

const common = {
  absWorkingDir: root,
  bundle: true,
  logLevel: "warning",
  minify: !isDev,
  sourcemap: isDev,
  legalComments: "none",
};
const node = {
  ...common,
  outdir: dist,
  platform: "node",
  format: "cjs",
  target: "node20",
  mainFields: ["module", "main"],
  external: ["vscode"],
  define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
};
const page = { ...common, outdir: dist, platform: "browser", format: "iife", target: "es2022" };

/** What the server has of Node's modules in a web worker. */
const inBrowser = {
  "node:fs": "./scripts/browser/fs.mjs",
  "node:fs/promises": "./scripts/browser/fs.mjs",
  "node:url": "./scripts/browser/url.mjs",
  "node:buffer": "./scripts/browser/buffer.mjs",
  "node:path": "path-browserify",
};

await Promise.all([
  build({
    ...node,
    entryPoints: {
      client: "client/src/extension.ts",
      "run-worker": "client/src/worker/main.ts",
      server: "server/src/lsp/main.ts",
    },
  }),
  build({
    ...node,
    entryPoints: { cli: "cli/src/main.ts" },
    banner: { js: "#!/usr/bin/env node" },
    plugins: [
      besideTheBundle("trainer/src/train.ts", "./cli-train.js"),
      besideTheBundle("trainer/src/doctor/examine-backends.ts", "./cli-doctor.js"),
    ],
  }),
  build({ ...node, entryPoints: { "check-worker": "cli/src/check/worker-main.ts" } }),
  build({
    ...node,
    entryPoints: { "solver-worker": "trainer/src/linear/solver-worker-main.ts" },
  }),
  build({
    ...node,
    entryPoints: {
      trainer: "trainer/src/main.ts",
      "cli-train": "trainer/src/train.ts",
      "cli-doctor": "trainer/src/doctor/examine-backends.ts",
    },
    // tfjs-node asks for the whole of tfjs; its kernels need the core alone, and the same one.
    alias: { "@tensorflow/tfjs": "@tensorflow/tfjs-core" },
  }),
  build({
    ...node,
    entryPoints: {
      "setup-tensorflow": "scripts/setup-tensorflow.mjs",
      "setup-webgpu": "scripts/setup-webgpu.mjs",
    },
    // Asked for only where the sources are, and then it is there.
    external: ["esbuild", "@tensorflow/tfjs-node/package.json", "node-api-headers"],
  }),
  build({
    ...page,
    entryPoints: { "server-browser": "server/src/lsp/browser-main.ts" },
    alias: inBrowser,
  }),
  build({
    ...page,
    format: "cjs",
    entryPoints: { "client-browser": "client/src/browser-extension.ts" },
    external: ["vscode"],
  }),
  build({
    ...page,
    entryPoints: { page: "webview/src/main.ts" },
    loader: { ".css": "css", ".ttf": "file" },
  }),
]);

const wasm = path.join(root, "node_modules/@tensorflow/tfjs-backend-wasm/wasm-out");
for (const name of ["tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm"]) {
  copyFileSync(path.join(wasm, name), path.join(dist, name));
}
// What the TensorFlow binding is compiled from, for an installed extension.
const binding = path.join(dist, "tensorflow-binding");
const modules = path.join(root, "node_modules");
if (existsSync(path.join(modules, "@tensorflow/tfjs-node"))) {
  const sources = path.join(modules, "@tensorflow/tfjs-node/binding");
  cpSync(sources, path.join(binding, "sources"), { recursive: true });
  const headers = path.join(modules, "node-api-headers/include");
  cpSync(headers, path.join(binding, "include"), { recursive: true });
  // Made by scripts/build-binding.mjs where a release is packed; without it users compile their own.
  const built = path.join(root, "out/tensorflow-binding");
  if (existsSync(built)) cpSync(built, binding, { recursive: true });
}
copyFileSync(
  path.join(root, "core/experiment/experiment.schema.json"),
  path.join(dist, "experiment.schema.json"),
);
