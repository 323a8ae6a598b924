import { importedDefinition } from "../project/imported-definition.ts";
import { inside, ownerOf, type Place } from "../semantics/model-origin.ts";
import type {
  CallExpression,
  ClassStatement,
  Expression,
  FunctionStatement,
} from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions, statementsIn } from "../syntax/python/walk.ts";

/** Where code stands, with what `self` is there: it may be of a class derived from the one around. */
export interface LayerPlace extends Place {
  readonly self?: PlacedClass | undefined;
  readonly given?: { readonly call: CallExpression; readonly place: LayerPlace } | undefined;
}

/** A class of the workspace; `place.given` is the call that fills its constructor. */
export interface PlacedClass {
  readonly owner: ClassStatement;
  readonly place: LayerPlace;
}

/** The class that `self` is of. */
export function selfClass({ self, ...place }: LayerPlace): PlacedClass | undefined {
  if (self !== undefined) return self;
  const owner = ownerOf(place.around);
  return owner === undefined ? undefined : { owner, place: { ...place, around: [] } };
}

/** The place of an expression in a method of a class. */
export function insideClass({ owner, place }: PlacedClass, node: Expression): LayerPlace {
  const there = inside(owner, place, node);
  const { given } = place;
  const isBuilding = "given" in there && there.given !== undefined;
  return {
    home: there.home,
    around: there.around,
    self: place.self ?? { owner, place },
    ...(isBuilding && given !== undefined ? { given } : {}),
  };
}

/** A base that a library defines, by its qualified name. */
export interface LibraryBase {
  readonly library: string;
}

const MOST_BASES = 8;

export function basesOf({ owner, place }: PlacedClass): readonly (PlacedClass | LibraryBase)[] {
  const given = superCall({ owner, place });
  return owner.bases.flatMap(({ name, value }): (PlacedClass | LibraryBase)[] => {
    if (name !== undefined) return [];
    const found = classNamed(value, place);
    if (found === undefined) return [{ library: "" }];
    if ("library" in found) return [found];
    if (found.owner === owner) return [];
    const self = place.self ?? { owner, place };
    return [{ owner: found.owner, place: { ...found.place, given, self } }];
  });
}

function classNamed(node: Expression, { home }: Place): PlacedClass | LibraryBase | undefined {
  const { program } = home;
  const name = program.qualifiedName(node);
  if (name !== undefined) {
    const found = importedDefinition(name, home);
    if (found?.statement.kind === "class") {
      return { owner: found.statement, place: { home: found.home, around: [] } };
    }
    return { library: name };
  }
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  if (definition?.kind === "defined" && definition.statement.kind === "class") {
    return { owner: definition.statement, place: { home, around: [] } };
  }
  return node.kind === "name" && program.isUnbound(node) ? { library: node.id } : undefined;
}

/** `super().__init__(…)` of the constructor, where it stands. */
export function superCall({ owner, place }: PlacedClass): LayerPlace["given"] {
  const found = ownSuperCall(owner);
  // Without a constructor of its own the class passes on what it is given.
  if (found === "inherited") return place.given;
  const { call } = found;
  return call === undefined ? undefined : { call, place: insideClass({ owner, place }, call) };
}

type OwnSuperCall = "inherited" | { readonly call: CallExpression | undefined };

/** Every name of a layer asks every class. */
const superCalls = new WeakMap<ClassStatement, OwnSuperCall>();

function ownSuperCall(owner: ClassStatement): OwnSuperCall {
  const known = superCalls.get(owner);
  if (known !== undefined) return known;
  const init = owner.body.find(
    (statement): statement is FunctionStatement =>
      statement.kind === "function" && statement.name === "__init__",
  );
  const found: OwnSuperCall =
    init === undefined
      ? "inherited"
      : {
          call: statementsIn(init.body)
            .flatMap((statement) => ownExpressions(statement))
            .flatMap((expression) => expressionsIn(expression))
            .find((node): node is CallExpression => node.kind === "call" && isSuper(node)),
        };
  superCalls.set(owner, found);
  return found;
}

const isSuper = ({ callee }: CallExpression): boolean =>
  callee.kind === "attribute" &&
  callee.attribute === "__init__" &&
  callee.value.kind === "call" &&
  callee.value.callee.kind === "name" &&
  callee.value.callee.id === "super";

/** The class, then its bases in the order in which Python looks at them, as far as they are in sight. */
export function classWithBases(
  owner: ClassStatement,
  place: LayerPlace,
  depth = MOST_BASES,
): readonly PlacedClass[] {
  const own = { owner, place };
  if (depth === 0) return [own];
  const bases = basesOf(own).flatMap((base) =>
    "library" in base ? [] : classWithBases(base.owner, base.place, depth - 1),
  );
  return [own, ...bases];
}

/** The libraries' classes that a class is derived from; "" for a base that cannot be told. */
export function libraryBases(placed: PlacedClass, depth = MOST_BASES): readonly string[] {
  if (depth === 0) return [];
  return basesOf(placed).flatMap((base) =>
    "library" in base ? [base.library] : libraryBases(base, depth - 1),
  );
}
