// Builds the TensorFlow binding that is packed into the extension: `npm run build:binding`.
//
// Users then need no compiler. It is not committed: a release is packed on linux-x64, where
// `npm run package` runs this first. The headers are those that `npm run setup:tensorflow` unpacked.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "./install.mjs";
import { SetupError } from "./setup/setup-error.mjs";
import { BINDING, compilePortableBinding } from "./tensorflow/binding.mjs";
import { compare, symbolFloors } from "./tensorflow/symbol-floors.mjs";

/** The only platform that there is a pinned wheel for. */
const PLATFORM = "linux-x64";

/** What VS Code itself asks of a Linux, so that whoever runs it can load the binding. */
const FLOORS = { GLIBC: [2, 28], GLIBCXX: [3, 4, 25], CXXABI: [1, 3, 11] };

/** Path of the built binding, or why there is none: `{ file }` or `{ obstacle }`. */
export function buildBinding(out = path.join(ROOT, "out/tensorflow-binding")) {
  const here = `${process.platform}-${process.arch}`;
  if (here !== PLATFORM) return { obstacle: `it is built on ${PLATFORM}, this is ${here}` };
  const headers = path.join(ROOT, ".tensorflow/include");
  if (!existsSync(headers)) {
    return { obstacle: "its headers are not there: run `npm run setup:tensorflow` first" };
  }
  const file = path.join(out, PLATFORM, BINDING);
  mkdirSync(path.dirname(file), { recursive: true });
  const scratch = mkdtempSync(path.join(tmpdir(), "normlens-binding-"));
  try {
    compilePortableBinding({ headers, scratch, output: file });
  } finally {
    rmSync(scratch, { recursive: true });
  }
  refuseNewSymbols(file);
  return { file };
}

function refuseNewSymbols(file) {
  for (const [family, version] of Object.entries(symbolFloors(readFileSync(file)))) {
    if (compare(version, FLOORS[family]) <= 0) continue;
    rmSync(file);
    throw new SetupError(
      `The binding asks for ${family} ${version.join(".")}, VS Code only for ${FLOORS[family].join(".")}: build it on an older system.`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { file, obstacle } = buildBinding();
  if (file === undefined) {
    console.error(`The TensorFlow binding was not built, because ${obstacle}.`);
    process.exitCode = 1;
  } else {
    const bytes = readFileSync(file);
    const digest = createHash("sha256").update(bytes).digest("hex");
    const floors = Object.entries(symbolFloors(bytes)).map(
      ([family, version]) => `${family} ${version.join(".")}`,
    );
    console.log(
      `${file}\n  ${bytes.length} bytes, SHA-256 ${digest}\n  needs ${floors.join(", ")}`,
    );
  }
}
