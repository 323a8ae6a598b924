import { expect, test } from "vitest";
import { meteredBytes } from "../../../core/formats/metered-bytes.ts";
import { bytesInMemory } from "../../support/bytes-in-memory.ts";

const refuse = () => new RangeError("too much");

test("meteredBytes() gives out so many bytes and no more", async () => {
  const bytes = meteredBytes(bytesInMemory(new Uint8Array(1000)), 2000, refuse);
  await bytes.read(0, 1000);
  await bytes.read(0, 900);
  await expect(bytes.read(0, 101)).rejects.toThrow("too much");
});

test("meteredBytes() counts small reads too", async () => {
  const bytes = meteredBytes(bytesInMemory(new Uint8Array(10)), 6400, refuse);
  for (let time = 0; time < 100; time++) await bytes.read(0, 1);
  await expect(bytes.read(0, 1)).rejects.toThrow("too much");
});
