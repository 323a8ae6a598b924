import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspect } from "../../../cli/src/commands/inspect.ts";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import { recordedIo } from "../../support/command-io.ts";
import { npyOf } from "../../support/npy-of.ts";
import { zipOf } from "../../support/zip-of.ts";

let root = "";
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "normlens-inspect-"));
  writeFileSync(
    path.join(root, "m.safetensors"),
    encodeSafetensors([
      { name: "fc.weight", dtype: "F32", shape: [2, 2], data: Float32Array.of(0, 3, -4, 0) },
      { name: "fc.bias", dtype: "F32", shape: [2], data: Float32Array.of(Number.NaN, 1) },
    ]),
  );
  writeFileSync(
    path.join(root, "old.safetensors"),
    encodeSafetensors([
      { name: "fc.weight", dtype: "F32", shape: [2, 2], data: Float32Array.of(0, 3, 4, 0) },
      { name: "fc.bias", dtype: "F32", shape: [3], data: Float32Array.of(1, 2, 3) },
      { name: "\u001b[2Jhead", dtype: "F32", shape: [1], data: Float32Array.of(1) },
    ]),
  );
  const text = npyOf(
    "{'descr': '<U1', 'fortran_order': False, 'shape': (1,), }",
    new Uint8Array(4),
  );
  writeFileSync(path.join(root, "t.npz"), zipOf({ "s.npy": text }));
  writeFileSync(path.join(root, "note.txt"), "hello");
  writeFileSync(
    path.join(root, "m.safetensors.index.json"),
    JSON.stringify({ weight_map: { a: "../m.safetensors", b: "/etc/passwd" } }),
  );
});
afterAll(() => rmSync(root, { recursive: true }));

async function run(args: readonly string[], changes: Parameters<typeof recordedIo>[0] = {}) {
  const io = recordedIo({ cwd: root, ...changes });
  const code = await inspect.run(args, io);
  return { code, ...io.written };
}

describe("normlens inspect", () => {
  test("prints every tensor as JSON", async () => {
    const { code, out, error } = await run(["m.safetensors", "--json"]);
    expect([code, error]).toEqual([0, ""]);
    expect(JSON.parse(out)).toEqual({
      file: "m.safetensors",
      format: "safetensors",
      tensors: [
        {
          name: "fc.bias",
          shape: [2],
          dtype: "float32",
          count: 2,
          zeros: 0,
          l1: 1,
          l2: 1,
          max_abs: 1,
          non_finite: 1,
        },
        {
          name: "fc.weight",
          shape: [2, 2],
          dtype: "float32",
          count: 4,
          zeros: 2,
          l1: 7,
          l2: 5,
          max_abs: 4,
          non_finite: 0,
        },
      ],
      problems: [],
    });
  });

  test("prints a table of the same", async () => {
    const { out } = await run(["m.safetensors"]);
    expect(out.split("\n")).toEqual([
      "m.safetensors: safetensors, 2 tensors, 6 values, 33.3 % exactly zero, 1 not finite",
      "",
      "tensor     shape   dtype    zeros   ‖w‖₁   ‖w‖₂   max |w|  non-finite",
      "fc.bias    [2]     float32  0.0 %   1.000  1.000  1.000    1",
      "fc.weight  [2, 2]  float32  50.0 %  7.000  5.000  4.000    0",
      "",
    ]);
  });

  test("shows how far it is in a terminal, and takes it away", async () => {
    const { error } = await run(["m.safetensors"], { isTerminal: true });
    expect(error.endsWith("\rReading 100 %\r\u001B[2K")).toBe(true);
  });

  test("ends with 1 where something could not be read", async () => {
    const { code, out } = await run(["t.npz"]);
    expect(code).toBe(1);
    expect(out).toContain("`s`: it holds <U1, which are no numbers");
  });

  test("reads no part outside of the file's folder", async () => {
    const { code, out } = await run(["m.safetensors.index.json", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      tensors: [],
      problems: [
        "Part `../m.safetensors` with 1 tensors: it is missing",
        "Part `/etc/passwd` with 1 tensors: it is missing",
      ],
    });
  });

  test.each([
    ["no file to compare with", ["a", "--against"], /--against.* argument missing/],
    ["another kind to compare with", ["m.safetensors", "--against", "note.txt"], /note.txt: it is/],
    ["no file", [], /a file is missing/],
    ["two files", ["a", "b"], /one file at a time; got also b/],
    ["an unknown option", ["a", "--fast"], /Unknown option '--fast'/],
    ["a file that is not there", ["gone.pt"], /ENOENT/],
    ["a folder", ["."], /EISDIR|is no file/],
    ["a file of another kind", ["note.txt"], /note.txt: it is no weight file that is read here/],
  ])("ends with 2 for %s", async (_, args, message) => {
    const { code, out, error } = await run(args);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toMatch(message);
  });

  test("compares with another file", async () => {
    const { code, out, error } = await run(["m.safetensors", "--against", "old.safetensors"]);
    expect([code, error]).toEqual([0, ""]);
    expect(out.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
      [
        "A = m.safetensors, B = old.safetensors: 1 tensors compared, 75.0 % of their values equal, 2 not in both or of another shape",
      ],
      [""],
      [
        "tensor",
        "shape",
        "‖A−B‖/‖B‖",
        "max |A−B|",
        "cosine",
        "equal",
        "zeros gained",
        "zeros lost",
      ],
      ["fc.bias", "[2]", "[3] in B"],
      ["fc.weight", "[2, 2]", "1.600", "8.000", "-0.280000", "75.0 %", "0", "0"],
      ["\uFFFD[2Jhead", "[1]", "only in B"],
      [""],
    ]);
  });

  test("compares as JSON", async () => {
    const { out } = await run(["--against", "m.safetensors", "m.safetensors", "--json"]);
    const { tensors } = JSON.parse(out);
    expect(tensors).toMatchObject([
      { name: "fc.bias", relative: 0, equal: 1, non_finite: 1 },
      { name: "fc.weight", relative: 0, cosine: 1, equal: 4 },
    ]);
  });

  test("can be stopped", async () => {
    const { code, error } = await run(["m.safetensors"], { signal: AbortSignal.abort() });
    expect([code, error]).toEqual([2, "normlens inspect: stopped\n"]);
  });
});
