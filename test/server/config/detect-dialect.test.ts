import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { configView } from "../../../server/src/config/config-view.ts";
import { DIALECTS } from "../../../server/src/config/dialects/dialects.generated.ts";
import { mayBeConfig } from "../../../server/src/config/may-be-config.ts";
import { languageOf } from "../../../server/src/engine/language-of.ts";
import { parse } from "../../../server/src/engine/parse.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

const FIXTURES = path.join(import.meta.dirname, "../../fixtures/config");
const FILES = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) =>
    readdirSync(path.join(FIXTURES, name)).map((file): [string, string] => [name, file]),
  );

function dialectOf(file: string, text: string): string {
  const language = languageOf(file) ?? "yaml";
  const document = { path: file, language, text, project: NO_PROJECT };
  const view = mayBeConfig(document) ? configView(parse(document), document) : undefined;
  return view?.dialect?.name ?? "none";
}

describe("detectDialect()", () => {
  test.each(FILES)("a %s file: %s", (dialect, file) => {
    const text = readFileSync(path.join(FIXTURES, dialect, file), "utf8");
    expect(dialectOf(file, text)).toBe(dialect);
  });

  test("every dialect has a fixture", () => {
    const covered = new Set(FILES.map(([dialect]) => dialect));
    expect(DIALECTS.filter(({ name }) => !covered.has(name))).toEqual([]);
  });

  test.each([
    ["one sign is not enough", "a.yaml", "base_model: x\nlr: 1\n"],
    ["two dialects are equally likely", "a.yaml", "base_model: x\nadapter: y\nlr0: 1\nlrf: 1\n"],
    ["signs in the wrong place", "a.yaml", "x:\n  base_model: x\n  adapter: y\n"],
    ["signs inside a list", "a.yaml", "- base_model: x\n  adapter: y\n"],
    ["a JSON dialect in YAML", "a.yaml", "zero_optimization: 1\ntrain_batch_size: 2\n"],
    ["nothing", "a.yaml", ""],
    ["Python that only sounds like a config", "a.py", "optimizer = dict(type='SGD', lr=1)\n"],
    ["Python with one sign", "a.py", "_base_ = []\nx = dict(type='SGD')\n"],
  ])("abstains: %s", (_why, file, text) => expect(dialectOf(file, text)).toBe("none"));

  test("a tool outweighs what it is built on", () => {
    const trainer = "output_dir: o\nnum_train_epochs: 1\nwarmup_ratio: 0.1\n";
    expect(dialectOf("a.yaml", trainer)).toBe("hf-training-arguments");
    expect(dialectOf("a.yaml", `${trainer}stage: sft\ntemplate: x\n`)).toBe("llama-factory");
  });

  test("what only one tool writes is enough", () => {
    expect(dialectOf("a.yaml", "# @package _group_\noptimizer:\n  lr: 1e-4\n")).toBe("hydra");
    expect(dialectOf("a.yaml", "lr: 1e-4\nopt: !new:torch.optim.SGD\n")).toBe("hyperpyyaml");
  });

  test("the file's name counts as one sign", () => {
    expect(dialectOf("hyp.mine.yaml", "lr0: 1\n")).toBe("ultralytics");
    expect(dialectOf("other.yaml", "lr0: 1\n")).toBe("none");
  });
});
