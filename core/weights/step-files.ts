/** Files of one training by the number in their names. */
export interface StepFiles {
  /** What the number counts, by the word before it: "step", "epoch". */
  readonly word: string;
  /** Ascending, two or more. */
  readonly steps: readonly { readonly step: number; readonly name: string }[];
}

/** Words before a number that tell how far a training had come. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["step", "step"],
  ["steps", "step"],
  ["iteration", "iteration"],
  ["iter", "iteration"],
  ["it", "iteration"],
  ["epoch", "epoch"],
  ["ep", "epoch"],
  ["round", "round"],
  ["checkpoint", "checkpoint"],
  ["ckpt", "checkpoint"],
  ["snapshot", "snapshot"],
]);

interface Parts {
  readonly texts: readonly string[];
  readonly numbers: readonly string[];
}

/**
 * The files among `names` that differ from `name` in their numbers alone, in the order of the last
 * number that counts something and tells them all apart; `undefined` where there is no other.
 *
 * `epoch=3-step=420.ckpt` goes with `epoch=4-step=560.ckpt`; parts of one model do not go together.
 */
export function stepFiles(name: string, names: readonly string[]): StepFiles | undefined {
  const own = partsOf(name);
  const alike = [...new Set([name, ...names])]
    .map((other) => ({ name: other, ...partsOf(other) }))
    .filter(({ texts }) => texts.join("\0") === own.texts.join("\0"));
  if (alike.length < 2) return undefined;
  for (let at = own.numbers.length - 1; at >= 0; at--) {
    const word = wordBefore(own.texts[at] ?? "");
    if (word === undefined) continue;
    const steps = alike.map((other) => ({ step: Number(other.numbers[at]), name: other.name }));
    const isDistinct = new Set(steps.map(({ step }) => step)).size === steps.length;
    const isSafe = steps.every(({ step }) => Number.isSafeInteger(step));
    if (isDistinct && isSafe) return { word, steps: steps.sort((a, b) => a.step - b.step) };
  }
  return undefined;
}

/** Texts around the numbers: one more than there are numbers. */
function partsOf(name: string): Parts {
  const pieces = name.split(/(\d+)/);
  return {
    texts: pieces.filter((_, index) => index % 2 === 0),
    numbers: pieces.filter((_, index) => index % 2 === 1),
  };
}

function wordBefore(text: string): string | undefined {
  const word = /([a-z]+)[-_=. ]*$/i.exec(text)?.[1]?.toLowerCase();
  return word === undefined ? undefined : WORDS.get(word);
}
