import { wordsOf } from "./identifier-words.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Kinds of training in which decay and overfitting mean something else than for a predictor. */
export type TrainingDomain =
  | "supervised"
  | "reinforcement learning"
  | "adversarial"
  | "variational"
  | "diffusion"
  | "style transfer"
  | "implicit representation"
  | "image restoration";

const LIBRARIES: readonly (readonly [RegExp, TrainingDomain])[] = [
  [
    /^(?:gym|gymnasium|stable_baselines3?|pettingzoo|dm_env|tianshou|rlax|minigrid)\b/,
    "reinforcement learning",
  ],
  [/^diffusers\b/, "diffusion"],
];

/** Each line is enough: for every group, one identifier with all of its words. */
const WORDS: readonly (readonly [groups: string, TrainingDomain])[] = [
  ["discriminator", "adversarial"],
  ["gan", "adversarial"],
  ["wgan", "adversarial"],
  ["dcgan", "adversarial"],
  ["net d & net g", "adversarial"],
  ["replay buffer", "reinforcement learning"],
  ["replay memory", "reinforcement learning"],
  ["actor & critic", "reinforcement learning"],
  ["policy & reward", "reinforcement learning"],
  ["policy & rewards", "reinforcement learning"],
  ["dqn", "reinforcement learning"],
  ["vae", "variational"],
  ["reparameterize", "variational"],
  ["reparametrize", "variational"],
  ["logvar", "variational"],
  ["kld", "variational"],
  ["ddpm", "diffusion"],
  ["diffusion", "diffusion"],
  ["alphas cumprod", "diffusion"],
  ["gram matrix", "style transfer"],
  ["style loss", "style transfer"],
  ["nerf", "implicit representation"],
  ["siren", "implicit representation"],
  ["super resolution", "image restoration"],
  ["upscale factor", "image restoration"],
  ["psnr", "image restoration"],
];

const known = new WeakMap<PythonProgram, TrainingDomain>();

/** What the document trains, by the libraries that it imports and the words of its names. */
export function trainingDomain(program: PythonProgram): TrainingDomain {
  const domain = known.get(program) ?? domainOf(program);
  known.set(program, domain);
  return domain;
}

function domainOf(program: PythonProgram): TrainingDomain {
  const { imports, ids: used, statements } = programIndex(program);
  for (const { module } of imports.flatMap((statement) => statement.names)) {
    const library = LIBRARIES.find(([pattern]) => pattern.test(module));
    if (library !== undefined) return library[1];
  }
  const defined = statements.flatMap(({ statement }) =>
    statement.kind === "function" || statement.kind === "class" ? [statement.name] : [],
  );
  const ids = new Set([...defined, ...used]);
  const words = [...ids].map((id) => new Set(wordsOf(id)));
  const hasGroup = (group: string) => {
    const needed = group.split(" ");
    return words.some((set) => needed.every((word) => set.has(word)));
  };
  return WORDS.find(([groups]) => groups.split(" & ").every(hasGroup))?.[1] ?? "supervised";
}
