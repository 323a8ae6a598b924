import { byName } from "./by-name.ts";
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

/** Groups of words, each once; a line of {@link WORDS} needs all of its own. */
const GROUPS = [...new Set(WORDS.flatMap(([groups]) => groups.split(" & ")))];

/** Which of the groups an identifier has all words of; most have none. */
const groupsOf = byName((id): readonly string[] => {
  const words = new Set(wordsOf(id));
  return GROUPS.filter((group) => group.split(" ").every((word) => words.has(word)));
});

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
  const present = new Set([...defined, ...used].flatMap(groupsOf));
  const isMet = (groups: string) => groups.split(" & ").every((group) => present.has(group));
  return WORDS.find(([groups]) => isMet(groups))?.[1] ?? "supervised";
}
