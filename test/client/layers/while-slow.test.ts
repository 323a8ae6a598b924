import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { whileSlow } from "../../../client/src/layers/while-slow.ts";

describe("whileSlow()", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const later = (ms: number) =>
    new Promise<string>((resolve) => setTimeout(() => resolve("found"), ms));

  test("shows nothing when the answer comes in time", async () => {
    const show = vi.fn();
    const answer = whileSlow(later(900), 1000, show);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await answer).toBe("found");
    expect(show).not.toHaveBeenCalled();
  });

  test("shows once, until the answer is there", async () => {
    const ends: string[] = [];
    const show = vi.fn((settled: Promise<void>) => {
      void settled.then(() => ends.push("settled"));
    });
    const answer = whileSlow(later(3000), 1000, show);
    await vi.advanceTimersByTimeAsync(1000);
    expect(show).toHaveBeenCalledOnce();
    expect(ends).toEqual([]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await answer).toBe("found");
    expect(ends).toEqual(["settled"]);
  });

  test("passes a failure on and ends what is shown", async () => {
    const ends: string[] = [];
    const failing = later(2000).then(() => {
      throw new RangeError("gone");
    });
    const answer = whileSlow(failing, 1000, (settled) => {
      void settled.then(() => ends.push("settled"));
    });
    const outcome = expect(answer).rejects.toThrow("gone");
    await vi.advanceTimersByTimeAsync(2000);
    await outcome;
    expect(ends).toEqual(["settled"]);
  });
});
