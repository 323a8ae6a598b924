import { replaced } from "../edits.ts";
import type { Mutator } from "../mutator.ts";

const DECAY = "weight_decay|lora_dropout|label_smoothing|l1_ratio|reg_lambda|dropout";

/** Search spaces and references to other values are no plain numbers. */
const NUMBER = String.raw`\d+(?:\.\d*)?(?:[eE][-+]?\d+)?`;
const yamlNumber = (keys: string) => new RegExp(`^( *)(${keys}): (${NUMBER})(?=\\s*(#.*)?$)`, "m");
const jsonNumber = (keys: string) => new RegExp(`"(${keys})": (${NUMBER})(?=\\s*[,}\\n])`);

/** Tools that read `1e-2` as a number, and let keys be missing, empty or new. */
const OTHER_LOADER =
  /_component_|base_model:|!(new|name|ref|apply|copy|PLACEHOLDER)\b|@package|^defaults:|_target_|finetuning_type|input_features|^hydra:/m;
/** Folders that Hydra reads. */
const HYDRA = /\/conf\//;
/** A file with empty keys is a template. */
const TEMPLATE = /^( *)\w+:[ \t]*(#.*)?\n(?!\1 +\S|\s*#|\s*\n|\1- )/m;

const swapped = (key: string) => key.replace(/([a-z])([a-z])$/, "$2$1");
const shortened = (key: string) => key.slice(0, -2) + key.slice(-1);

export const configMutators: readonly Mutator[] = [
  {
    code: "NLC01",
    language: "yaml",
    mistake: "writes 1e-2 where PyYAML reads text",
    without: OTHER_LOADER,
    elsewhere: HYDRA,
    changes: replaced(
      /^( *)(weight_decay|learning_rate|lr|lr0): 0\.(0+)([1-9])0*(?=\s*(#.*)?$)/m,
      (match) => `${match[1]}${match[2]}: ${match[4]}e-${(match[3]?.length ?? 0) + 1}`,
    ),
    example: "train:\n  weight_decay: 0.01\n",
  },
  {
    code: "NLC02",
    language: "yaml",
    mistake: "exchanges two letters of a key",
    without: OTHER_LOADER,
    changes: replaced(yamlNumber(DECAY), (match) =>
      match[2] === "dropout" ? undefined : `${match[1]}${swapped(match[2] ?? "")}: ${match[3]}`,
    ),
    example: "model: a\nweight_decay: 0.01\n",
  },
  {
    code: "NLC02",
    language: "yaml",
    mistake: "leaves out a letter of a key",
    without: OTHER_LOADER,
    changes: replaced(
      yamlNumber("weight_decay|lora_dropout|label_smoothing"),
      (match) => `${match[1]}${shortened(match[2] ?? "")}: ${match[3]}`,
    ),
    example: "model: a\nweight_decay: 0.01\n",
  },
  {
    code: "NLC02",
    language: "json",
    mistake: "exchanges two letters of a key",
    changes: replaced(
      jsonNumber("weight_decay|label_smoothing|lora_dropout"),
      (match) => `"${swapped(match[1] ?? "")}": ${match[2]}`,
    ),
    example: '{"weight_decay": 0.01, "lr": 0.1}\n',
  },
  {
    code: "NLC03",
    language: "yaml",
    mistake: "gives a share in percent",
    changes: replaced(yamlNumber("lora_dropout|label_smoothing|dropout|drop_rate"), (match) => {
      const share = Number(match[3]);
      return share > 0.01 && share < 1
        ? `${match[1]}${match[2]}: ${Math.round(share * 100)}`
        : undefined;
    }),
    example: "adapter: lora\nlora_dropout: 0.05\n",
  },
  {
    code: "NLC03",
    language: "yaml",
    mistake: "gives a decay a minus",
    changes: replaced(yamlNumber("weight_decay"), (match) =>
      Number(match[3]) > 0 ? `${match[1]}${match[2]}: -${match[3]}` : undefined,
    ),
    example: "weight_decay: 0.01\n",
  },
  {
    code: "NLC03",
    language: "json",
    mistake: "gives a share in percent",
    changes: replaced(jsonNumber("\\w*dropout\\w*|label_smoothing"), (match) => {
      const share = Number(match[2]);
      return share > 0.01 && share < 1 ? `"${match[1]}": ${Math.round(share * 100)}` : undefined;
    }),
    example: '{"lora_dropout": 0.05, "r": 8}\n',
  },
  {
    code: "NLC04",
    language: "yaml",
    mistake: "writes a key again",
    changes: replaced(yamlNumber(DECAY), (match) => `${match[0]}\n${match[1]}${match[2]}: 0.0`),
    example: "weight_decay: 0.01\nlr: 0.1\n",
  },
  {
    code: "NLC04",
    language: "json",
    mistake: "writes a key again",
    changes: replaced(
      jsonNumber("weight_decay|\\w*dropout|label_smoothing"),
      (match) => `${match[0]}, "${match[1]}": 0.0`,
    ),
    example: '{"weight_decay": 0.01, "lr": 0.1}\n',
  },
  {
    code: "NLC05",
    language: "yaml",
    mistake: "leaves a value empty",
    without: new RegExp(`${OTHER_LOADER.source}|${TEMPLATE.source}`, "m"),
    changes: replaced(yamlNumber("weight_decay"), "$1$2:"),
    example: "weight_decay: 0.01\nlr: 0.1\n",
  },
  {
    code: "NLC06",
    language: "json",
    mistake: "puts the decay beside DeepSpeed's optimizer",
    needs: /"(zero_optimization|train_micro_batch_size_per_gpu)"/,
    changes: ({ text }) => {
      const params = /,\s*"weight_decay": ([\d.e-]+|"auto")(?=\s*[,}])/.exec(text);
      const optimizer = /"optimizer": \{/.exec(text);
      if (params === null || optimizer === null || params.index < optimizer.index) return undefined;
      const end = params.index + params[0].length;
      return [
        {
          start: optimizer.index,
          end: optimizer.index,
          newText: `"weight_decay": ${params[1]},\n`,
        },
        { start: params.index, end, newText: "" },
      ];
    },
    example: [
      '{"train_micro_batch_size_per_gpu": 4,',
      ' "optimizer": {"type": "AdamW", "params": {"lr": 0.001, "weight_decay": 0.1}},',
      ' "zero_optimization": {"stage": 2}}',
      "",
    ].join("\n"),
  },
  {
    code: "NLC11",
    language: "json",
    mistake: "puts quotes around a number",
    changes: replaced(
      jsonNumber("weight_decay|\\w*dropout|label_smoothing"),
      (match) => `"${match[1]}": "${match[2]}"`,
    ),
    example: '{"weight_decay": 0.01, "lr": 0.1}\n',
  },
  {
    code: "NLC11",
    language: "yaml",
    mistake: "writes a decimal comma",
    changes: replaced(yamlNumber(DECAY), (match) =>
      match[3]?.includes(".") && !/e/i.test(match[3])
        ? `${match[1]}${match[2]}: ${match[3].replace(".", ",")}`
        : undefined,
    ),
    example: "weight_decay: 0.01\nlr: 0.1\n",
  },
  {
    code: "NLC11",
    language: "yaml",
    mistake: "writes a percent sign",
    changes: replaced(yamlNumber("lora_dropout|dropout|label_smoothing"), (match) =>
      Number(match[3]) > 0 && Number(match[3]) < 1
        ? `${match[1]}${match[2]}: ${Number(match[3]) * 100}%`
        : undefined,
    ),
    example: "adapter: lora\nlora_dropout: 0.05\n",
  },
];
