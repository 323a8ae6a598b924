import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { pauses } from "../../../server/src/lsp/pauses.ts";
import { type SourceDocument, sourceDocument } from "../../../server/src/lsp/source-document.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LONG = sourceDocument("file:///a.py", "python", 7, "x = 1\n".repeat(2_000));
const SHORT = sourceDocument("file:///a.py", "python", 7, "x = 1\n");

function recorded() {
  const rehearsed: SourceDocument[] = [];
  const collect = vi.fn();
  const rehearse = (document: SourceDocument) => {
    rehearsed.push(document);
    return Promise.resolve();
  };
  return { rehearsed, collect, pauses: pauses({ collect, rehearse }) };
}

describe("pauses()", () => {
  test("collects garbage once a pause begins, and not while somebody waits", async () => {
    const { collect, pauses } = recorded();
    for (let key = 0; key < 5; key += 1) {
      pauses.end();
      await vi.advanceTimersByTimeAsync(30);
      pauses.begin(SHORT);
      await vi.advanceTimersByTimeAsync(5);
    }
    expect(collect).toHaveBeenCalledTimes(0);
    await vi.advanceTimersByTimeAsync(5);
    expect(collect).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(collect).toHaveBeenCalledTimes(1);
  });

  test("judges versions of a long document that nobody asks for, so often and no more", async () => {
    const { rehearsed, pauses } = recorded();
    pauses.begin(LONG);
    await vi.advanceTimersByTimeAsync(99);
    expect(rehearsed).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(rehearsed).toHaveLength(16);
    for (const document of rehearsed) {
      // A document of its own: what is known of the open one would be no work.
      expect(document).not.toBe(LONG);
      expect(document).toMatchObject({ uri: LONG.uri, text: LONG.text });
    }
    pauses.end();
    pauses.begin(LONG);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(rehearsed).toHaveLength(16);
  });

  test("stops judging when a key is pressed, and goes on in the next pause", async () => {
    const { rehearsed, pauses } = recorded();
    pauses.begin(LONG);
    await vi.advanceTimersByTimeAsync(125);
    const before = rehearsed.length;
    expect(before).toBeGreaterThan(0);
    pauses.end();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(rehearsed).toHaveLength(before);
    pauses.begin(LONG);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(rehearsed).toHaveLength(16);
  });

  test("a key that is pressed in the middle of such a judgement is the last of it", async () => {
    const collect = vi.fn();
    let finish = () => undefined as void;
    const rehearse = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const own = pauses({ collect, rehearse });
    own.begin(LONG);
    await vi.advanceTimersByTimeAsync(100);
    collect.mockClear();
    own.end();
    finish();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(rehearse).toHaveBeenCalledTimes(1);
    expect(collect).toHaveBeenCalledTimes(0);
  });

  test("leaves short documents and configs alone", async () => {
    const { rehearsed, pauses } = recorded();
    pauses.begin(SHORT);
    pauses.begin(sourceDocument("file:///a.yaml", "yaml", 1, "a: 1\n".repeat(4_000)));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(rehearsed).toEqual([]);
  });
});
