import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { argumentOf } from "./call-arguments.ts";
import { lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { partOfSplitName, type SplitPart } from "./split-words.ts";

/** What one of the results of a call is for, and which of the call's arrays it comes from. */
export interface PartOfCall {
  readonly part: SplitPart;
  readonly array: number;
}

/**
 * What a library's call gives at `path` of its result: 1 of `train_test_split(X)` are held-out
 * rows, 0 0 of `mnist.load_data()` the training images.
 */
export function partOfCall(
  call: CallExpression,
  path: readonly number[],
  program: PythonProgram,
): PartOfCall | undefined {
  const name = program.qualifiedName(call.callee);
  const [index] = path;
  if (index === undefined) return only(partOfLoader(call, name));
  if (name === "sklearn.model_selection.train_test_split") {
    return { part: index % 2 === 0 ? "train" : "heldOut", array: Math.floor(index / 2) };
  }
  if (name === "torch.utils.data.random_split") {
    return { part: index === 0 ? "train" : "heldOut", array: 0 };
  }
  if (name !== undefined && /^keras\.datasets\.\w+\.load_data$/.test(name)) {
    return { part: index === 0 ? "train" : "test", array: path[1] ?? 0 };
  }
  const splits = splitNames(call, program);
  const text = splits?.[path.at(-1) ?? 0];
  return text === undefined ? only(partOfLoader(call, name)) : only(partOfSplitName(text));
}

const only = (part: SplitPart | undefined): PartOfCall | undefined =>
  part === undefined ? undefined : { part, array: 0 };

/** `split=["train", "test"]`. */
function splitNames(call: CallExpression, program: PythonProgram): readonly string[] | undefined {
  const value = argumentOf(call, "split")?.value;
  const isLoader = /^(?:tensorflow_datasets\.load|datasets\.load_dataset)$/.test(
    program.qualifiedName(call.callee) ?? "",
  );
  if (!isLoader || (value?.kind !== "list" && value?.kind !== "tuple")) return undefined;
  return value.elements.map((element) => (element.kind === "string" ? (element.value ?? "") : ""));
}

/** Data sets that say which part they are: `CIFAR10(root, train=False)`, `load_dataset(…, split="test")`. */
function partOfLoader(call: CallExpression, name: string | undefined): SplitPart | undefined {
  if (!isDataSet(call, name)) return undefined;
  const isTorchvision = name?.startsWith("torchvision.datasets.") === true;
  const train = argumentOf(call, "train", isTorchvision ? 1 : undefined)?.value;
  if (train?.kind === "constant" && train.value === true) return "train";
  if (train?.kind === "constant" && train.value === false) return "test";
  const split = splitArgument(call);
  const text = split?.kind === "string" ? split.value : undefined;
  return text === undefined ? undefined : partOfSplitName(text);
}

function splitArgument(call: CallExpression): Expression | undefined {
  const argument = ["split", "subset", "image_set", "mode", "partition", "phase"]
    .map((key) => argumentOf(call, key))
    .find((given) => given !== undefined);
  return argument?.value;
}

/** Classes and loaders of data, whatever the library. */
function isDataSet(call: CallExpression, name: string | undefined): boolean {
  const id = lastName(call.callee) ?? "";
  return (
    /(?:data|dataset|datasets|loader|corpus|load)$/i.test(id) ||
    /(?:^|\.)(?:datasets?|data)\.|load_dataset$|^tensorflow_datasets\./.test(name ?? "") ||
    /^\w*(?:MNIST|CIFAR\d*|SVHN|ImageNet|Data|Dataset)\w*$/.test(id)
  );
}
