import { readFileSync } from "node:fs";
import path from "node:path";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesField } from "../../../core/formats/protobuf.ts";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import { hdf5Of, word } from "../../support/hdf5-of.ts";
import { npyOf } from "../../support/npy-of.ts";
import { pickledCall, pickledTensor, pytorchArchive } from "../../support/pytorch-archive.ts";
import { npyOfFloats, onnxExternal, onnxOf, WRITES } from "../../support/weight-files-of.ts";
import { inspected } from "../../support/weight-place.ts";
import { zipOf } from "../../support/zip-of.ts";

type Files = Readonly<Record<string, Uint8Array>>;

/** What the reading of a small file may cost: nothing hangs, whatever a clock says. */
const MOST_BYTES = 1 << 28;

/** Looks at the first of the files, and that it took few steps. */
async function look(files: Files) {
  const [name = ""] = Object.keys(files);
  const found = await inspected(name, files);
  expect(found.bytesRead).toBeLessThan(MOST_BYTES);
  return found;
}

const VALUES = [0, 1e-45, Number.NaN, -1 / 0, 2, 3];
const ODD = { name: "../<b>", shape: [2, 3], values: VALUES };

const float32 = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const json = (value: unknown) => new Uint8Array(Buffer.from(JSON.stringify(value)));

describe.each(Object.entries(WRITES))("%s", (format, write) => {
  const whole = write(ODD);
  const [name = ""] = Object.keys(whole);
  const file = whole[name] ?? new Uint8Array(0);
  const changed = (bytes: Uint8Array) => look({ ...whole, [name]: bytes });
  const shown = format === "npy" ? "w" : ODD.name;

  test("with NaN, infinite and subnormal values, under a name of `../` and markup", async () => {
    const { tensors, problems } = await look(whole);
    expect(problems).toEqual([]);
    expect(tensors).toMatchObject([
      { name: shown, shape: [2, 3], count: 6, zeros: 1, nonFinite: 2, maxAbs: 3 },
    ]);
    const inBins = tensors[0]?.histogram.counts.reduce((sum, count) => sum + count, 0);
    expect(inBins).toBe(3);
  });

  test.each([
    ["a scalar", [], [-7], { count: 1, zeros: 0, l2: 7 }],
    ["no elements", [0, 3], [], { count: 0, zeros: 0, l2: 0, maxAbs: 0 }],
    ["one axis of one", [1], [0], { count: 1, zeros: 1, l2: 0 }],
  ])("with %s", async (_, shape, values, wanted) => {
    const { tensors, problems } = await look(write({ name: "w", shape, values }));
    expect(problems).toEqual([]);
    expect(tensors).toMatchObject([{ name: "w", shape, nonFinite: 0, ...wanted }]);
  });

  test("cut anywhere gives a sentence about it, or all of its values", async () => {
    for (let length = 0; length < file.length; length++) {
      const { tensors, problems } = await changed(file.subarray(0, length));
      expect(tensors.length + problems.length, `after ${length} bytes`).toBeGreaterThan(0);
    }
  });

  test("with any bytes changed gives values or sentences, and never throws", async () => {
    const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const bytes = Uint8Array.from(file);
        for (const [at, value] of changes) bytes[at] = value;
        await changed(bytes);
      }),
      { numRuns: 200 },
    );
  });

  test("with any of its bytes repeated, moved or dropped gives values or sentences", async () => {
    const place = fc.nat(file.length);
    await fc.assert(
      fc.asyncProperty(place, place, place, async (a, b, c) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const pieces = [file.subarray(0, c), file.subarray(start, end), file.subarray(c)];
        await changed(new Uint8Array(Buffer.concat(pieces)));
        await changed(new Uint8Array(Buffer.concat([pieces[0] ?? file, file.subarray(end)])));
      }),
      { numRuns: 100 },
    );
  });
});

/** Files of h5py with more of the format in them than is written here. */
describe.each(["small.h5", "chunked.h5"])("%s", (fixture) => {
  const file = new Uint8Array(
    readFileSync(path.join(import.meta.dirname, "../../fixtures/weights", fixture)),
  );

  test("cut anywhere gives a sentence about it", async () => {
    for (let length = 0; length < file.length; length += 37) {
      const { problems } = await look({ "m.h5": file.subarray(0, length) });
      expect(problems.length, `after ${length} bytes`).toBeGreaterThan(0);
    }
  });

  test("with any bytes changed gives values or sentences, and never throws", async () => {
    const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 40 }), async (changes) => {
        const bytes = Uint8Array.from(file);
        for (const [at, value] of changes) bytes[at] = value;
        await look({ "m.h5": bytes });
      }),
      { numRuns: 200 },
    );
  });
});

/** A safetensors file of this header and so many bytes of data. */
function safetensorsOf(header: unknown, dataBytes: number): Files {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = Buffer.concat([word(text.length), text, new Uint8Array(dataBytes)]);
  return { "m.safetensors": new Uint8Array(bytes) };
}
const entry = (shape: readonly unknown[], data_offsets: readonly number[], dtype = "F32") => {
  return { dtype, shape, data_offsets };
};
const tfjsOf = (weights: readonly unknown[], paths: readonly string[] = ["a.bin"]): Files => ({
  "model.json": json({ weightsManifest: [{ paths, weights }] }),
  "a.bin": float32(1),
});
const npzOf = (array: Uint8Array, change?: (entry: Buffer) => void): Files => ({
  "m.npz": zipOf({ "w.npy": array }, change),
});
const pytorchOf = (...arguments_: Parameters<typeof pytorchArchive>): Files => ({
  "m.pt": pytorchArchive(...arguments_),
});
const npyHeader = (shape: string) =>
  npyOf(`{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`, float32(1));
const hdf5 = (...arguments_: Parameters<typeof hdf5Of>): Files => ({
  "m.h5": hdf5Of(...arguments_),
});
/** The layout of one chunk at an address that went through a filter. */
const oneChunk = (side: number, address: number, sizeBytes: number) =>
  Buffer.concat([
    Uint8Array.of(4, 2, 2, 2, 8),
    ...[word(side), word(4), Uint8Array.of(1), word(sizeBytes), new Uint8Array(4), word(address)],
  ]);
const DEFLATE: readonly [number, Uint8Array] = [11, Uint8Array.of(2, 1, 1, 0, 0, 0, 0, 0)];
const bomb = deflateSync(new Uint8Array(1 << 22));
const bombAsFloats = [...new Float32Array(bomb.buffer.slice(0, bomb.length & ~3))];

const LIES: readonly (readonly [string, string, Files, RegExp])[] = [
  [
    "safetensors",
    "a shape larger than its offsets",
    safetensorsOf({ w: entry([9], [0, 4]) }, 4),
    /needs 36 bytes, its offsets give 4/,
  ],
  [
    "safetensors",
    "offsets beyond the end",
    safetensorsOf({ w: entry([1 << 20], [0, 1 << 22]) }, 4),
    /truncated: the tensors need \d+ bytes/,
  ],
  [
    "safetensors",
    "tensors over one another",
    safetensorsOf({ a: entry([1], [0, 4]), b: entry([1], [0, 4]) }, 4),
    /"b" overlaps the tensor before it/,
  ],
  [
    "safetensors",
    "offsets that turn around",
    safetensorsOf({ w: entry([1], [4, 0]) }, 4),
    /needs 4 bytes, its offsets give -4/,
  ],
  [
    "safetensors",
    "a shape whose sides multiply to nothing real",
    safetensorsOf({ w: entry([2 ** 31, 2 ** 31, 2 ** 31], [0, 4]) }, 4),
    /its offsets give 4/,
  ],
  [
    "safetensors",
    "a shape of negative and broken sides",
    safetensorsOf({ w: entry([-1, 0.5], [0, 4]) }, 4),
    /no valid shape/,
  ],
  [
    "safetensors",
    "a header of many brackets",
    safetensorsOf(`{"w":${"[".repeat(1 << 20)}`, 4),
    /the header is not JSON/,
  ],
  [
    "safetensors",
    "a header longer than any",
    { "m.safetensors": Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0, 0x7b) },
    /claims 4294967295 bytes; more than 100000000 are refused/,
  ],
  [
    "safetensors in parts",
    "parts outside of its folder",
    { "m.safetensors.index.json": json({ weight_map: { w: "../secret.safetensors" } }) },
    /Part `..\/secret.safetensors` with 1 tensors: it is missing/,
  ],
  [
    "safetensors in parts",
    "more parts than files can be open",
    {
      "m.safetensors.index.json": json({
        weight_map: Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [at, `p${at}`])),
      }),
    },
    /names 5000 parts; more than 1000 are not opened/,
  ],
  [
    "safetensors in parts",
    "itself as its part",
    { "m.safetensors.index.json": json({ weight_map: { w: "m.safetensors.index.json" } }) },
    /Part `m.safetensors.index.json` with 1 tensors: /,
  ],
  ["npy", "more values than there are", { "w.npy": npyHeader("(1000000,)") }, /truncated/],
  ["npy", "fewer values than there are", { "w.npy": npyHeader("(0,)") }, /not one array/],
  [
    "npy",
    "sides beyond all measure",
    { "w.npy": npyHeader(`(${2 ** 40}, ${2 ** 40})`) },
    /no valid shape/,
  ],
  ["npy", "negative sides", { "w.npy": npyHeader("(-1, -1)") }, /shape|takes|not one array/],
  [
    "npy",
    "a header of brackets",
    { "w.npy": npyHeader("(".repeat(9000)) },
    /no Python dictionary|no valid shape/,
  ],
  [
    "npy",
    "a header longer than any",
    { "w.npy": npyOf(" ".repeat(20_000), float32(1)) },
    /its header claims 20022 bytes/,
  ],
  [
    "npy",
    "pickled objects",
    { "w.npy": npyOf("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", float32(1)) },
    /Python objects are pickled, which is not safe to read/,
  ],
  [
    "npz",
    "a size that no packing reaches",
    npzOf(npyOfFloats([1], float32(1)), (at) => at.writeUInt32LE(0x7fffffff, 24)),
    /claims 2147483647 bytes, more than \d+ can unpack to/,
  ],
  [
    "npz",
    "a size less than it unpacks to",
    npzOf(npyOfFloats([4096], new Uint8Array(16_384)), (at) => at.writeUInt32LE(9000, 24)),
    /./,
  ],
  [
    "npz",
    "a place beyond the end",
    npzOf(npyOfFloats([1], float32(1)), (at) => at.writeUInt32LE(0x7ffffff0, 42)),
    /`w.npy` reaches over the end of the file/,
  ],
  [
    "npz",
    "members over one another",
    {
      "m.npz": zipOf(
        { "a.npy": npyOfFloats([1], float32(1)), "b.npy": npyOfFloats([1], float32(1)) },
        (at) => at.writeUInt32LE(0, 42),
      ),
    },
    /`[ab].npy` lies over another of its members/,
  ],
  [
    "npz",
    "pickled objects",
    npzOf(npyOf("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", float32(1))),
    /Python objects are pickled/,
  ],
  [
    "PyTorch",
    "a call of the system",
    pytorchOf({ hook: pickledCall("posix", "system", "touch /tmp/normlens") }, {}),
    /Left out: a call of `posix.system` \(at `hook`\)/,
  ],
  [
    "PyTorch",
    "a call of what evaluates text",
    pytorchOf({ hook: pickledCall("builtins", "eval", "1") }, {}),
    /Left out: a call of `builtins.eval`/,
  ],
  [
    "PyTorch",
    "a tensor larger than its storage",
    pytorchOf({ w: pickledTensor("0", [200, 200]) }, { 0: float32(1) }),
    /`w`: it needs 160000 bytes of a storage of 4/,
  ],
  [
    "PyTorch",
    "a storage outside of it",
    pytorchOf({ w: pickledTensor("../../secret", [1]) }, {}),
    /`w`: its storage `data\/..\/..\/secret` is not in the file/,
  ],
  [
    "PyTorch",
    "many tensors of one small storage",
    pytorchOf(
      Object.fromEntries(
        Array.from({ length: 3000 }, (_, at) => [`${at}`, pickledTensor("0", [100, 200])]),
      ),
      { 0: new Uint8Array(80_000) },
    ),
    /Left out: \d+ tensors, since all of them cannot be in this file/,
  ],
  [
    "PyTorch",
    "a storage that unpacks to more than fits",
    {
      "m.pt": pytorchArchive({ w: pickledTensor("0", [1]) }, { 0: new Uint8Array((1 << 28) + 4) }),
    },
    /is packed, and its archive unpacks to more than fits into memory/,
  ],
  ["HDF5", "a place beyond the end", hdf5("w", [1], [1], { address: 2 ** 40 }), /truncated/],
  ["HDF5", "more values than there are", hdf5("w", [1], [1], { shape: [2 ** 40] }), /truncated/],
  [
    "HDF5",
    "sides beyond all measure",
    hdf5("w", [1, 1], [1], { shape: [2 ** 40, 2 ** 40] }),
    /is not possible/,
  ],
  [
    "HDF5",
    "more chunks than are kept",
    hdf5("w", [1], [1], { shape: [2 ** 22 + 1], layout: oneChunk(1, 48, 4) }),
    /it lies in \d+ chunks; more than \d+ are not read/,
  ],
  [
    "HDF5",
    "a chunk that no packing reaches",
    hdf5("w", [1], [1], {
      shape: [2 ** 40],
      layout: oneChunk(2 ** 40, 48, 4),
      messages: [DEFLATE],
    }),
    /Left out: 1 tensors, since all of them cannot be in this file/,
  ],
  [
    "HDF5",
    "a chunk that is a bomb",
    hdf5("w", [1], bombAsFloats, { layout: oneChunk(1, 48, bomb.length), messages: [DEFLATE] }),
    /a chunk of it unpacks to more than 4 bytes/,
  ],
  [
    "HDF5",
    "a chunk beyond the end",
    hdf5("w", [1], [1], { layout: oneChunk(1, 2 ** 50, 4), messages: [DEFLATE] }),
    /a chunk of it should end at byte/,
  ],
  [
    "HDF5",
    "a tree of groups that is its own branch",
    hdf5("w", [1], [], {
      root: [[17, Buffer.concat([word(200), word(200)])]],
    }),
    /truncated|damaged|there is no/,
  ],
  [
    "HDF5",
    "a header that goes on in itself",
    hdf5("w", [1], [1], { root: [[16, Buffer.concat([word(48), word(60)])]] }),
    /./,
  ],
  [
    "Keras",
    "a member that is a bomb",
    {
      "m.keras": zipOf({
        "model.weights.h5": Buffer.concat([
          hdf5Of("w", [1], [1]),
          new Uint8Array((1 << 28) + (1 << 20)),
        ]),
      }),
    },
    /is packed, and its archive unpacks to more than fits into memory/,
  ],
  [
    "ONNX",
    "more values than there are",
    { "m.onnx": onnxOf({ name: "w", shape: [1000] }, bytesField(9, float32(1))) },
    /needs 4000 bytes, 4 are there/,
  ],
  [
    "ONNX",
    "values outside of its folder",
    { "m.onnx": onnxOf({ name: "w", shape: [1] }, onnxExternal({ location: "../secret" })) },
    /should be in `..\/secret`, which is missing/,
  ],
  [
    "ONNX",
    "values beyond the end of their file",
    {
      "m.onnx": onnxOf(
        { name: "w", shape: [1] },
        onnxExternal({ location: "m.data", offset: "9007199254740991" }),
      ),
      "m.data": float32(1),
    },
    /of `m.data` are not there/,
  ],
  [
    "ONNX",
    "a field longer than the file",
    { "m.onnx": Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0xff, 0x7f) },
    /a field at byte 0 reaches over the end/,
  ],
  [
    "ONNX",
    "more fields than any model",
    { "m.onnx": new Uint8Array(2_200_000).map((_, at) => (at % 2 === 0 ? 8 : 1)) },
    /it has more than 1048576 fields/,
  ],
  [
    "TensorFlow.js",
    "more values than there are",
    tfjsOf([{ name: "w", shape: [2 ** 30], dtype: "float32" }]),
    /`w` needs bytes up to 4294967296, its files have 4/,
  ],
  [
    "TensorFlow.js",
    "sides beyond all measure",
    tfjsOf([{ name: "w", shape: [2 ** 40, 2 ** 40], dtype: "float32" }]),
    /needs bytes up to NaN|is not possible/,
  ],
  [
    "TensorFlow.js",
    "files outside of its folder",
    tfjsOf([{ name: "w", shape: [1], dtype: "float32" }], ["../secret"]),
    /1 weights are missing with `..\/secret`/,
  ],
  [
    "TensorFlow.js",
    "a file over and over",
    tfjsOf([{ name: "w", shape: [1], dtype: "float32" }], new Array(100_000).fill("a.bin")),
    /names 100000 files; more than 10000 are not opened/,
  ],
];

describe("a file that lies", () => {
  test.each(LIES)("%s: %s", async (_format, _what, files, problem) => {
    const { problems } = await look(files);
    expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(problem)]));
  });

  test("about thousands of things says so once a kind", async () => {
    const tensors = Array.from({ length: 1000 }, (_, at) => [`${at}`, pickledTensor("x", [1])]);
    const { problems } = await look(pytorchOf(Object.fromEntries(tensors), {}));
    expect(problems).toHaveLength(201);
    expect(problems.at(-1)).toBe("and 800 more of the kind");
  });
});

test("tensors of types that are not read are named, and the rest is shown", async () => {
  const { tensors, problems } = await look(
    safetensorsOf({ a: entry([1], [0, 4]), f4: entry([8], [4, 8], "F4") }, 8),
  );
  expect(tensors).toMatchObject([{ name: "a", count: 1 }]);
  expect(problems).toEqual(["`f4`: its type F4 is not read here"]);
});

test("a hundred thousand tensors without a value take no more than their header", async () => {
  const none = { dtype: "F32" as const, shape: [0], data: new Float32Array(0) };
  const tensors = Array.from({ length: 100_000 }, (_, at) => ({ name: `${at}`, ...none }));
  const found = await look({ "m.safetensors": encodeSafetensors(tensors) });
  expect(found.tensors).toHaveLength(100_000);
});

test("any bytes under any name give a sentence", async () => {
  const names = Object.values(WRITES).map((write) => Object.keys(write(ODD))[0] ?? "");
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.uint8Array({ maxLength: 100 }),
      async (name, bytes) => {
        const { tensors, problems } = await look({ [name]: bytes });
        expect(tensors.length + problems.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 300 },
  );
});
