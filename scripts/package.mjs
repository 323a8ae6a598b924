// Packs dist/ and what .vscodeignore lets through into out/normlens.vsix.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildBinding } from "./build-binding.mjs";
import { buildIfStale } from "./build-if-stale.mjs";
import { ROOT } from "./install.mjs";

/** Path of the packed extension; packs anew only when dist/ is newer. */
export function packageExtension(say) {
  const vsix = path.join(ROOT, "out/normlens.vsix");
  const built = statSync(path.join(ROOT, "dist/.built")).mtimeMs;
  if (existsSync(vsix) && statSync(vsix).mtimeMs > built) return vsix;
  say("Packing the extension…");
  mkdirSync(path.dirname(vsix), { recursive: true });
  const vsce = path.join(ROOT, "node_modules/@vscode/vsce/vsce");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      vsce,
      "package",
      "--no-dependencies",
      "--allow-missing-repository",
      "--no-rewrite-relative-links",
      "--out",
      vsix,
    ],
    { cwd: ROOT, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`The extension could not be packed:\n${stdout}\n${stderr}`);
  return vsix;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { obstacle } = buildBinding();
  if (obstacle !== undefined) {
    console.log(`Packed without the TensorFlow binding (users compile it), because ${obstacle}.`);
  }
  // The binding is none of the sources that buildIfStale() looks at.
  rmSync(path.join(ROOT, "dist/.built"), { force: true });
  await buildIfStale(console.log);
  console.log(packageExtension(console.log));
}
