import { expect, test } from "vitest";
import { questions } from "../../../client/src/runs/questions.ts";

test("ask() gives each question its own answer, in whatever order they come", async () => {
  const { ask, answer } = questions<readonly string[]>();
  const ids: number[] = [];
  const asked = [1, 2].map(() => ask((id) => ids.push(id)));
  const [first = 0, second = 0] = ids;
  answer(second, ["b"]);
  answer(first, ["a"]);
  answer(99, ["nobody asked"]);
  expect(await Promise.all(asked)).toEqual([["a"], ["b"]]);
});

test("ask() rejects with the text in the place of an answer, or why there will be none", async () => {
  const { ask, answer, giveUp } = questions<readonly string[]>();
  const refused = ask((id) => answer(id, "no such file"));
  await expect(refused).rejects.toThrow("no such file");
  const left = ask(() => undefined);
  giveUp("ended");
  await expect(left).rejects.toThrow("ended");
});
