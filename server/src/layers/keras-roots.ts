import type { Span } from "../../../core/protocol/span.ts";
import type { Home } from "../project/imported-definition.ts";
import { argumentOf } from "../semantics/call-arguments.ts";
import type {
  CallExpression,
  ClassStatement,
  Expression,
  FunctionStatement,
  Statement,
} from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions, statementsIn } from "../syntax/python/walk.ts";
import { calledBy } from "./called-definitions.ts";
import type { LayerPlace } from "./class-bases.ts";
import { addedTo } from "./container-items.ts";
import { type KerasLayer, layerNamed } from "./keras-names.ts";
import type { LayerRoot } from "./layer-roots.ts";
import type { MadeModule } from "./made-module.ts";
import { madeBy } from "./made-modules.ts";
import { statementsOf } from "./statements-of.ts";

const LAYER = /^keras\.layers\.([A-Z]\w*)$/;
const MODEL = /^keras\.(?:models\.)?Model$/;
const MERGES = /^(?:Add|Concatenate|Multiply|Average|Maximum|Minimum|Subtract|Dot)$/;

/**
 * The models of Keras and TensorFlow.js that a document makes: stacks (`Sequential`), functions that
 * end in `Model(inputs, outputs)`, and classes, whose layers are named in the order in which they are made.
 */
export function kerasRoots(home: Home): readonly LayerRoot[] {
  return scopeRoots(home.program.module.body, { home, around: [] });
}

function scopeRoots(block: readonly Statement[], place: LayerPlace): readonly LayerRoot[] {
  const own = statementsOf(block);
  const inner = own.flatMap(({ statement }) =>
    statement.kind === "function" || statement.kind === "class"
      ? scopeRoots(statement.body, { ...place, around: [...place.around, statement] })
      : [],
  );
  const stacks = own.flatMap(({ statement }) => stackRoots(statement, place));
  return [...inner, ...stacks, ...functionalRoot(own, place), ...classLayers(place)];
}

/** `model = Sequential([…])`, and what is added to it. */
function stackRoots(statement: Statement, place: LayerPlace): readonly LayerRoot[] {
  const isValue = statement.kind === "assign" || statement.kind === "return";
  const value = isValue ? statement.value : undefined;
  if (value?.kind !== "call") return [];
  if (!/^keras\.(?:models\.)?Sequential$/.test(nameOf(value, place) ?? "")) return [];
  const target = statement.kind === "assign" ? statement.targets[0] : undefined;
  const id = target?.kind === "name" ? target.id : undefined;
  return madeBy(value, place).flatMap((made): readonly LayerRoot[] => {
    if (made.kind !== "container") return [];
    const items = [...made.items, ...(id === undefined ? [] : addedTo(id, place))];
    const isCertain = items.every(({ times, isSometimes }) => times === 1 && !isSometimes);
    const layers = items.flatMap((item) =>
      madeBy(item.value, item.place).flatMap((part) => layerOf(part, item.place) ?? []),
    );
    return [rootOf(id ?? scopeName(place), place.home, { layers, isCertain, isNested: false })];
  });
}

type Placed = ReturnType<typeof statementsOf>;

/** All layers that a function makes which ends in `Model(inputs, outputs)`. */
function functionalRoot(own: Placed, place: LayerPlace): readonly LayerRoot[] {
  const calls = own.flatMap(({ statement, isSometimes }) =>
    statement.kind === "function" || statement.kind === "class"
      ? []
      : callsIn(statement).map((call) => ({ call, isSometimes })),
  );
  const model = calls.find(({ call }) => MODEL.test(nameOf(call, place) ?? ""));
  if (model === undefined) return [];
  const layers = calls.flatMap(({ call }) => layerOfCall(call, place) ?? []);
  const inputs = calls.filter(({ call }) =>
    /^keras\.(?:layers\.)?Input$/.test(nameOf(call, place) ?? ""),
  );
  const outputs = argumentOf(model.call, "outputs", 1)?.value;
  // Keras numbers the layers of a graph by their depth in it: known for a chain alone.
  const isChain =
    inputs.length === 1 &&
    outputs?.kind === "name" &&
    !layers.some(({ className }) => MERGES.test(className));
  const isWhole = !calls.some(
    ({ call, isSometimes }) => (isSometimes && isLayer(call, place)) || isOwnCall(call, place),
  );
  const order = { layers, isCertain: isWhole, isNested: !isChain };
  return [rootOf(scopeName(place), place.home, order)];
}

/** The layers that the constructor of a model's class makes. */
function classLayers(place: LayerPlace): readonly LayerRoot[] {
  const owner = place.around.at(-2);
  const method = place.around.at(-1);
  const isInit = method?.kind === "function" && method.name === "__init__";
  if (!isInit || owner?.kind !== "class" || !isKerasClass(owner, place)) return [];
  const statements = statementsOf(method.body);
  const calls = statements.flatMap(({ statement }) => callsIn(statement));
  const layers = calls.flatMap((call) => layerOfCall(call, place) ?? []);
  const isCertain =
    statements.every(
      ({ statement, isSometimes }) =>
        !isSometimes || !callsIn(statement).some((call) => isLayer(call, place)),
    ) && !calls.some((call) => isOwnCall(call, place));
  // In files its layers go by the names of the attributes, which the class itself tells.
  return layers.length === 0
    ? []
    : [rootOf(owner.name, place.home, { layers, isCertain, isNested: true })];
}

const isKerasClass = (owner: ClassStatement, { home }: LayerPlace): boolean =>
  owner.bases.some(({ value }) =>
    /^keras\.(?:Model|models\.Model|layers\.Layer)$/.test(home.program.qualifiedName(value) ?? ""),
  );

function rootOf(
  name: string,
  home: Home,
  order: {
    readonly layers: readonly KerasLayer[];
    readonly isCertain: boolean;
    readonly isNested: boolean;
  },
): LayerRoot {
  return {
    name,
    home,
    isOpen: !order.isCertain,
    makers: (steps, all) =>
      layerNamed(steps, all, order).map(({ span }) => ({ span, home, isAround: false })),
  };
}

function scopeName({ around }: LayerPlace): string {
  const owner: FunctionStatement | ClassStatement | undefined = around.at(-1);
  return owner?.name ?? "model";
}

function callsIn(statement: Statement): readonly CallExpression[] {
  return ownExpressions(statement)
    .flatMap((expression) => expressionsIn(expression))
    .filter((node): node is CallExpression => node.kind === "call");
}

const nameOf = ({ callee }: CallExpression, { home }: LayerPlace): string | undefined =>
  home.program.qualifiedName(callee);

const isLayer = (call: CallExpression, place: LayerPlace): boolean =>
  LAYER.test(nameOf(call, place) ?? "");

/** A call of the workspace's own code may make layers that are not in sight here. */
function isOwnCall(call: CallExpression, place: LayerPlace): boolean {
  return calledBy(call.callee, place).some(
    (called) =>
      called.kind === "class" ||
      (called.kind === "function" && makesLayers(called.made, called.place)),
  );
}

function makesLayers({ body }: FunctionStatement, place: LayerPlace): boolean {
  return statementsIn(body).some((statement) =>
    callsIn(statement).some((call) => isLayer(call, place)),
  );
}

function layerOf(made: MadeModule, place: LayerPlace): KerasLayer | undefined {
  return made.kind === "layer" ? layerOfCall(made.call, { ...place, home: made.home }) : undefined;
}

function layerOfCall(call: CallExpression, place: LayerPlace): KerasLayer | undefined {
  const className = LAYER.exec(nameOf(call, place) ?? "")?.[1];
  if (className === undefined) return undefined;
  const given: Expression | undefined = argumentOf(call, "name")?.value;
  const name = given?.kind === "string" ? given.value : undefined;
  const span: Span = call.span;
  return { className, name, hasUnknownName: given !== undefined && name === undefined, span };
}
