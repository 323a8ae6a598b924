import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { crc32, deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const { wheelEntries, extractEntry } = await import(
  pathToFileURL(path.resolve(import.meta.dirname, "../../../scripts/tensorflow/wheel.mjs")).href
);

const STORED = 0;
const DEFLATED = 8;

interface File {
  readonly name: string;
  readonly method: typeof STORED | typeof DEFLATED;
  readonly content: string;
}

const FILES: readonly File[] = [
  { name: "a/stored.txt", method: STORED, content: "as it is" },
  { name: "a/deflated.txt", method: DEFLATED, content: "again and ".repeat(5000) },
  { name: "a/empty.txt", method: STORED, content: "" },
];

/** A zip archive as PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16, describes it. */
function zip(files: readonly File[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, method, content } of files) {
    const plain = Buffer.from(content);
    const packed = method === DEFLATED ? deflateRawSync(plain) : plain;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(plain.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    // An extra field in the local header only, as some archivers write it.
    const extra = Buffer.from([0xfe, 0xca, 0x02, 0x00, 0x01, 0x02]);
    const localCommon = Buffer.from(common);
    localCommon.writeUInt16LE(extra.length, 24);
    locals.push(Buffer.from("PK\x03\x04"), localCommon, Buffer.from(name), extra, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), common, tail, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + extra.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from("PK\x05\x06"), end]);
}

let folder = "";
let archive = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "normlens-wheel-"));
  archive = path.join(folder, "sample.whl");
  writeFileSync(archive, zip(FILES));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("wheelEntries()", () => {
  test("lists the files of an archive with their sizes", async () => {
    const entries = await wheelEntries(archive);
    expect(entries).toMatchObject(
      FILES.map(({ name, content }) => ({ name, bytes: content.length })),
    );
  });

  test("refuses a file that is no archive", async () => {
    writeFileSync(archive, "<html>Not found</html>");
    await expect(wheelEntries(archive)).rejects.toThrow("Not a zip file");
  });
});

describe("extractEntry()", () => {
  test.each(FILES)("writes $name as it was packed", async ({ name, content }) => {
    const entries: readonly { readonly name: string }[] = await wheelEntries(archive);
    const target = path.join(folder, "out", name);
    await extractEntry(
      archive,
      entries.find((entry) => entry.name === name),
      target,
    );
    expect(readFileSync(target, "utf8")).toBe(content);
  });
});
