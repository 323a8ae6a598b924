import { lineAt } from "./edits.ts";
import type { Change, Source } from "./mutator.ts";

/** What a training loop calls its things. */
export interface LoopNames {
  readonly loss: string;
  readonly model: string;
}

/** A file that imports PyTorch. */
export const TORCH = /^import torch|^from torch\b/m;

export const TORCH_LOOP = /\.backward\(\)/;

/** A loop as it is written everywhere; what it is called in the examples. */
export const EXAMPLE_LOOP = [
  "import torch",
  "from torch import nn",
  "def train(model, loader, optimizer, criterion):",
  "    for x, y in loader:",
  "        output = model(x)",
  "        loss = criterion(output, y)",
  "        optimizer.zero_grad()",
  "        loss.backward()",
  "        optimizer.step()",
  "",
].join("\n");

const BACKWARD = /^( *)(\w*loss)\.backward\(\) *$/gm;
/** Trainings whose losses are no sums of a data loss and a penalty. */
const OTHER_DOMAIN = /reward|discriminator|generator|\bgan\b/i;
/** So far above the backward pass the model is called. */
const REACH = 1500;

/** Where a penalty may be added to the loss of a model: in front of its backward pass. */
export function inLoop(by: (names: LoopNames, source: Source) => readonly string[] | undefined) {
  return (source: Source): readonly Change[] | undefined => {
    for (const { index, 1: indent = "", 2: loss = "" } of source.code.matchAll(BACKWARD)) {
      const before = source.code.slice(Math.max(0, index - REACH), index);
      const model = [...before.matchAll(/[ (](\w*model|net|self\.model|self\.net)\(/g)].at(-1)?.[1];
      if (model === undefined || OTHER_DOMAIN.test(source.code)) continue;
      const lines = by({ loss, model }, source);
      if (lines === undefined) continue;
      const { start } = lineAt(source.code, index);
      return [{ start, end: start, newText: lines.map((line) => `${indent}${line}\n`).join("") }];
    }
    return undefined;
  };
}
