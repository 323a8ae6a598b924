import { expect, test } from "vitest";
import { parse } from "../../../server/src/engine/parse.ts";
import { configFileFacts } from "../../../server/src/facts/config-file.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

test.each([
  ["a.yaml", "yaml", "lr: 1\n", ["undefined", "unknown"]],
  ["ds.json", "json", '{"zero_optimization": {"stage": 2}}', ["deepspeed", "json"]],
  ["pyproject.toml", "toml", "[tool.x]\nlr = 1\n", ["undefined", "toml"]],
  ["c.py", "python", "_base_ = []\noptim_wrapper = dict()\n", ["mmengine", "python"]],
  ["c.py", "python", "x = 1\n", []],
  ["a.normlens.yaml", "yaml", "name: x\n", []],
] as const)(
  "configFileFacts reads %s once, with its tool and loader",
  (path, language, text, known) => {
    const document = { path, language, text, project: NO_PROJECT };
    const facts = configFileFacts.extract(parse(document), document);
    expect(facts.flatMap(({ dialect, loader }) => [String(dialect?.name), loader])).toEqual(known);
  },
);
