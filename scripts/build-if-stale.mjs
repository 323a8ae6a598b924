// Builds dist/ unless it is newer than every source.
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./install.mjs";
import { runStep } from "./run-step.mjs";

const SOURCES = [
  "core",
  "server",
  "trainer",
  "client",
  "webview",
  "cli",
  "scripts/build.mjs",
  "package-lock.json",
];

function newest(target) {
  const stats = statSync(target);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(
    stats.mtimeMs,
    ...readdirSync(target)
      .filter((name) => name !== "node_modules")
      .map((name) => newest(path.join(target, name))),
  );
}

/** `say` gets one line when there is something to do. */
export async function buildIfStale(say) {
  const stamp = path.join(ROOT, "dist/.built");
  const sources = Math.max(...SOURCES.map((name) => newest(path.join(ROOT, name))));
  if (existsSync(stamp) && statSync(stamp).mtimeMs > sources) return;
  say("Building…");
  const { code } = await runStep(["scripts/build.mjs"]);
  if (code !== 0) throw new Error("The build failed; see above.");
  writeFileSync(stamp, "");
}
