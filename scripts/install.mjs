// Installs the packages of package-lock.json unless that very state is installed already.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");

const QUIET = ["--no-audit", "--no-fund", "--loglevel=error"];
const OLDEST_NODE = [20, 19];

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Error(
    `Node ${OLDEST_NODE.join(".")} or newer is needed, this is ${process.versions.node}.`,
  );
}

/** `say` gets one line when there is something to do. */
export function installPackages(say) {
  requireNode();
  const lock = readFileSync(path.join(ROOT, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  const stamp = path.join(ROOT, "node_modules/.normlens-installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("Installing packages (once, about a minute)…");
  // Not `npm ci`: it refuses a lock file that lacks the builds of some platform's optional packages,
  // which is how npm itself writes it where a registry does not carry them. The versions are the lock's.
  const { status } = spawnSync("npm", ["install", "--no-save", ...QUIET], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("`npm install` failed; see above.");
  writeFileSync(stamp, wanted);
}
