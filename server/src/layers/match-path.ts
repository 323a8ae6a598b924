import type { Span } from "../../../core/protocol/span.ts";
import type { Home } from "../project/imported-definition.ts";
import type { Expression } from "../syntax/python/ast.ts";
import { basesOf, insideClass, libraryBases, type PlacedClass, superCall } from "./class-bases.ts";
import { type ClassMember, classMembers, isSelf, methodBodies } from "./class-members.ts";
import { additions, itemsOfCall } from "./container-items.ts";
import { kerasLeaves } from "./keras-leaves.ts";
import { type Item, type MadeModule, namedItems } from "./made-module.ts";
import { madeBy } from "./made-modules.ts";
import { isAnyName, matchesName } from "./name-pattern.ts";
import { torchLeaves } from "./torch-leaves.ts";
import { newTrail, type Trail } from "./trail.ts";

/** Code that makes a tensor, or the module that holds it where that comes from elsewhere. */
export interface Maker {
  readonly span: Span;
  readonly home: Home;
  /** True where only a module around it is in sight: the layer is made elsewhere. */
  readonly isAround: boolean;
  /** True where the name leads to a module as a whole, and to none of its tensors. */
  readonly isModule?: boolean;
}

/** The code that makes what `steps` name below a module; several where the code has branches. */
export function makersBelow(
  made: MadeModule,
  steps: readonly string[],
  fuel = newTrail().fuel,
): readonly Maker[] {
  const own: Maker = { span: made.span, home: made.home, isAround: false };
  const [step, ...rest] = steps;
  if (step === undefined) {
    const isTensor = made.kind === "parameter" || made.kind === "unknown";
    return [isTensor ? own : { ...own, isModule: true }];
  }
  fuel.left -= 1;
  if (fuel.left < 0) return [{ ...own, isAround: true }];
  switch (made.kind) {
    case "parameter":
      return [];
    case "unknown":
      return [{ ...own, isAround: true }];
    case "layer": {
      const { className, call, place } = made;
      const [copied] = call.arguments;
      if (COPIERS.test(className) && step === "layers" && copied !== undefined) {
        return madeBy(copied.value, place, newTrail(fuel)).flatMap((layer) =>
          makersBelow(layer, rest.slice(1), fuel),
        );
      }
      const leaves = torchLeaves(className, call) ?? kerasLeaves(className, call);
      if (leaves === undefined) return [{ ...own, isAround: true }];
      return leaves.test(steps.join(".")) ? [own] : [];
    }
    case "container":
      return makersOfItems(made.items, steps, fuel);
    case "class":
      return makersInClass(made, own, steps, fuel);
  }
}

/** An item whose name is not written may be the one meant, and may be any other. */
function makersOfItems(
  items: readonly Item[],
  [step = "", ...rest]: readonly string[],
  fuel: Trail["fuel"],
): readonly Maker[] {
  return namedItems(items)
    .filter(({ name }) => matchesName(name, step))
    .flatMap(({ name, item }) => {
      const makers = makersOf(item, rest, fuel);
      return isAnyName(name) ? makers.map((maker) => ({ ...maker, isAround: true })) : makers;
    });
}

/** Layers that consist of copies of their first argument. */
const COPIERS = /^torch\.nn\.Transformer(?:En|De)coder$/;

function makersOf(
  { value, place }: Item,
  steps: readonly string[],
  fuel: Trail["fuel"],
): readonly Maker[] {
  return madeBy(value, place, newTrail(fuel)).flatMap((made) => makersBelow(made, steps, fuel));
}

function makersInClass(
  made: PlacedClass,
  own: Maker,
  steps: readonly string[],
  fuel: Trail["fuel"],
): readonly Maker[] {
  const members = makersOfMembers(made, steps, fuel);
  if (members !== undefined) return members;
  return libraryBases(made).flatMap((base) => makersInBase(base, made, own, steps, fuel));
}

/**
 * By what a class itself and its bases give to their objects; `undefined` where none of it has that
 * name. What a class sets in any case replaces what its bases do, and what it sets inside a part
 * replaces that of the part.
 */
function makersOfMembers(
  placed: PlacedClass,
  steps: readonly string[],
  fuel = newTrail().fuel,
): readonly Maker[] | undefined {
  fuel.left -= 1;
  if (fuel.left < 0) return undefined;
  const members = classMembers(placed).filter((member) => leadsTo(member, steps));
  const inner = members.filter(({ below }) => below.length > 0);
  const found = inner.flatMap((member) => makersOfMember(member, placed, steps, fuel));
  if (inner.some(({ item }) => !item.isSometimes)) return found;
  const outer = members.filter(({ below }) => below.length === 0);
  const own = [...found, ...outer.flatMap((member) => makersOfMember(member, placed, steps, fuel))];
  if (outer.some(({ item }) => !item.isSometimes)) return own;
  const inherited = basesOf(placed).flatMap((base) => {
    const there = "library" in base ? undefined : makersOfMembers(base, steps, fuel);
    return there === undefined ? [] : [there];
  });
  return members.length === 0 && inherited.length === 0 ? undefined : [...own, ...inherited.flat()];
}

function leadsTo({ name, below }: ClassMember, steps: readonly string[]): boolean {
  const patterns = [name, ...below];
  return (
    !isAnyName(name) &&
    patterns.length <= steps.length &&
    patterns.every((pattern, index) => matchesName(pattern, steps[index] ?? ""))
  );
}

function makersOfMember(
  { name, below, item }: ClassMember,
  placed: PlacedClass,
  steps: readonly string[],
  fuel: Trail["fuel"],
): readonly Maker[] {
  const rest = steps.slice(1 + below.length);
  if (name.kind !== "text" || below.length > 0) return makersOf(item, rest, fuel);
  const isTarget = (node: Expression) =>
    node.kind === "attribute" && node.attribute === name.text && isSelf(node.value);
  return madeBy(item.value, item.place, newTrail(fuel)).flatMap((made) => {
    if (made.kind !== "container") return makersBelow(made, rest, fuel);
    const added = additions(methodBodies(placed.owner).flat(), isTarget, (node) =>
      insideClass(placed, node),
    );
    return makersBelow({ ...made, items: [...made.items, ...added] }, rest, fuel);
  });
}

const NOTHING_INSIDE =
  /^(?:object|torch\.nn\.Module|abc\.ABC|ABC|typing\.\w+|Generic|(?:pytorch_)?lightning(?:\.pytorch)?\.LightningModule|keras\.Model|keras\.models\.Model|keras\.layers\.Layer)$/;

/** A class derived from `nn.Sequential` or `nn.Linear` has what its base has. */
function makersInBase(
  base: string,
  placed: PlacedClass,
  own: Maker,
  steps: readonly string[],
  fuel: Trail["fuel"],
): readonly Maker[] {
  if (isBareBase(base)) return [];
  const given = superCall(placed);
  if (/^torch\.nn\.(?:Sequential|ModuleList|ModuleDict)$/.test(base)) {
    const first = given === undefined ? [] : itemsOfCall(given.call, given.place);
    const added = additions(methodBodies(placed.owner).flat(), isSelf, (node) =>
      insideClass(placed, node),
    );
    return makersOfItems([...first, ...added], steps, fuel);
  }
  const call = given?.call;
  const leaves = call === undefined ? undefined : torchLeaves(base, call);
  if (leaves === undefined) return [{ ...own, isAround: true }];
  return leaves.test(steps.join(".")) ? [own] : [];
}

/** True for a base that brings no parameters. */
export function isBareBase(base: string): boolean {
  return NOTHING_INSIDE.test(base);
}
