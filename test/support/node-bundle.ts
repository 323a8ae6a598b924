import path from "node:path";
import { build } from "esbuild";

/** Bundles the process or thread that `entry` begins into one file, as `npm run build` does. */
export async function nodeBundle(entry: string, outfile: string): Promise<void> {
  await build({
    absWorkingDir: path.join(import.meta.dirname, "../.."),
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    define: { "import.meta.filename": "__filename" },
    outfile,
    logLevel: "error",
  });
}
