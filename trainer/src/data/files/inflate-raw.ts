import { pipeline, Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { nodeInflate } from "../../../../core/formats/node-inflate.ts";

/** Unpacks raw deflate data with the zlib of Node. */
export const inflateRaw = nodeInflate({ pipeline, createInflateRaw, readable: Readable.from });
