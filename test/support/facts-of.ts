import { parse } from "../../server/src/engine/parse.ts";
import type { Extractor } from "../../server/src/facts/extractor.ts";
import { NO_PROJECT } from "../../server/src/project/project-facts.ts";

/** What an extractor finds in a Python text. */
export function factsOf<Fact>(extractor: Extractor<Fact>, text: string): readonly Fact[] {
  const document = { path: "example.py", language: "python", text, project: NO_PROJECT } as const;
  return extractor.extract(parse(document), document);
}
