import type { LayerRoot } from "./layer-roots.ts";
import type { Maker } from "./match-path.ts";
import { type ParameterPath, parameterPaths } from "./parameter-path.ts";

/** Code that makes a layer, with the model whose parameter it would be. */
export interface LayerMaker extends Maker {
  readonly model: string;
}

export interface LocatedLayer {
  readonly name: string;
  /** None where no model in sight has it, several where it cannot be told which one is meant. */
  readonly makers: readonly LayerMaker[];
}

/** More names say nothing more about which model a file is of. */
const MOST_WITNESSES = 3000;

/**
 * The code that makes each of `names`. `all` are the names that come from the same file or run: a
 * model wholly in sight that lacks one of them is not the model meant, as long as another has them all.
 */
export function locateLayers(
  roots: readonly LayerRoot[],
  names: readonly string[],
  all: readonly string[],
): readonly LocatedLayer[] {
  const paths = new Map(
    [...new Set([...names, ...all.slice(0, MOST_WITNESSES)])].map((name) => [
      name,
      parameterPaths(name),
    ]),
  );
  const witnesses = [...paths.values()];
  const makersOf = remembered(witnesses.map(([whole]) => whole?.steps ?? []));
  const refuted = new Map<string, boolean>();
  const isRefuted = (root: LayerRoot, index: number, prefix: string): boolean => {
    if (root.isOpen) return false;
    const key = `${index} ${prefix}`;
    const known = refuted.get(key);
    if (known !== undefined) return known;
    const result = witnesses.some((candidates) => {
      const path = candidates.find((candidate) => candidate.prefix === prefix);
      return path !== undefined && makersOf(root, path.steps).length === 0;
    });
    refuted.set(key, result);
    return result;
  };
  const tensors = new Set(all);
  return names.map((name) => {
    for (const path of paths.get(name) ?? []) {
      const found = candidatesFor(path, roots, makersOf).filter(
        // The name of a tensor cannot be that of a whole module.
        ({ makers }) => !tensors.has(name) || makers.some(({ isModule }) => isModule !== true),
      );
      if (found.length === 0) continue;
      const held = found.filter(({ root, index }) => !isRefuted(root, index, path.prefix));
      return { name, makers: distinct(held.length > 0 ? held : found) };
    }
    return { name, makers: [] };
  });
}

interface Candidate {
  readonly root: LayerRoot;
  readonly index: number;
  readonly makers: readonly Maker[];
}

type MakersOf = (root: LayerRoot, steps: readonly string[]) => readonly Maker[];

function remembered(all: readonly (readonly string[])[]): MakersOf {
  const known = new Map<LayerRoot, Map<string, readonly Maker[]>>();
  return (root, steps) => {
    const [first] = steps;
    if (first !== undefined && root.mayHave?.(first) === false) return [];
    const own = known.get(root) ?? new Map<string, readonly Maker[]>();
    known.set(root, own);
    const key = steps.join(".");
    const makers = own.get(key) ?? root.makers(steps, all);
    own.set(key, makers);
    return makers;
  };
}

function candidatesFor(
  { steps }: ParameterPath,
  roots: readonly LayerRoot[],
  makersOf: MakersOf,
): readonly Candidate[] {
  return roots.flatMap((root, index) => {
    const makers = makersOf(root, steps);
    return makers.length === 0 ? [] : [{ root, index, makers }];
  });
}

/**
 * Each place once. A module that merely holds the layer is only told where nobody in sight makes it.
 */
function distinct(candidates: readonly Candidate[]): readonly LayerMaker[] {
  const isExact = ({ makers }: Candidate) => makers.some(({ isAround }) => !isAround);
  const hasExact = candidates.some(isExact);
  const places = new Map<string, LayerMaker>();
  for (const candidate of candidates) {
    // Of one model all are told: where a holder is among them the code leaves it open.
    if (hasExact && !isExact(candidate)) continue;
    for (const maker of candidate.makers) {
      const key = `${maker.home.path} ${maker.span.start}`;
      if (!places.has(key)) places.set(key, { ...maker, model: candidate.root.name });
    }
  }
  return [...places.values()];
}
