// Compiles WebAssembly kernels from AssemblyScript and embeds each set as a module; `--check` only compares.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
/** Folders with sources in `assembly/`; the module lands beside it. */
const KERNELS = [
  "trainer/src/linear/solver",
  "core/weights/scan",
  "core/weights/difference",
  "core/measures/kernels",
];
const LINE = 96;

/** The module's text: the same sources and the same compiler give the same bytes. */
async function kernelsModule(folder) {
  const sources = `${folder}/assembly`;
  const scratch = mkdtempSync(path.join(tmpdir(), "normlens-kernels-"));
  const outFile = path.join(scratch, "kernels.wasm");
  const files = readdirSync(path.join(root, sources))
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => `${sources}/${name}`);
  try {
    const { error, stderr } = await asc.main([
      ...files,
      ...["--baseDir", root, "--outFile", outFile, "-O3", "--noAssert", "--runtime", "stub"],
      ...["--enable", "simd", "--initialMemory", "1"],
    ]);
    if (error) throw new Error(`The kernels do not compile: ${stderr.toString()}`);
    return moduleOf(readFileSync(outFile).toString("base64"));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function moduleOf(base64) {
  const lines = [];
  for (let at = 0; at < base64.length; at += LINE) {
    lines.push(`  "${base64.slice(at, at + LINE)}",\n`);
  }
  return [
    "// Written by `npm run build:kernels` from assembly/; do not edit.\n",
    "/** The compiled kernels. */\n",
    `export const KERNELS_BASE64 = [\n${lines.join("")}].join("");\n`,
  ].join("");
}

for (const folder of KERNELS) {
  const target = path.join(root, folder, "kernels.generated.ts");
  const text = await kernelsModule(folder);
  if (!process.argv.includes("--check")) {
    writeFileSync(target, text);
  } else if (readFileSync(target, "utf8") !== text) {
    console.error(`${path.relative(root, target)} is not current: run \`npm run build:kernels\`.`);
    process.exitCode = 1;
  }
}
