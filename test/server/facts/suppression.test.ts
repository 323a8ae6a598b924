import { describe, expect, test } from "vitest";
import { parse } from "../../../server/src/engine/parse.ts";
import { suppressionFacts } from "../../../server/src/facts/suppression.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";
import { findingOf } from "../../support/finding-of.ts";

function factsOf(text: string) {
  const document = { path: "a.py", language: "python", text, project: NO_PROJECT } as const;
  return suppressionFacts.extract(parse(document), document);
}

describe("suppressionFacts", () => {
  test("has one for each id, where it stands", () => {
    const text = "x = 1  # normlens: ignore[ NL601 ,config,, two words ]\n";
    const facts = factsOf(text);
    expect(facts.map(({ id }) => id)).toEqual(["NL601", "config", "two words"]);
    expect(facts.map(({ span }) => text.slice(span.start, span.end))).toEqual(
      facts.map(({ id }) => id),
    );
  });

  test.each(["x = 1", "# normlens: ignore", "s = 'normlens: ignore[NL601]'"])(
    "has none for %s",
    (text) => expect(factsOf(text)).toEqual([]),
  );

  test("knows what it silences", () => {
    const text = "w > t  # normlens: ignore[NL6]\nw < t\n";
    const [fact] = factsOf(text);
    expect(fact?.silences(findingOf(text, "w > t"))).toBe(true);
    expect(fact?.silences(findingOf(text, "w < t"))).toBe(false);
    expect(fact?.silences(findingOf(text, "w > t", [], { code: "NL101" }))).toBe(false);
  });
});
