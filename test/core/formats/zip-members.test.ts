import { pipeline, Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { ByteSource } from "../../../core/formats/byte-source.ts";
import { nodeInflate } from "../../../core/formats/node-inflate.ts";
import type { ZipEntry } from "../../../core/formats/zip-directory.ts";
import { storedMember, zipEntries, zipMember } from "../../../core/formats/zip-members.ts";
import { bytesInMemory } from "../../support/bytes-in-memory.ts";
import { zipOf } from "../../support/zip-of.ts";

const inflate = nodeInflate({ pipeline, createInflateRaw, readable: Readable.from });
const content = Uint8Array.from({ length: 300_000 }, (_, index) => (index * index) >> 7);

async function opened(file: Uint8Array): Promise<[ByteSource, ZipEntry]> {
  const bytes = bytesInMemory(file);
  const entries = await zipEntries(bytes);
  if ("problem" in entries) throw new Error(entries.problem);
  const [entry] = entries;
  if (entry === undefined) throw new Error("no entry");
  return [bytes, entry];
}

describe("zipMember()", () => {
  test.each([false, true])("reads any range, forward and back (stored: %s)", async (isStored) => {
    const [bytes, entry] = await opened(zipOf({ a: content }, undefined, isStored));
    const member = zipMember(bytes, entry, inflate);
    for (const [start, end] of [
      [0, 10],
      [200_000, 200_100],
      [5, 50],
      [299_990, 400_000],
    ] as const) {
      expect(await member.read(start, end)).toEqual(content.slice(start, end));
    }
  });

  test("finds a wrong checksum where the member ends", async () => {
    const [bytes, entry] = await opened(zipOf({ a: content }, (one) => one.writeUInt32LE(1, 16)));
    const member = zipMember(bytes, entry, inflate);
    await expect(member.read(0, content.length)).rejects.toThrow("its checksum does not fit");
  });

  test("unpacks no more than the directory states", async () => {
    const [bytes, entry] = await opened(zipOf({ a: content }, (one) => one.writeUInt32LE(9, 24)));
    const member = zipMember(bytes, entry, inflate);
    await expect(member.read(0, 9)).rejects.toThrow("unpacks to more than the 9 bytes stated");
  });

  test("refuses what is no deflated data", async () => {
    const file = zipOf({ a: content });
    const [bytes, entry] = await opened(file.fill(0xff, 31, 200));
    const member = zipMember(bytes, entry, inflate);
    await expect(member.read(0, 9)).rejects.toThrow("`a` cannot be unpacked: ");
  });
});

describe("storedMember()", () => {
  test("is the member's range of the file", async () => {
    const [bytes, entry] = await opened(zipOf({ a: content }, undefined, true));
    const member = await storedMember(bytes, entry);
    expect(member.sizeBytes).toBe(content.length);
    expect(await member.read(100, 110)).toEqual(content.slice(100, 110));
  });

  test("refuses a place without a header", async () => {
    const [bytes, entry] = await opened(
      zipOf({ a: content }, (one) => one.writeUInt32LE(5, 42), true),
    );
    await expect(storedMember(bytes, entry)).rejects.toThrow("is not where the directory says");
  });
});
