import type { Penalty as PenaltyEntry } from "../../core/experiment/experiment.ts";
import type { ExperimentProblem } from "../../core/experiment/experiment-problem.ts";
import { evaluateLambda, type LambdaVariables } from "../../core/experiment/lambda.ts";
import type { RecordedPenalty } from "../../core/protocol/run-files.ts";
import { matchesGlob } from "./name-glob.ts";
import { countElements, type Parameter } from "./parameters.ts";
import { PENALTIES } from "./penalties.generated.ts";
import type { PenaltySetting, PenaltyTerm } from "./penalty.ts";
import { fixedStrength, type VariableStrength, variableStrength } from "./penalty-strength.ts";
import { recordedPenalty } from "./recorded-penalty.ts";

export interface PenaltyTerms {
  /** By parameter name; parameters without terms are left out. */
  readonly byParameter: ReadonlyMap<string, readonly PenaltyTerm[]>;
  /** One clause for each entry, in order: "0.001·‖w‖₁ on image.*". */
  readonly labels: readonly string[];
  /** Every entry that has a λ, evaluated; λ = 0 among them. */
  readonly evaluated: readonly RecordedPenalty[];
  /** The λ that may change, with what they fall on, by index of their entry. */
  readonly variable: ReadonlyMap<number, VariableLambda>;
  dispose(): void;
}

/** `terms` with the constraints that a model has by itself, by parameter name. */
export function withConstraints(
  terms: PenaltyTerms,
  constraints: ReadonlyMap<string, PenaltyTerm>,
): PenaltyTerms {
  const byParameter = new Map(terms.byParameter);
  for (const [name, constraint] of constraints) {
    byParameter.set(name, inOrder([...(byParameter.get(name) ?? []), constraint]));
  }
  return { ...terms, byParameter };
}

/** A λ that may change while training goes on. */
export interface VariableLambda {
  readonly strength: VariableStrength;
  /** Its terms by the name of the parameter that they fall on. */
  readonly terms: ReadonlyMap<string, PenaltyTerm>;
}

/** What penalties are made with. */
export interface PenaltyContext {
  readonly variables: Omit<LambdaVariables, "n">;
  /** Names of the parameters with transferred weights. */
  readonly transferred?: ReadonlySet<string>;
  /** Entries whose λ may change, by index. */
  readonly isVariable?: (index: number) => boolean;
}

/**
 * The penalties of an experiment on the parameters they fall on, each λ evaluated with the number
 * of elements it falls on as n.
 *
 * Without `on` an entry falls on all weights; with it, on the weights whose names match. Biases are
 * penalised only by a glob that ends in "bias", scalars only by their name. An entry whose λ is 0, and
 * stays so, has no term at all, so that training with it is training without it. `l2_sp` falls on
 * `transferred` parameters alone.
 */
export function penaltyTerms(
  entries: readonly PenaltyEntry[],
  parameters: readonly Parameter[],
  context: PenaltyContext,
): PenaltyTerms | { readonly problem: ExperimentProblem } {
  const byParameter = new Map<string, readonly PenaltyTerm[]>();
  const labels: string[] = [];
  const evaluated: RecordedPenalty[] = [];
  const variable = new Map<number, VariableLambda>();
  const overlap = overlappingGroups(entries, parameters);
  if (overlap !== undefined) return { problem: overlap };
  for (const [index, entry] of entries.entries()) {
    const made = entryTerms(entry, index, parameters, context);
    if ("problem" in made) return made;
    const { terms, lambda } = made;
    if ("lambda" in entry) evaluated.push(recordedPenalty(entry, made.value));
    labels.push(...terms.slice(0, 1).map(({ term }) => labelOn(term.label(), entry.on)));
    if (lambda !== undefined) variable.set(index, lambda);
    for (const { name, term } of terms) {
      byParameter.set(name, inOrder([...(byParameter.get(name) ?? []), term]));
    }
  }
  return {
    byParameter,
    labels,
    evaluated,
    variable,
    dispose() {
      for (const { strength } of variable.values()) strength.dispose();
      for (const term of [...byParameter.values()].flat()) term.dispose?.();
    },
  };
}

interface EntryTerms {
  /** λ to begin with. */
  readonly value: number;
  readonly terms: readonly { readonly name: string; readonly term: PenaltyTerm }[];
  /** Where the entry's λ may change. */
  readonly lambda?: VariableLambda;
}

function entryTerms(
  entry: PenaltyEntry,
  index: number,
  parameters: readonly Parameter[],
  { variables, transferred = new Set(), isVariable = () => false }: PenaltyContext,
): EntryTerms | { readonly problem: ExperimentProblem } {
  const candidates = candidatesOf(entry, parameters, transferred);
  const chosen = candidates.filter((parameter) => isChosen(entry.on, parameter));
  if (chosen.length === 0) return { problem: noMatch(index, entry.on ?? "*", candidates) };

  const given = "lambda" in entry ? entry.lambda : 1;
  const found = evaluateLambda(given, { ...variables, n: countElements(chosen) });
  if ("error" in found) return { problem: badLambda(index, found.error) };
  const changing = isVariable(index) ? variableStrength(found.value) : undefined;
  const { value } = found;
  if (changing === undefined && value === 0) return { value, terms: [] };

  const lambda = changing ?? fixedStrength(value);
  const terms = chosen.map(({ name, variable: start }) => {
    const setting = { lambda, samples: variables.m, start };
    return { name, term: termOf(entry, setting) };
  });
  if (changing === undefined) return { value, terms };
  return {
    value,
    terms,
    lambda: {
      strength: changing,
      terms: new Map(terms.map(({ name, term }) => [name, term])),
    },
  };
}

/** Only transferred parameters have weights to be pulled back to. */
function candidatesOf(
  { norm }: PenaltyEntry,
  parameters: readonly Parameter[],
  transferred: ReadonlySet<string>,
): readonly Parameter[] {
  return norm === "l2_sp" ? parameters.filter(({ name }) => transferred.has(name)) : parameters;
}

/** @throws {TypeError} If the schema allows a norm that no penalty is for. */
function termOf(entry: PenaltyEntry, setting: PenaltySetting): PenaltyTerm {
  const [term] = PENALTIES.flatMap((penalty) => penalty.term(entry, setting) ?? []);
  if (term === undefined) throw new TypeError(`Cannot penalise by ${entry.norm}`);
  return term;
}

const LEVELS: readonly PenaltyTerm["level"][] = [undefined, "group", "constraint"];

/** Maps of single weights first, then of groups, constraints last. */
function inOrder(terms: readonly PenaltyTerm[]): readonly PenaltyTerm[] {
  return terms.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

/**
 * Two group penalties that cut one tensor in different ways: their groups overlap, and one map after
 * the other is then no proximal map of their sum.
 */
function overlappingGroups(
  entries: readonly PenaltyEntry[],
  parameters: readonly Parameter[],
): ExperimentProblem | undefined {
  const cuts = new Map<string, string>();
  for (const [index, entry] of entries.entries()) {
    if (entry.norm !== "group_lasso") continue;
    for (const parameter of parameters.filter((one) => isChosen(entry.on, one))) {
      const other = cuts.get(parameter.name) ?? entry.groups;
      cuts.set(parameter.name, other);
      if (other === entry.groups) continue;
      return {
        path: ["penalty", index, "groups"],
        at: "value",
        message: `groups over ${entry.groups} of ${parameter.name} overlap those over ${other}`,
        allowed: "take one of them, or let `on` keep them apart",
      };
    }
  }
  return undefined;
}

function labelOn(label: string, on: string | undefined): string {
  return on === undefined ? label : `${label} on ${on}`;
}

function badLambda(index: number, message: string): ExperimentProblem {
  return { path: ["penalty", index, "lambda"], at: "value", message, allowed: "" };
}

function isChosen(on: string | undefined, { name, kind }: Parameter): boolean {
  if (kind === "scalar") return on === name;
  if (kind === "bias" && on?.endsWith("bias") !== true) return false;
  return matchesGlob(on ?? "*", name);
}

function noMatch(index: number, on: string, parameters: readonly Parameter[]): ExperimentProblem {
  const names = parameters.filter(({ kind }) => kind === "weight").map(({ name }) => name);
  return {
    path: ["penalty", index, "on"],
    at: "value",
    message: `\`${on}\` matches no parameter`,
    allowed: `weights are ${names.join(", ")}`,
  };
}
