import { describe, expect, test } from "vitest";
import { hfDeepspeedValueConflict } from "../../../../server/src/rules/config/hf-deepspeed-value-conflict.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const json = (params: string) => `{"zero_optimization": {}, "optimizer": {"params": {${params}}}}`;
const yaml = (lines: string) => [
  { path: "/w/train.yaml", text: `deepspeed: conf/ds.json\n${lines}` },
];
const python = (args: string) => [
  {
    path: "/w/run.py",
    text: `import transformers as t\na = t.TrainingArguments('o', deepspeed='./conf/ds.json', ${args})\n`,
  },
];
const PATH = "/w/conf/ds.json";

describe("hf-deepspeed-value-conflict", () => {
  test.each([
    ["a training config", yaml("weight_decay: 0.01\n")],
    ["a JSON config", [{ path: "/w/a.json", text: '{"deepspeed": "ds.json", "weight_decay": 0}' }]],
    ["a script", python("weight_decay=0.01")],
    [
      "a script, through a name",
      [
        {
          path: "a.py",
          text: "W = 0.2\nD = 'ds.json'\nTrainingArguments(deepspeed=D, weight_decay=W)",
        },
      ],
    ],
  ])("compares with %s", (_what, files) => {
    checkRule(
      hfDeepspeedValueConflict,
      json('"weight_decay": «0.1»'),
      json('"weight_decay": "auto"'),
      { path: PATH, files },
    );
  });

  test("compares the learning rate, and points at the other number", () => {
    const [finding] = findingsOf(hfDeepspeedValueConflict, json('"lr": 1e-3'), {
      path: PATH,
      files: yaml("learning_rate: 2.0e-5\n"),
    });
    expect(finding?.message).toBe(
      "`lr` is 0.001 here, but the training that uses this file has `learning_rate` 0.00002.",
    );
    expect(finding?.related).toMatchObject([
      {
        message: "`learning_rate` is 0.00002 here.",
        place: { path: "/w/train.yaml", start: { line: 1, character: 15 } },
      },
    ]);
  });

  test.each([
    ["auto", json('"weight_decay": "auto"'), yaml("weight_decay: 0.01\n")],
    ["the same number", json('"weight_decay": 0.01'), yaml("weight_decay: 1.0e-2\n")],
    ["no number in the training", json('"weight_decay": 0.1'), yaml("learning_rate: 1.0e-2\n")],
    ["a number that is not known", json('"weight_decay": 0.1'), python("weight_decay=w")],
    [
      "a default of the command line",
      json('"weight_decay": 0.1'),
      [
        {
          path: "a.py",
          text: "def f(w=0.2):\n    TrainingArguments(deepspeed='ds.json', weight_decay=w)",
        },
      ],
    ],
    [
      "another DeepSpeed config",
      json('"weight_decay": 0.1'),
      [{ path: "/w/t.yaml", text: "deepspeed: other/ds.json\nweight_decay: 0.2\n" }],
    ],
    [
      "DeepSpeed's settings in the training config",
      json('"weight_decay": 0.1'),
      [{ path: "/w/t.yaml", text: "deepspeed: {file: ds.json}\nweight_decay: 0.2\n" }],
    ],
    ["no training at all", json('"weight_decay": 0.1'), []],
    [
      "no DeepSpeed config",
      '{"optimizer": {"params": {"weight_decay": 0.1}}}',
      [{ path: "/w/t.yaml", text: "deepspeed: d.json\nweight_decay: 0.2\n" }],
    ],
  ])("is silent: %s", (_why, code, files) => {
    const path = code.includes("zero") ? PATH : "/w/d.json";
    checkRule(hfDeepspeedValueConflict, code, undefined, { path, files });
  });
});
