import { mkdtempSync, rmSync } from "node:fs";
import fs from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline, Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { followFile } from "../../../client/src/worker/follow-file.ts";
import { nodeInflate } from "../../../core/formats/node-inflate.ts";
import type { ToPage } from "../../../core/protocol/webview.ts";
import { createDifferenceKernels } from "../../../core/weights/difference/difference-kernels.ts";
import { withWeightFile } from "../../../core/weights/node-weight-files.ts";
import { createScanKernels } from "../../../core/weights/scan/kernels.ts";

const LAYERS = 80;
const SIDES = [20_480, 16_384] as const;
const LAYER_BYTES = SIDES[0] * SIDES[1] * 4;
const HEADER = Buffer.from(
  JSON.stringify(
    Object.fromEntries(
      Array.from({ length: LAYERS }, (_, index) => [
        `layers.${index}.weight`,
        {
          dtype: "F32",
          shape: SIDES,
          data_offsets: [index * LAYER_BYTES, (index + 1) * LAYER_BYTES],
        },
      ]),
    ),
  ),
);

let folder = "";
let file = "";
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "normlens-large-"));
  file = path.join(folder, "large.safetensors");
  const length = new Uint8Array(BigUint64Array.of(BigInt(HEADER.length)).buffer);
  await fs.writeFile(file, Buffer.concat([length, HEADER]));
  // What was never written takes no room on the disk and reads as zeros.
  await fs.truncate(file, 8 + HEADER.length + LAYERS * LAYER_BYTES);
});
afterAll(() => rmSync(folder, { recursive: true }));

test("a file of 100 GB opens at once, fills in, and can be closed", async () => {
  let bytesRead = 0;
  let readAtHeader = -1;
  const platform = {
    path,
    inflate: nodeInflate({ pipeline, createInflateRaw, readable: Readable.from }),
    async open(name: string, flags: "r") {
      const handle = await fs.open(name, flags);
      return {
        stat: () => handle.stat(),
        close: () => handle.close(),
        async read(buffer: Uint8Array, offset: number, size: number, position: number) {
          const found = await handle.read(buffer, offset, size, position);
          bytesRead += found.bytesRead;
          return found;
        },
      };
    },
  };
  let close: () => void = () => undefined;
  let ended: Promise<unknown> = Promise.resolve();
  const sent: ToPage[] = [];
  await new Promise<void>((resolve) => {
    const followed = followFile({
      file,
      findSteps: () => Promise.resolve(undefined),
      partsOf: (name) => ["", path.basename(name)],
      withFile: (name, use) => {
        const open = withWeightFile(platform, name, use);
        ended = open.catch(() => undefined);
        return open;
      },
      createKernels: createScanKernels,
      createDifferenceKernels,
      send(message) {
        sent.push(message);
        if (message.type === "file/header") readAtHeader = bytesRead;
        if (message.type === "file/layers" && (message.share ?? 0) > 0) resolve();
      },
    });
    close = followed.close;
  });
  close();
  await ended;
  const [header] = sent;
  expect(header).toMatchObject({ type: "file/header", file: { sizeBytes: expect.any(Number) } });
  expect(header?.type === "file/header" && header.file.sizeBytes).toBeGreaterThan(100e9);
  expect(header?.type === "file/header" && header.layers).toHaveLength(LAYERS);
  // The table was there when nothing but headers had been read.
  expect(readAtHeader).toBeLessThan(100_000);
  // Closing ended the scan long before its end.
  expect(bytesRead).toBeLessThan(20e9);
  const count = sent.length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(sent).toHaveLength(count);
});
