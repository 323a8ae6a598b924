import { byText } from "../syntax/by-text.ts";
import type { CodeText } from "../syntax/code-text.ts";
import { byName } from "./by-name.ts";
import { wordsOf } from "./identifier-words.ts";

/** What a part of the data is for. `heldOut`: not for training, and nothing says more. */
export type SplitPart = "train" | "validation" | "test" | "heldOut";

const TRAIN = new Set([
  "train",
  "training",
  "trn",
  "tr",
  "trainset",
  "trainloader",
  "traindata",
  "xtrain",
  "ytrain",
  "xtr",
  "ytr",
]);
const VALIDATION = new Set([
  "val",
  "valid",
  "validation",
  "dev",
  "validate",
  "vld",
  "valset",
  "valloader",
  "validset",
  "validloader",
  "devset",
  "xval",
  "yval",
  "xvalid",
  "yvalid",
]);
const TEST = new Set([
  "test",
  "testing",
  "te",
  "tst",
  "testset",
  "testloader",
  "testdata",
  "xtest",
  "ytest",
  "xte",
  "yte",
]);

const partOfWord = (word: string): SplitPart | undefined =>
  TRAIN.has(word)
    ? "train"
    : VALIDATION.has(word)
      ? "validation"
      : TEST.has(word)
        ? "test"
        : undefined;

/** The part that an identifier names: `X_test` the test part; `train_test` and `x` none. */
export const partOfName: (id: string) => SplitPart | undefined = byName((id) => {
  const parts = new Set(wordsOf(id).flatMap((word) => partOfWord(word) ?? []));
  const [only] = parts;
  // `train_val` is what is left after the test part was taken away.
  if (parts.size === 2 && parts.has("train") && parts.has("validation")) return "train";
  return parts.size === 1 ? only : undefined;
});

/** The part that a `split=` string names: `"train[:80%]"`, `"test"`. */
export function partOfSplitName(text: string): SplitPart | undefined {
  const name = text.split(/[[+]/)[0]?.trim().toLowerCase() ?? "";
  const isWhole = !text.includes("[");
  // A slice of the training rows may serve as anything.
  if (name === "train" || name === "training") return isWhole ? "train" : undefined;
  return partOfName(name);
}

/** Whether something in a code says that it is the test part, told without parsing it. */
export function namesTestPart(code: CodeText): boolean {
  return code.parts.some((text) => namesTest(text, code));
}

const TEST_PART =
  /(?:^|[^a-zA-Z])(?:[xy]?_?te|tst|testing|testset|testloader|testdata|[xy]?_?test)(?![a-z])|[a-z]Test|train ?= ?False/m;
const namesTest = byText((text) => TEST_PART.test(text));
