import { defineRule, type Fix } from "../../engine/rule.ts";
import type { OptaxChainFact } from "../../facts/optax-chain.ts";
import { argumentOf, knownNumber, numberArgument } from "../../semantics/call-arguments.ts";
import { type ChainElement, isNegative } from "../../semantics/optax-chain.ts";

export const optaxDecayAfterLrScaling = defineRule({
  code: "NL501",
  name: "optax-decay-after-lr-scaling",
  family: "optimizer",
  severity: "error",
  preview: false,
  mentions: [["add_decayed_weights"], ["chain"]],
  on: "optaxChain",
  docs: {
    language: "python",
    what: "Finds `optax.add_decayed_weights` after a transformation of the same chain that has already multiplied the update by −lr.",
    why: "An update is added to the weights, so decay · w must be turned around by −lr like a gradient. After that point it is added as it is: every step multiplies the weights by 1 + decay, whatever the learning rate, and they grow exponentially.",
    bad: [
      "import optax",
      "",
      "tx = optax.chain(optax.sgd(1e-2, 0.9), optax.add_decayed_weights(1e-4))",
      "",
    ].join("\n"),
    good: [
      "import optax",
      "",
      "tx = optax.chain(optax.add_decayed_weights(1e-4), optax.sgd(1e-2, 0.9))",
      "",
    ].join("\n"),
    limits:
      "Looks through names, inner chains, `masked` and `inject_hyperparams`. Silent when a later part of the chain may change the sign, when the decay is 0 or negative, and after transformations that it does not know.",
    references: [
      "optax manual, optax.add_decayed_weights and optax.chain",
      "Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2",
    ],
  },

  *check(chain) {
    const { elements, program } = chain;
    const at = elements.findIndex(({ role }) => role === "decay");
    const decay = elements[at];
    const turned = elements.slice(0, at).findLast(isTurning);
    if (decay?.call === undefined || turned === undefined) return;
    if (elements.slice(at + 1).some(mayTurn) || isOff(decay, chain)) return;
    const name = nameOf(turned);
    const number = knownNumber(numberArgument(decay.call, "weight_decay", 0, program));
    const factor = number === undefined ? "1 + decay" : String(1 + number.value);
    yield {
      span: decay.span,
      message: `The decay comes after \`${name}\` has multiplied by −lr, so it is added instead of subtracted: weights grow by a factor of ${factor} in every step.`,
      related: [{ span: turned.span, message: "The sign is turned around here." }],
      fixes: fixesOf(turned, decay, chain),
    };
  },
});

const isTurning = ({ role }: ChainElement) => role === "optimizer" || role === "negative rate";
const mayTurn = (element: ChainElement) =>
  isTurning(element) || element.role === "scale" || element.role === "unknown";

const nameOf = ({ qualifiedName }: ChainElement) =>
  qualifiedName?.slice(qualifiedName.lastIndexOf(".") + 1) ?? "";

/** A decay of zero does nothing here, a negative one is meant as it stands. */
function isOff({ call }: ChainElement, { program }: OptaxChainFact): boolean {
  const given = call && argumentOf(call, "weight_decay", 0)?.value;
  if (given === undefined) return true;
  const number = call && knownNumber(numberArgument(call, "weight_decay", 0, program));
  return (number !== undefined && number.value <= 0) || isNegative(given, program);
}

/** Decay before SGD is L2, which is what was meant; before Adam it is something else again. */
function fixesOf(turned: ChainElement, decay: ChainElement, { program }: OptaxChainFact): Fix[] {
  if (turned.argument === undefined || decay.argument === undefined) return [];
  const { text } = program.module;
  const [a, b] = [turned.argument.span, decay.argument.span];
  const isExact = turned.qualifiedName === "optax.sgd" || turned.role === "negative rate";
  return [
    {
      title: `Decay before \`${nameOf(turned)}\``,
      safety: isExact ? "safe" : "unsafe",
      edits: [
        { span: { start: a.start, end: a.start }, newText: `${text.slice(b.start, b.end)}, ` },
        { span: { start: endBefore(b.start, text), end: b.end }, newText: "" },
      ],
    },
  ];
}

/** Where the argument before an argument ends, its comma and line break left out. */
function endBefore(start: number, text: string): number {
  const before = text.slice(0, start).trimEnd();
  return before.endsWith(",") ? before.length - 1 : start;
}
