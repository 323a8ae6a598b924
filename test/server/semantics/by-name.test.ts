import { expect, test } from "vitest";
import { byName } from "../../../server/src/semantics/by-name.ts";

test("byName() reads a name once, also one of which there is nothing to say", () => {
  const read: string[] = [];
  const lengthOf = byName((name) => {
    read.push(name);
    return name === "" ? undefined : name.length;
  });

  expect(["loss", "", "w", "loss", ""].map(lengthOf)).toEqual([4, undefined, 1, 4, undefined]);
  expect(read).toEqual(["loss", "", "w"]);
});

test("byName() starts over when it remembers many names", () => {
  let reads = 0;
  const count = byName(() => {
    reads += 1;
    return reads;
  });
  for (let index = 0; index <= 50_000; index += 1) count(`name_${index}`);

  expect(count("name_0")).toBe(50_002);
  expect(count("name_50000")).toBe(50_001);
});
