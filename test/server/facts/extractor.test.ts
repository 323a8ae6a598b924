import { expect, test } from "vitest";
import { parse } from "../../../server/src/engine/parse.ts";
import { once } from "../../../server/src/facts/extractor.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

test("once() extracts anew only for another document", () => {
  let count = 0;
  const counting = once({
    kind: "counted",
    languages: ["python"],
    extract: () => {
      count += 1;
      return [count];
    },
  });
  const document = { path: "a.py", language: "python", text: "", project: NO_PROJECT } as const;
  const syntax = parse(document);
  expect(counting.extract(syntax, document)).toEqual([1]);
  expect(counting.extract(syntax, document)).toEqual([1]);
  expect(counting.extract(parse(document), document)).toEqual([2]);
  expect(counting.extract(syntax, { ...document })).toEqual([3]);
});
