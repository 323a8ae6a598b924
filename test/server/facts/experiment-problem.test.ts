import { expect, test } from "vitest";
import { parse } from "../../../server/src/engine/parse.ts";
import { experimentProblemFacts } from "../../../server/src/facts/experiment-problem.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

test.each([
  ["runs/a.normlens.yaml", 1],
  ["runs/a.normlens.yml", 1],
  ["runs/a.yaml", 0],
])("experimentProblemFacts finds in %s %i problem", (path, count) => {
  const document = { path, language: "yaml", text: "3\n", project: NO_PROJECT } as const;
  expect(experimentProblemFacts.extract(parse(document), document)).toHaveLength(count);
});
