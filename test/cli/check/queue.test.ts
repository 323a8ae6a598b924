import { describe, expect, test } from "vitest";
import { openQueue } from "../../../cli/src/check/queue.ts";

describe("openQueue()", () => {
  test("gives items in their order, no more than are asked for", async () => {
    const queue = openQueue<number>();
    for (const item of [1, 2, 3]) queue.put(item);
    expect(await queue.take(2)).toEqual([1, 2]);
    expect(await queue.take(2)).toEqual([3]);
  });

  test("lets those who take wait until there is something", async () => {
    const queue = openQueue<number>();
    const taken = Promise.all([queue.take(1), queue.take(1)]);
    queue.put(1);
    await Promise.resolve();
    queue.put(2);
    expect(await taken).toEqual([[1], [2]]);
  });

  test("gives what is left once it is closed, and then nothing", async () => {
    const queue = openQueue<number>();
    queue.put(1);
    queue.close();
    expect(await queue.take(8)).toEqual([1]);
    expect(await queue.take(8)).toEqual([]);
  });

  test("ends the waiting of those who get nothing any more", async () => {
    const queue = openQueue<number>();
    const taken = queue.take(1);
    queue.close();
    expect(await taken).toEqual([]);
  });
});
