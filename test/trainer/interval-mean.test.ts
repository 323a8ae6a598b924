import { describe, expect, test } from "vitest";
import { createIntervalMean } from "../../trainer/src/interval-mean.ts";

describe("createIntervalMean()", () => {
  test("weights each step by its rows", () => {
    const mean = createIntervalMean();
    mean.add({ loss: 1, penalty: 0.5 }, 64);
    mean.add({ loss: 4, penalty: 0.5 }, 32);
    expect(mean.take()).toEqual({ loss: 2, penalty: 0.5 });
  });

  test("begins anew once taken", () => {
    const mean = createIntervalMean();
    mean.add({ loss: 9 }, 64);
    mean.take();
    mean.add({ loss: 2 }, 8);
    expect(mean.take()).toEqual({ loss: 2 });
  });

  test("has nothing to say before the first step", () => {
    expect(createIntervalMean().take()).toEqual({});
  });
});
