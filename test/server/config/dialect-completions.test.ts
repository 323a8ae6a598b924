import { describe, expect, test } from "vitest";
import { dialectCompletions } from "../../../server/src/config/dialect-completions.ts";
import { applyEdits } from "../../../server/src/engine/apply-fixes.ts";
import { languageOf } from "../../../server/src/engine/language-of.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

/** `|` is the cursor. */
function completed(path: string, marked: string) {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const language = languageOf(path) ?? "yaml";
  const answer = dialectCompletions({ path, language, text, project: NO_PROJECT }, offset);
  return { text, ...answer };
}

const HF = "output_dir: o\nnum_train_epochs: 3\nlearning_rate: 1e-5\n";

describe("dialectCompletions()", () => {
  test("offers the tool's keys that are not there yet, with their range", () => {
    const { items } = completed("args.yaml", `${HF}max_grad_norm: 1\nweight|`);
    expect(items.find(({ label }) => label === "weight_decay")).toEqual({
      label: "weight_decay",
      detail: "a weight decay, must be 0 or more",
      newText: "weight_decay: ",
    });
    expect(items.map(({ label }) => label)).not.toContain("max_grad_norm");
  });

  test.each([
    ["args.yaml", `${HF}wei|\nseed: 1\n`, `${HF}weight_decay: \nseed: 1\n`],
    ["args.yaml", `${HF}we|i: 0.1\n`, `${HF}weight_decay: 0.1\n`],
    [
      "ds.json",
      '{"zero_optimization": {"stage": 2}, "train_batch_size": 8, "optimizer": {"type": "Adam", "params": {"w|"}}}',
      '{"zero_optimization": {"stage": 2}, "train_batch_size": 8, "optimizer": {"type": "Adam", "params": {"weight_decay": }}}',
    ],
    [
      "ds.json",
      '{"zero_optimization": {"stage": 2}, "train_batch_size": 8, "optimizer": {"type": "Adam", "params": {"w|": 0.1}}}',
      '{"zero_optimization": {"stage": 2}, "train_batch_size": 8, "optimizer": {"type": "Adam", "params": {"weight_decay": 0.1}}}',
    ],
    [
      "recipe.yaml",
      "tokenizer: {_component_: a}\nmodel: {_component_: b}\noptimizer:\n  lr: 1\n  |\n",
      "tokenizer: {_component_: a}\nmodel: {_component_: b}\noptimizer:\n  lr: 1\n  weight_decay: \n",
    ],
  ])("%s %j", (path, marked, expected) => {
    const { text, span, items } = completed(path, marked);
    const item = items.find(({ label }) => label === "weight_decay");
    expect(item && applyEdits(text, [{ span, newText: item.newText }])).toBe(expected);
  });

  test.each([
    ["no tool is known", "a.yaml", "wei|"],
    ["a value stands there", "args.yaml", `${HF}weight_decay: |`],
    ["a comment stands there", "args.yaml", `${HF}# wei|`],
    ["the mapping is another", "args.yaml", `${HF}logging:\n  wei|`],
    ["it is code", "a.py", "wei|"],
    ["there is nothing", "a.yaml", "|"],
  ])("offers nothing where %s", (_why, path, marked) => {
    expect(completed(path, marked).items).toEqual([]);
  });
});
