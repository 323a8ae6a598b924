import type { Home } from "../project/imported-definition.ts";
import { isNormClass } from "../semantics/layer-parameters.ts";
import { programIndex } from "../semantics/program-index.ts";
import type { ClassStatement, Expression, Statement } from "../syntax/python/ast.ts";
import { calledBy } from "./called-definitions.ts";
import type { LayerPlace, PlacedClass } from "./class-bases.ts";
import { classWithBases, libraryBases } from "./class-bases.ts";
import { classMembers } from "./class-members.ts";
import { addedTo } from "./container-items.ts";
import { kerasRoots } from "./keras-roots.ts";
import type { MadeModule } from "./made-module.ts";
import { madeBy } from "./made-modules.ts";
import { isBareBase, type Maker, makersBelow } from "./match-path.ts";
import { isAnyName, matchesName, type NamePattern } from "./name-pattern.ts";
import { valuesOfName } from "./placed-values.ts";
import { statementsOf } from "./statements-of.ts";
import { type TargetChain, targetChain } from "./target-chain.ts";

/** Something that may be a whole model, so that names of parameters begin in it. */
export interface LayerRoot {
  /** Class or variable, as a person would call it. */
  readonly name: string;
  readonly home: Home;
  /** The code that makes what the steps name; none where this model has no such parameter. */
  makers(
    steps: readonly string[],
    /** The steps of all names that come from the same file. */
    all: readonly (readonly string[])[],
  ): readonly Maker[];
  /** True where it may have parameters that are not in sight. */
  readonly isOpen: boolean;
  /** False where no steps that begin with this one have makers; told without looking for them. */
  mayHave?(step: string): boolean;
}

/** The models that a document makes: classes of modules, containers that stand for themselves, models that are altered. */
export function layerRoots(home: Home): readonly LayerRoot[] {
  return [
    ...rootsIn(home.program.module.body, { home, around: [] }),
    ...instances(home),
    ...kerasRoots(home),
  ];
}

/** `Pair(ImageEncoder(), TextEncoder())`: what a call gives to the class tells more than the class. */
function instances(home: Home): readonly LayerRoot[] {
  return programIndex(home.program).calls.flatMap(({ call, name, within }) => {
    const isTelling = call.arguments.some(({ value }) => TELLING.has(value.kind));
    if (!/^_*[A-Z]/.test(name ?? "") || !isTelling) return [];
    const place = { home, around: within };
    return calledBy(call.callee, place).flatMap((called) =>
      called.kind === "class"
        ? classRoot(called.owner, { ...called.place, given: { call, place } })
        : [],
    );
  });
}

const TELLING: ReadonlySet<Expression["kind"]> = new Set(["call", "name", "list", "attribute"]);

function rootsIn(block: readonly Statement[], place: LayerPlace): readonly LayerRoot[] {
  const own = statementsOf(block).map(({ statement }) => statement);
  return [
    ...own.flatMap((statement) => rootsAt(statement, place)),
    ...alteredRoots(own.flatMap(alterationsOf), place),
  ];
}

function rootsAt(statement: Statement, place: LayerPlace): readonly LayerRoot[] {
  if (statement.kind === "class" || statement.kind === "function") {
    const own = statement.kind === "class" ? classRoot(statement, place) : [];
    return [...own, ...rootsIn(statement.body, { ...place, around: [...place.around, statement] })];
  }
  const isInClass = place.around.some(({ kind }) => kind === "class");
  return isInClass ? [] : containerRoots(statement, place);
}

/** Bases of what is no module. */
const OTHER_BASES =
  /(?:^|\.)(?:object|ABC|ABCMeta|Enum|IntEnum|StrEnum|Exception|\w+Error|NamedTuple|TypedDict|Protocol|Generic|Dataset|IterableDataset|Sampler|DataLoader|Optimizer|LRScheduler|_LRScheduler|Callback|TestCase|Thread|Function|dict|list|tuple|str|int|float|\w*Config|\w*Args)$/;

function classRoot(owner: ClassStatement, { home, given }: LayerPlace): readonly LayerRoot[] {
  const placed = { owner, place: { home, around: [], given } };
  const bases = libraryBases(placed);
  if (!bases.some((base) => !OTHER_BASES.test(base))) return [];
  const made: MadeModule = { kind: "class", ...placed, span: owner.nameSpan, home };
  const isOpen =
    bases.some((base) => !isBareBase(base) && !OTHER_BASES.test(base)) ||
    classMembers(placed).some(({ name }) => isAnyName(name));
  return [
    {
      name: owner.name,
      home,
      isOpen,
      mayHave: firstSteps(placed, bases),
      // That a base may have it says nothing about this class.
      makers: (steps) => makersBelow(made, steps).filter(({ span }) => span !== owner.nameSpan),
    },
  ];
}

/** Whether a class or a base in sight gives a member of that name to its objects, or a library's class may. */
function firstSteps(
  { owner, place }: PlacedClass,
  bases: readonly string[],
): (step: string) => boolean {
  const inLibrary = bases.some((base) => /^torch\.nn\./.test(base) && !isBareBase(base));
  if (inLibrary || bases.some(isNormClass)) return () => true;
  let names: readonly NamePattern[] | undefined;
  const answers = new Map<string, boolean>();
  return (step) => {
    names ??= classWithBases(owner, place)
      .flatMap((base) => classMembers(base).map(({ name }) => name))
      .filter((name) => !isAnyName(name));
    const answer = answers.get(step) ?? names.some((name) => matchesName(name, step));
    answers.set(step, answer);
    return answer;
  };
}

/** `net = nn.Sequential(…)`, `return nn.Sequential(…)` */
function containerRoots(statement: Statement, place: LayerPlace): readonly LayerRoot[] {
  const isValue = statement.kind === "assign" || statement.kind === "return";
  const value = isValue ? statement.value : undefined;
  if (value?.kind !== "call") return [];
  const target = statement.kind === "assign" ? statement.targets[0] : undefined;
  const owner = place.around.at(-1);
  const id = target?.kind === "name" ? target.id : undefined;
  return madeBy(value, place).flatMap((made): readonly LayerRoot[] => {
    // What a function elsewhere returns is found there.
    if (made.kind !== "container" || made.span !== value.span) return [];
    const items = id === undefined ? made.items : [...made.items, ...addedTo(id, place)];
    return [
      {
        name: id ?? (owner?.kind === "function" ? owner.name : "Sequential"),
        home: place.home,
        isOpen: false,
        makers: (steps) => makersBelow({ ...made, items }, steps),
      },
    ];
  });
}

interface Alteration {
  readonly chain: TargetChain;
  readonly value: Expression;
}

/** `model.fc = nn.Linear(…)`, `model.classifier[6] = …` */
function alterationsOf(statement: Statement): readonly Alteration[] {
  if (statement.kind !== "assign" || statement.value?.kind !== "call") return [];
  const { value } = statement;
  return statement.targets.flatMap((target) => {
    const chain = targetChain(target);
    const isPart = chain !== undefined && chain.steps.length > 0 && chain.base.id !== "self";
    return isPart ? [{ chain, value }] : [];
  });
}

function alteredRoots(alterations: readonly Alteration[], place: LayerPlace): readonly LayerRoot[] {
  const ids = new Set(alterations.map(({ chain }) => chain.base.id));
  return [...ids].flatMap((id) =>
    alteredRoot(
      alterations.filter(({ chain }) => chain.base.id === id),
      place,
    ),
  );
}

function alteredRoot(alterations: readonly Alteration[], place: LayerPlace): readonly LayerRoot[] {
  const layers = alterations.filter(({ value }) =>
    madeBy(value, place).some(({ kind }) => kind === "layer" || kind === "container"),
  );
  const [first] = layers;
  if (first === undefined) return [];
  const { base } = first.chain;
  return [
    {
      name: base.id,
      home: place.home,
      isOpen: true,
      makers(steps) {
        const set = layers.filter(({ chain }) =>
          chain.steps.every((pattern, index) => matchesName(pattern, steps[index] ?? "")),
        );
        if (set.length > 0) {
          return set.flatMap(({ chain, value }) =>
            madeBy(value, place).flatMap((made) =>
              makersBelow(made, steps.slice(chain.steps.length)),
            ),
          );
        }
        return valuesOfName(base, place)
          .flatMap(({ value, place: there }) => madeBy(value, there))
          .flatMap((made) => makersBelow(made, steps));
      },
    },
  ];
}
