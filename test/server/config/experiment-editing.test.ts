import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { experimentCompletions } from "../../../server/src/config/experiment-completions.ts";
import { experimentDiagnostics } from "../../../server/src/config/experiment-diagnostics.ts";
import { experimentHover } from "../../../server/src/config/experiment-hover.ts";
import { applyEdits } from "../../support/check-rule.ts";

const EXAMPLE = readFileSync("examples/shapes.normlens.yaml", "utf8");
const REST = `model: { type: towers }
objective: { loss: cross_entropy }
training: { epochs: 2 }
`;

describe("experimentDiagnostics()", () => {
  test("the shipped example is fine", () => expect(experimentDiagnostics(EXAMPLE)).toEqual([]));

  test.each([
    ["name: a\ndata: { source: «sql» }\n", '`source` cannot be "sql"'],
    ["name: a\ndata: { source: trio, «smaples»: 3 }\n", "did you mean `samples`?"],
    ["name: a\ndata:\n  source: trio\n  noise: «-1»\n", "`noise` cannot be -1"],
    ["name: a\n«data»:\n  noise: 1\n", "`source` is missing"],
    ["name: a\ndata: { source: trio }\n«select»: {}\n", "no penalty to choose the λ of"],
    ["name: a\ndata: { source: trio }\npenalty:\n  - { norm: l1, lambda: «cos(m)» }\n", "cos(m)"],
    ["name: a\ndata: { source: trio }\npenalty:\n  - { norm: l1, lambda: «.inf» }\n", "Infinity"],
    ["name: a\ndata: { source: trio, missing: «3» }\n", "`missing` cannot be 3"],
    ["name: a\n«name»: b\ndata: { source: trio }\n", "unique"],
    ["name: a\ndata: { source: «*trio» }\n", "alias"],
  ])("marks %j", (marked, text) => {
    const code = marked.replaceAll(/[«»]/g, "") + REST;
    const found = experimentDiagnostics(code);
    const marks = found.map(({ span }) => ({
      span,
      newText: `«${code.slice(span.start, span.end)}»`,
    }));
    expect(applyEdits(code, marks)).toBe(marked + REST);
    expect(found[0]?.message).toContain(text);
  });

  test("renames a misspelt key", () => {
    const code = `name: a\ndata: { source: trio, smaples: 300 }\n${REST}`;
    const edits = experimentDiagnostics(code).flatMap(({ fixes }) => fixes[0]?.edits ?? []);
    expect(experimentDiagnostics(applyEdits(code, edits))).toEqual([]);
  });

  test("is total", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const { span } of experimentDiagnostics(text)) {
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
    for (let end = 0; end < EXAMPLE.length; end += 7) experimentDiagnostics(EXAMPLE.slice(0, end));
  });
});

/** Completes at the bar and gives the labels, and the text with each one inserted. */
function complete(marked: string) {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const { span, items } = experimentCompletions(text, offset);
  return {
    labels: items.map(({ label }) => label),
    texts: items.map(({ newText }) => applyEdits(text, [{ span, newText }])),
  };
}

const KEYS = [
  ...["name", "data", "split", "model", "objective", "penalty", "training"],
  ...["weight_operations", "sparsity_curve", "transfer", "select", "sweep"],
];
const STEPPED = [
  ...["optimizer", "learning_rate", "schedule", "gradient_clip", "batch_size", "seed", "backend"],
  ...["compile", "log_every", "snapshot_every", "checkpoint_every"],
];
const OBJECTIVE = ["loss", "alignment", "separation", "labelled", "task", "transfer"];

describe("experimentCompletions()", () => {
  test.each([
    ["|", KEYS],
    ["name: a\ndata: {}\nmo|", KEYS.filter((key) => key !== "name" && key !== "data")],
    ["objective:\n  |", OBJECTIVE.filter((key) => key !== "labelled")],
    ["objective:\n  loss: cross_entropy\n  |\nname: a\n", OBJECTIVE.slice(1)],
    ["objective: { loss: cross_entropy, | }\n", OBJECTIVE.slice(1)],
    [
      "objective:\n  alignment:\n    loss: info_nce\n    te|: 3\n",
      ["weight", "temperature", "learn_temperature"],
    ],
    ["penalty:\n  - |", ["norm", "on"]],
    ["penalty:\n  - norm: l1\n    |\n", ["lambda", "on"]],
    ["penalty:\n  - norm: l2\n    |\n", ["lambda", "convention", "on"]],
    [
      "penalty:\n  - { norm: | }\n",
      ["l1", "l2", "elastic_net", "group_lasso", "max_norm", "spectral", "orthogonality", "l2_sp"],
    ],
    [
      "training:\n  optimizer: ad|\n",
      ["gradient_descent", "sgd", "momentum", "nesterov", "adam", "adamw", "fista"],
    ],
    ["split: { stratify: t| }\n", ["true", "false"]],
    ["training:\n  batch_size: |\n", ["64"]],
    ["training:\n  no_such_key: |\n", []],
    ["no_such_key:\n  |\n", []],
    ["# a comment |", []],
    ["model: { type: kmeans }\ntraining:\n  |\n", ["seed"]],
    ["model:\n  type: linear\ntraining:\n  |\n", ["solver"]],
    ["model: { type: mlp }\ntraining: { epochs: 1, sol| }\n", STEPPED],
  ])("%j offers %j", (marked, labels) => expect(complete(marked).labels).toEqual(labels));

  test("replaces the whole word and keeps the colon that is there", () => {
    expect(complete("objective: {}\nna|").texts).toContain("objective: {}\nname: ");
    expect(complete("n|ame: x\n").texts).toContain("name: x\n");
    expect(complete("training:\n  optimizer: ad|am\n").texts).toContain(
      "training:\n  optimizer: adamw\n",
    );
  });

  test("is total at every place of a file", () => {
    for (let offset = -1; offset <= EXAMPLE.length + 1; offset += 3) {
      const { span } = experimentCompletions(EXAMPLE, offset);
      expect(span.end).toBeLessThanOrEqual(EXAMPLE.length);
    }
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(), (text, offset) => {
        expect(experimentCompletions(text, offset).items).toBeInstanceOf(Array);
      }),
    );
  });
});

describe("experimentHover()", () => {
  const hoverOn = (word: string) => experimentHover(EXAMPLE, EXAMPLE.indexOf(word) + 1);

  test.each([
    ["noise:", "**data.noise**", "Allowed: a number at least 0 and at most 10."],
    ["info_nce", "**objective.alignment.loss**", "CLIP"],
    ["convention:", "**penalty.convention**", "λ/(2m)‖w‖²"],
    ["batch_size", "**training.batch_size**", "Default: `64`."],
  ])("%s", (word, title, text) => {
    expect(hoverOn(word)?.markdown).toContain(title);
    expect(hoverOn(word)?.markdown).toContain(text);
  });

  test("says nothing beside keys and values, and for keys it does not know", () => {
    expect(experimentHover(EXAMPLE, 3)).toBeUndefined();
    expect(experimentHover("no_such_key: 1", 2)).toBeUndefined();
    expect(experimentHover("", 0)).toBeUndefined();
  });
});
