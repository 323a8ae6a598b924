import { defineRule, type Fix } from "../../engine/rule.ts";
import type { OptimizerFact } from "../../facts/optimizer.ts";
import { type Home, importedDefinition } from "../../project/imported-definition.ts";
import { relatedIn } from "../../project/related-in.ts";
import { knownNumber } from "../../semantics/call-arguments.ts";
import { appendArgument, newImport } from "../../semantics/insertions.ts";
import { decaysAll, partitionsParameters } from "../../semantics/jax-decay.ts";
import { isNormClass } from "../../semantics/layer-parameters.ts";
import { type CallSite, programIndex } from "../../semantics/program-index.ts";

/** A decay this small moves nothing that matters. */
const LEAST_DECAY = 1e-4;

export const optaxDecayWithoutMask = defineRule({
  code: "NL402",
  name: "optax-decay-without-mask",
  family: "placement",
  severity: "hint",
  preview: false,
  mentions: [["optax"], ["adamw", "adamaxw", "lion", "adan", "lamb", "add_decayed_weights"]],
  on: "optimizer",
  docs: {
    language: "python",
    what: "Notes an optax optimizer that decays every parameter of a model with normalisation layers, because it has no `mask`.",
    why: "`mask=None` decays all: the scales of the norms, which start at 1, and the biases are pulled to 0 with the kernels, although they need no smoothing.",
    bad: [
      "import flax.linen as nn",
      "import jax",
      "import optax",
      "",
      "class Encoder(nn.Module):",
      "    @nn.compact",
      "    def __call__(self, x):",
      "        return nn.Dense(10)(nn.LayerNorm()(x))",
      "",
      "tx = optax.adamw(1e-3, weight_decay=0.1)",
      "",
    ].join("\n"),
    good: [
      "import flax.linen as nn",
      "import jax",
      "import optax",
      "",
      "class Encoder(nn.Module):",
      "    @nn.compact",
      "    def __call__(self, x):",
      "        return nn.Dense(10)(nn.LayerNorm()(x))",
      "",
      "tx = optax.adamw(1e-3, weight_decay=0.1, mask=lambda ps: jax.tree.map(lambda x: x.ndim > 1, ps))",
      "",
    ].join("\n"),
    limits:
      "One report a file. The norms have to be in the same file or in a class that it imports from the workspace. Silent for decay up to 1e-4 and for the default, and where `masked`, `multi_transform` or `inject_hyperparams` may handle it.",
    references: ["https://optax.readthedocs.io/en/latest/api/optimizers.html#optax.adamw"],
  },

  *check(optimizer, { document, facts }) {
    if (facts("optimizer").find((other) => largeDecay(other) !== undefined) !== optimizer) return;
    const { program, span } = optimizer;
    const decay = largeDecay(optimizer);
    if (decay === undefined || partitionsParameters(program)) return;
    const home = { program, path: document.path, project: document.project };
    const norm = normIn(home);
    if (norm === undefined) return;
    yield {
      span: optimizer.addedDecay?.callee.span ?? span,
      message: `Weight decay ${decay} has no \`mask\`: it also shrinks the scales of \`${norm.site.name ?? "norms"}\` and all biases.`,
      related: [relatedIn(norm.site.call.span, norm.home, home, "This norm decays as well.")],
      fixes: maskFix(optimizer),
    };
  },
});

function largeDecay(optimizer: OptimizerFact): number | undefined {
  const decay = knownNumber(optimizer.weightDecay)?.value;
  const isLarge = decay !== undefined && decay > LEAST_DECAY && optimizer.coupling === "decoupled";
  return isLarge && decaysAll(optimizer) ? decay : undefined;
}

interface FoundNorm {
  readonly site: CallSite;
  readonly home: Home;
}

/** A norm of flax, equinox or haiku in the document, or in a class that it imports. */
function normIn(home: Home): FoundNorm | undefined {
  const here = normCall(home);
  if (here !== undefined) return here;
  for (const { names } of programIndex(home.program).imports) {
    for (const { module, name } of names) {
      const found = name === undefined ? undefined : importedDefinition(`${module}.${name}`, home);
      const norm = found === undefined ? undefined : normCall(found.home);
      if (norm !== undefined) return norm;
    }
  }
  return undefined;
}

function normCall(home: Home): FoundNorm | undefined {
  const site = programIndex(home.program).calls.find(
    ({ qualifiedName }) =>
      qualifiedName !== undefined &&
      /^(?:flax|equinox|haiku)\./.test(qualifiedName) &&
      isNormClass(qualifiedName),
  );
  return site === undefined ? undefined : { site, home };
}

function maskFix({ call, addedDecay, program }: OptimizerFact): readonly Fix[] {
  const decay = addedDecay ?? call;
  if (decay === undefined) return [];
  const hasJax = programIndex(program).imports.some(({ names }) =>
    names.some(({ module, name, alias }) => module === "jax" && !name && !alias),
  );
  const mask = "mask=lambda ps: jax.tree.map(lambda x: x.ndim > 1, ps)";
  const edits = [appendArgument(decay, mask, program.module.text)];
  const imports = hasJax ? [] : [newImport(program, "import jax", decay.span.start)];
  return [{ title: "Decay matrices only", safety: "suggestion", edits: [...imports, ...edits] }];
}
