import type { Inflate } from "./zip-members.ts";

/** What is needed of `node:stream` and `node:zlib`; the core itself imports nothing of Node. */
export interface NodeStreams<Source, Inflater extends AsyncIterable<unknown>> {
  readable(chunks: AsyncIterable<Uint8Array>): Source;
  createInflateRaw(): Inflater;
  pipeline(source: Source, target: Inflater, done: () => void): AsyncIterable<unknown>;
}

/** Inflating with Node's streams. */
export function nodeInflate<Source, Inflater extends AsyncIterable<unknown>>(
  node: NodeStreams<Source, Inflater>,
): Inflate {
  return async function* inflate(packed) {
    // A fault of either stream arrives where the last one is read, so the callback has nothing to do.
    const inflated = node.pipeline(node.readable(packed), node.createInflateRaw(), () => undefined);
    for await (const chunk of inflated) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError("Inflating gave no bytes");
      yield chunk;
    }
  };
}
