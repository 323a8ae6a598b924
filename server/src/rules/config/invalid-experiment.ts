import { defineRule } from "../../engine/rule.ts";

/** The trainer's own words begin in lower case, behind `file:line:column:`. */
function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.?]$/.test(text) ? text : `${text}.`;
}

export const invalidExperiment = defineRule({
  code: "NLC13",
  name: "invalid-experiment",
  family: "config",
  severity: "error",
  preview: false,
  mentions: [],
  on: "experimentProblem",
  docs: {
    what: "Finds what the trainer would refuse in an experiment file (`*.normlens.yaml`): unknown keys, values outside of what a key allows, λ expressions that cannot be computed, parts that contradict each other.",
    why: "Training would not start; the same check, made while you type, costs nothing.",
    bad: `name: Shapes
data: { source: trio, smaples: 300 }
model: { type: towers }
objective: { loss: cross_entropy }
training: { epochs: 2 }
`,
    good: `name: Shapes
data: { source: trio, samples: 300 }
model: { type: towers }
objective: { loss: cross_entropy }
training: { epochs: 2 }
`,
    language: "yaml",
    path: "shapes.normlens.yaml",
    limits: "Whether data files exist is seen only when training starts.",
    references: ["The experiment file's JSON Schema, `core/experiment/experiment.schema.json`"],
  },

  *check({ span, message, fixes }) {
    yield { span, message: sentence(message), fixes };
  },
});
