import type { Experiment, TemperedAlignment } from "./experiment.ts";
import type { ExperimentPath, ExperimentProblem } from "./experiment-problem.ts";
import { isSolved, linearConflicts } from "./linear-conflicts.ts";
import { hasOwnObjective } from "./own-objective.ts";
import { sweepConflicts } from "./sweep-conflicts.ts";
import { trainedSelectConflicts } from "./trained-select-conflicts.ts";

function problem(path: ExperimentPath, message: string, allowed: string): ExperimentProblem {
  return { path, at: "value", message, allowed };
}

/** Values that are fine one by one and make no sense together. */
export function experimentConflicts(experiment: Experiment): ExperimentProblem[] {
  return [
    ...splitConflicts(experiment),
    ...columnConflicts(experiment),
    ...alignmentConflicts(experiment),
    ...mapConflicts(experiment),
    ...separationConflicts(experiment),
    ...objectiveConflicts(experiment),
    ...operationConflicts(experiment),
    ...anchorConflicts(experiment),
    ...transferConflicts(experiment),
    ...sweepConflicts(experiment),
    ...(isSolved(experiment) ? linearConflicts(experiment) : trainedSelectConflicts(experiment)),
  ];
}

function splitConflicts({ split }: Experiment): ExperimentProblem[] {
  const { validation, test } = split;
  if (validation + test < 1) return [];
  return [
    problem(
      ["split", validation > test ? "validation" : "test"],
      `validation ${validation} and test ${test} leave nothing to train on`,
      "their sum must be below 1",
    ),
  ];
}

/** Only tables have named columns; a time order already keeps what is later out of training. */
function columnConflicts({ data, split }: Experiment): ExperimentProblem[] {
  const hasColumns = data.source === "csv" || data.source === "parquet";
  const keys = (["group", "order"] as const).filter((key) => split[key] !== undefined);
  if (!hasColumns) {
    return keys.map((key) =>
      problem(
        ["split", key],
        `\`source: ${data.source}\` has no named columns to split by`,
        `leave \`${key}\` out, or take csv or parquet`,
      ),
    );
  }
  if (keys.length < 2) return [];
  return [problem(["split", "group"], "rows are split by `group` or by `order`", "leave one out")];
}

function alignmentConflicts(experiment: Experiment): ExperimentProblem[] {
  const { model, objective } = experiment;
  if (model.type === "alignment" && model.method === "contrastive") {
    return [...loneRows(experiment), ...coldStart(["model"], model)];
  }
  if (objective.alignment === undefined || hasOwnObjective(model.type)) return [];
  if (model.type !== "towers") {
    return [
      problem(
        ["objective", "alignment"],
        `\`model.type: ${model.type}\` embeds one modality, alignment needs two`,
        "take `type: towers` or leave alignment out",
      ),
    ];
  }
  const modalities = Object.keys(model.private);
  const alone =
    modalities.length < 2
      ? [
          problem(
            ["objective", "alignment"],
            `alignment needs two modalities, \`model.private\` has ${modalities.join(", ")}`,
            "add a modality or leave alignment out",
          ),
        ]
      : [];
  const { alignment } = objective;
  if (alignment.loss !== "squared_distance") {
    const start =
      alignment.loss === "info_nce" ? coldStart(["objective", "alignment"], alignment) : [];
    return [...alone, ...loneRows(experiment), ...start];
  }
  if (objective.loss !== "none") return alone;
  const message = "`squared_distance` alone is least where all samples become one point";
  const allowed = "name a `loss` beside it, or take an alignment that knows strangers";
  return [...alone, problem(["objective", "alignment", "loss"], message, allowed)];
}

/** Two parts and what keeps them apart come together. */
function separationConflicts({ model, objective }: Experiment): ExperimentProblem[] {
  if (hasOwnObjective(model.type)) return [];
  const isParted = model.type === "towers" && model.private_part !== undefined;
  if (isParted === (objective.separation !== undefined)) return [];
  return isParted
    ? [
        problem(
          ["model", "private_part"],
          "nothing is learned by a private part without `objective.separation`",
          "add `separation: {}` to the objective, or leave `private_part` out",
        ),
      ]
    : [
        problem(
          ["objective", "separation"],
          "the model has no private part to keep apart",
          "take `type: towers` with a `private_part`, or leave `separation` out",
        ),
      ];
}

/** Where a learned temperature of InfoNCE would start beyond its bound. */
function coldStart(
  path: ExperimentPath,
  { temperature, learn_temperature }: TemperedAlignment,
): ExperimentProblem[] {
  if (learn_temperature !== true || temperature >= 0.01) return [];
  const message = `a learned temperature stays at 0.01 or above, and is to start at ${temperature}`;
  return [problem([...path, "temperature"], message, "start it at 0.01 or above")];
}

function mapConflicts({ model }: Experiment): ExperimentProblem[] {
  if (model.type !== "alignment" || model.from !== model.to) return [];
  const message = `\`${model.to}\` cannot be mapped to itself`;
  return [problem(["model", "to"], message, "name another modality")];
}

/** A sample alone in its batch has no strangers. */
function loneRows({ training }: Experiment): ExperimentProblem[] {
  if (training.batch_size >= 2) return [];
  return [
    problem(
      ["training", "batch_size"],
      "with one sample in a batch the alignment loss is always 0",
      "allowed is 2 or more with alignment",
    ),
  ];
}

/** Teacher and student are two towers of the model, and so is who lacks labels. */
function transferConflicts({ model, objective }: Experiment): ExperimentProblem[] {
  const { transfer, labelled = {} } = objective;
  const towers = model.type === "towers" ? Object.keys(model.private) : [];
  const named: readonly (readonly [ExperimentPath, string])[] = [
    ...(transfer === undefined
      ? []
      : ([
          [["objective", "transfer", "from"], transfer.from],
          [["objective", "transfer", "to"], transfer.to],
        ] as const)),
    ...Object.keys(labelled).map((name) => [["objective", "labelled", name], name] as const),
  ];
  const problems = named
    .filter(([, name]) => !towers.includes(name))
    .map(([path, name]) =>
      problem(
        path,
        `the model has no tower \`${name}\``,
        towers.length === 0 ? "take `type: towers`" : `\`model.private\` has ${towers.join(", ")}`,
      ),
    );
  if (transfer === undefined || transfer.from !== transfer.to) return problems;
  const message = `\`${transfer.from}\` cannot teach itself`;
  return [...problems, problem(["objective", "transfer", "to"], message, "name another modality")];
}

/** A model either has an objective of its own, or takes the one of the file. */
function objectiveConflicts(experiment: Experiment): ExperimentProblem[] {
  const { model, objective } = experiment;
  if (hasOwnObjective(model.type) || objective.loss !== "none" || isOnlyAligned(experiment)) {
    return [];
  }
  const message = `\`model.type: ${model.type}\` has no objective of its own`;
  return [problem(["objective", "loss"], message, "name a loss, or for towers an alignment")];
}

/** Towers that learn to put the views of a sample next to each other, and nothing of classes. */
function isOnlyAligned({ model, objective }: Experiment): boolean {
  const { alignment, task, transfer } = objective;
  return (
    model.type === "towers" &&
    alignment !== undefined &&
    task === undefined &&
    transfer === undefined
  );
}

function operationConflicts({ weight_operations, training }: Experiment): ExperimentProblem[] {
  return weight_operations.flatMap((entry, index) => {
    const { after_epoch: after = training.epochs } = entry;
    const until = "until_epoch" in entry ? entry.until_epoch : undefined;
    const at = (key: string) => ["weight_operations", index, key];
    if (after > training.epochs) {
      const message = `there is no epoch ${after} in a training of ${training.epochs}`;
      return [problem(at("after_epoch"), message, `allowed is 0 to ${training.epochs}`)];
    }
    if (until === undefined || (until > after && until <= training.epochs)) return [];
    const message = `a fraction cannot rise from after epoch ${after} until epoch ${until} of ${training.epochs}`;
    return [problem(at("until_epoch"), message, "give `after_epoch` and a later epoch of the run")];
  });
}

function anchorConflicts({ penalty, transfer }: Experiment): ExperimentProblem[] {
  if (transfer !== undefined) return [];
  return penalty.flatMap(({ norm }, index) =>
    norm === "l2_sp"
      ? [
          problem(
            ["penalty", index, "norm"],
            "`l2_sp` pulls to transferred weights, and there is no `transfer`",
            "add `transfer: { from: … }`, or take l2",
          ),
        ]
      : [],
  );
}
