import { describe, expect, test } from "vitest";
import { dialectCompletions } from "../../../server/src/config/dialect-completions.ts";
import { lambdaCompletions } from "../../../server/src/engine/lambda-completions.ts";
import { languageOf } from "../../../server/src/engine/language-of.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

/** `|` is the cursor. */
function completed(path: string, marked: string) {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const language = languageOf(path) ?? "python";
  const { span, items } = lambdaCompletions(
    { path, language, text, project: NO_PROJECT },
    offset,
    {},
  );
  return { replaced: text.slice(span.start, span.end), items };
}

const labels = (path: string, text: string) =>
  completed(path, text).items.map(({ label }) => label);

describe("lambdaCompletions()", () => {
  test("explains what each number would do", () => {
    const text = "import torch\nopt = torch.optim.AdamW(p, lr=1e-3, weight_decay=|)";
    const { items } = completed("a.py", text);
    expect(items.map(({ label, detail }) => [label, detail])).toEqual([
      ["0.001", "τ ≈ 1e6 steps"],
      ["0.01", "τ ≈ 1e5 steps, the default"],
      ["0.05", "τ ≈ 20,000 steps"],
      ["0.1", "τ ≈ 10,000 steps"],
    ]);
    expect(items[1]?.documentation).toContain("w ← (1 − lr·weight_decay)·w");
  });

  test.each([
    ["a.py", "torch.optim.AdamW(p, weight_decay=|", ["0.001", "0.01", "0.05", "0.1"]],
    [
      "a.py",
      "torch.optim.SGD(p, lr=1, weight_decay = |)\nx = 1",
      ["0", "1e-5", "1e-4", "5e-4", "0.001"],
    ],
    ["a.py", "from sklearn.svm import SVC\nSVC(C=|)", ["0.01", "0.1", "1", "10", "100"]],
    [
      "a.py",
      "from sklearn.linear_model import ElasticNet\nElasticNet(alpha=1, l1_ratio=|)",
      ["0", "0.1", "0.5", "0.9", "1"],
    ],
    ["a.py", "torch.optim.AdamW(p, lr=|)", []],
    ["a.py", "weight_decay=|", []],
    ["a.py", "plot(C=|)", []],
    ["a.py", "from sklearn.svm import SVC\nSVC(|)", []],
    [
      "a.yaml",
      "optimizer:\n  _target_: torch.optim.AdamW\n  weight_decay: |\n  lr: 1",
      ["0.001", "0.01", "0.05", "0.1"],
    ],
    [
      "a.yaml",
      "optimizer:\n  _target_: torch.optim.SGD\n  lr: 1\n  weight_decay: |\n",
      ["0", "1.0e-5", "1.0e-4", "5.0e-4", "0.001"],
    ],
    [
      "a.json",
      '{"optimizer": {"_target_": "torch.optim.AdamW", "weight_decay": |}}',
      ["0.001", "0.01", "0.05", "0.1"],
    ],
    ["a.yaml", "weight_decay: |", []],
    ["a.py", "|", []],
    ["a.py", "x = |", []],
  ])("%s %j", (path, text, expected) => expect(labels(path, text)).toEqual(expected));

  test.each([
    ["a.py", 'import torch\ntorch.optim.SGD([{"params": p, "weight_decay": 1}], weight_decay=0.1)'],
    ["a.yaml", "optimizer: { _target_: torch.optim.AdamW, weight_decay: 0.1 }\nl2: [1, {C: 2}]"],
    ["a.json", '{"optimizer": {"_target_": "torch.optim.AdamW", "weight_decay": 1}, "C": "x"}'],
    ["a.toml", "[optimizer]\n_target_ = 'torch.optim.AdamW'\nweight_decay = 0.1\n"],
    ["a.normlens.yaml", "penalty:\n  - { norm: l2, lambda: 0.1, convention: half }\n"],
  ])("never throws, wherever the cursor is in %s", (path, text) => {
    for (let offset = -1; offset <= text.length + 1; offset += 1) {
      for (const cut of [text, text.slice(0, Math.max(0, offset))]) {
        const language = languageOf(path) ?? "python";
        const document = { path, language, text: cut, project: NO_PROJECT };
        expect(() => lambdaCompletions(document, offset, {})).not.toThrow();
        expect(() => dialectCompletions(document, offset)).not.toThrow();
      }
    }
  });

  test("replaces the number that is being typed", () => {
    const text = "import torch\ntorch.optim.AdamW(p, weight_decay=1e-|4)";
    expect(completed("a.py", text).replaced).toBe("1e-4");
    expect(labels("a.py", text)).toHaveLength(4);
  });
});
