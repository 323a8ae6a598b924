// Puts the N-API binding of @tensorflow/tfjs-node beside the libraries of the wheel.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { SetupError } from "../setup/setup-error.mjs";

const require = createRequire(import.meta.filename);
/** Where a bundle of this script has the sources and built bindings beside it; see scripts/build.mjs. */
const BESIDE = path.join(import.meta.dirname, "tensorflow-binding");
/** Where `npm run build:binding` leaves what it builds. */
const BUILT = path.join(import.meta.dirname, "../../out/tensorflow-binding");
const COMPILERS = ["g++", "c++", "clang++"];

export const BINDING = "tfjs_binding.node";

/** Both libraries, by the names under which the binding asks for them. */
const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

/** The C++ sources' folder. */
export function bindingSources() {
  if (existsSync(BESIDE)) return path.join(BESIDE, "sources");
  try {
    return path.join(
      path.dirname(require.resolve("@tensorflow/tfjs-node/package.json")),
      "binding",
    );
  } catch {
    throw new SetupError(
      "The npm package @tensorflow/tfjs-node is not installed: run `npm install --include=optional --ignore-scripts`, then run this again.",
    );
  }
}

/**
 * Makes `<folder>/tfjs_binding.node`, which finds its libraries in `lib/` beside itself: the one that
 * came with NormLens where it loads here, else one that is compiled.
 */
export function placeBinding({ folder, platform, say, places = [BESIDE, BUILT] }) {
  const output = path.join(folder, BINDING);
  const built = places
    .map((place) => path.join(place, platform, BINDING))
    .find((file) => existsSync(file));
  if (built !== undefined) {
    copyFileSync(built, output);
    const fault = loadingFault(output);
    if (fault === undefined) {
      say("Taking the binding that came with NormLens");
      return;
    }
    say(`The binding that came with NormLens does not load here (${fault})`);
  }
  say("Compiling the binding");
  compileBinding({
    headers: path.join(folder, "include"),
    libraries: path.join(folder, "lib"),
    output,
  });
}

/** Why Node cannot load it, in one line; undefined where it can. */
function loadingFault(file) {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      "-e",
      "try { require(process.argv[1]) } catch ({ message }) { console.error(message); process.exit(1) }",
      file,
    ],
    {
      encoding: "utf8",
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", TF_CPP_MIN_LOG_LEVEL: "2" },
    },
  );
  return status === 0 ? undefined : stderr.trim().split("\n").at(-1);
}

/** `extra` are further sources and options of the compiler. */
function compileBinding({ headers, libraries, output, extra = [] }) {
  const sources = bindingSources();
  const compiler = findCompiler();
  const { status, stderr } = spawnSync(
    compiler,
    [
      "-std=c++17",
      "-O2",
      "-fPIC",
      "-shared",
      "-DNAPI_VERSION=8",
      `-I${nodeHeaders()}`,
      `-I${headers}`,
      path.join(sources, "tfjs_backend.cc"),
      path.join(sources, "tfjs_binding.cc"),
      ...extra,
      ...LIBRARIES.map((name) => path.join(libraries, name)),
      "-Wl,-rpath,$ORIGIN/lib",
      "-o",
      output,
    ],
    { encoding: "utf8" },
  );
  if (status !== 0 || !existsSync(output)) {
    throw new SetupError(`${compiler} could not build the TensorFlow binding:\n${stderr}`);
  }
}

/**
 * Builds the binding for other machines: the same bytes from the same compiler, without the libraries
 * of TensorFlow, and for the systems that VS Code itself runs on.
 */
export function compilePortableBinding({ headers, scratch, output }) {
  for (const name of LIBRARIES) standIn(path.join(scratch, name));
  compileBinding({
    headers,
    libraries: scratch,
    output,
    extra: [
      path.join(import.meta.dirname, "older-libstdcxx.cc"),
      "-s",
      "-Wl,--build-id=none",
      "-Wl,--no-as-needed",
      `-ffile-prefix-map=${path.dirname(headers)}=.`,
      `-ffile-prefix-map=${bindingSources()}=.`,
    ],
  });
}

/** An empty library of that name, to link against. */
function standIn(file) {
  const { status, stderr } = spawnSync(
    findCompiler(),
    ["-shared", "-x", "c++", "-", `-Wl,-soname,${path.basename(file)}`, "-o", file],
    { encoding: "utf8", input: "" },
  );
  if (status !== 0) throw new SetupError(`Cannot make a stand-in for ${file}:\n${stderr}`);
}

function findCompiler() {
  const compiler = COMPILERS.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (compiler !== undefined) return compiler;
  throw new SetupError(
    "Building the TensorFlow binding needs a C++ compiler, and none was found: install one (on Debian or Ubuntu `sudo apt install g++`), then run this again.",
  );
}

function nodeHeaders() {
  return existsSync(BESIDE)
    ? path.join(BESIDE, "include")
    : require("node-api-headers").include_dir;
}
