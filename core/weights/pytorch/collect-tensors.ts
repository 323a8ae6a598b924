import { isObject, type PickleCall, type PickleValue } from "../../formats/pickle.ts";
import type { WeightDtype } from "../weight-file.ts";
import type { StorageView } from "./view-of-storage.ts";

/** A tensor as the pickle describes it. */
export interface PickledTensor extends StorageView {
  /** Keys on the way to it, joined by dots. */
  readonly name: string;
  readonly dtype: WeightDtype;
  /** Name of its storage's member in the archive. */
  readonly storage: string;
}

interface Collection {
  readonly tensors: PickledTensor[];
  /** Sentences about what was left out, one for each callee or reason. */
  readonly leftOut: string[];
}

interface Walk {
  readonly tensors: PickledTensor[];
  /** Names under which each kind of thing was left out. */
  readonly leftOut: Map<string, string[]>;
  /** Containers on the way from the root: a pickle may hold itself. */
  readonly open: Set<PickleValue>;
  left: number;
}

/** No model has as many values; a pickle that repeats its parts may. */
const MOST_VALUES = 5_000_000;
const DEEPEST = 100;

const STORAGES: ReadonlyMap<string, WeightDtype> = new Map([
  ["torch.DoubleStorage", "float64"],
  ["torch.FloatStorage", "float32"],
  ["torch.HalfStorage", "float16"],
  ["torch.BFloat16Storage", "bfloat16"],
  ["torch.LongStorage", "int64"],
  ["torch.IntStorage", "int32"],
  ["torch.ShortStorage", "int16"],
  ["torch.CharStorage", "int8"],
  ["torch.ByteStorage", "uint8"],
  ["torch.BoolStorage", "bool"],
]);

const DTYPES: ReadonlyMap<string, WeightDtype> = new Map([
  ["torch.float64", "float64"],
  ["torch.float32", "float32"],
  ["torch.float16", "float16"],
  ["torch.bfloat16", "bfloat16"],
  ["torch.float8_e4m3fn", "float8_e4m3fn"],
  ["torch.float8_e5m2", "float8_e5m2"],
  ["torch.int64", "int64"],
  ["torch.int32", "int32"],
  ["torch.int16", "int16"],
  ["torch.int8", "int8"],
  ["torch.uint64", "uint64"],
  ["torch.uint32", "uint32"],
  ["torch.uint16", "uint16"],
  ["torch.uint8", "uint8"],
  ["torch.bool", "bool"],
]);

/** Callees whose first argument is what they wrap. */
const WRAPPERS = new Set([
  "torch._utils._rebuild_parameter",
  "torch._utils._rebuild_parameter_with_state",
]);

const TENSORS = new Set([
  "torch._utils._rebuild_tensor",
  "torch._utils._rebuild_tensor_v2",
  "torch._utils._rebuild_tensor_v3",
]);

/** Dictionaries by another name: what they hold stands in their entries. */
const MAPPINGS = new Set(["collections.OrderedDict", "collections.defaultdict", "builtins.dict"]);

/** Plain values that PyTorch and Python write as calls, and nobody misses. */
const PLAIN = new Set([
  "torch.Size",
  "torch.device",
  "builtins.set",
  "builtins.frozenset",
  "__builtin__.set",
  "collections.Counter",
]);

/** All tensors that a pickle describes, by the keys that lead to them. Never throws. */
export function collectTensors(root: PickleValue): Collection {
  const walk: Walk = { tensors: [], leftOut: new Map(), open: new Set(), left: MOST_VALUES };
  visit(walk, root, "");
  const leftOut = [...walk.leftOut].map(([what, names]) => sentence(what, names));
  if (walk.left < 0) leftOut.push(`Only the first ${MOST_VALUES} values were looked at`);
  return { tensors: walk.tensors, leftOut };
}

function sentence(what: string, names: readonly string[]): string {
  const [first = ""] = names;
  const place = first === "" ? "at the top" : `at \`${first}\``;
  const more = names.length > 1 ? ` and ${names.length - 1} more places` : "";
  return `Left out: ${what} (${place}${more})`;
}

function visit(walk: Walk, value: PickleValue, name: string): void {
  walk.left -= 1;
  if (walk.left < 0 || !isObject(value) || walk.open.has(value)) return;
  if (walk.open.size > DEEPEST) {
    leaveOut(walk, "what lies deeper than 100 levels", name);
    return;
  }
  walk.open.add(value);
  if (value.kind === "dict") visitEntries(walk, value.entries, name);
  else if (value.kind === "list" || value.kind === "tuple") visitItems(walk, value.items, name);
  else if (value.kind === "call") visitCall(walk, value, name);
  walk.open.delete(value);
}

function visitEntries(
  walk: Walk,
  entries: readonly (readonly [PickleValue, PickleValue])[],
  name: string,
): void {
  for (const [key, value] of entries) {
    if (typeof key === "string" && REPEATED.has(key)) continue;
    const isKey = typeof key === "string" || typeof key === "number";
    visit(walk, value, joined(name, isKey ? String(key) : "?"));
  }
}

function visitItems(walk: Walk, items: readonly PickleValue[], name: string): void {
  items.forEach((item, index) => {
    visit(walk, item, joined(name, String(index)));
  });
}

function visitCall(walk: Walk, value: PickleCall, name: string): void {
  const callee = nameOf(value.callee);
  const [first, , third] = value.args;
  if (TENSORS.has(callee)) {
    addTensor(walk, value, name);
  } else if (WRAPPERS.has(callee)) {
    visit(walk, first, name);
  } else if (callee === "torch._tensor._rebuild_from_type_v2") {
    // A subclass of tensors: the function that rebuilds it, its type, and the function's arguments.
    const args = isObject(third) && third.kind === "tuple" ? third.items : [];
    visit(walk, { ...value, callee: first, args, state: undefined }, name);
  } else {
    visitObject(walk, value, name);
  }
}

/** An object by what it holds: of a whole module that was saved its state has the tensors. */
function visitObject(walk: Walk, value: PickleCall, name: string): void {
  const callee = nameOf(value.callee);
  const [first] = value.args;
  if (MAPPINGS.has(callee)) visit(walk, first, name);
  else if (!PLAIN.has(callee)) leaveOut(walk, `a call of \`${callee}\``, name);
  visit(walk, value.state, name);
  visitEntries(walk, value.entries, name);
}

function addTensor(walk: Walk, call: PickleCall, name: string): void {
  const tensor = tensorOf(call);
  if ("problem" in tensor) leaveOut(walk, tensor.problem, name);
  else walk.tensors.push({ name, ...tensor });
}

/** The arguments are storage, offset, shape, strides, …; the third form has a type of its own. */
function tensorOf({
  callee,
  args,
}: PickleCall): Omit<PickledTensor, "name"> | { readonly problem: string } {
  const [storage, offset] = args;
  const place = storageOf(storage);
  if ("problem" in place) return place;
  const [shape, strides] = [sizesOf(args[2]), sizesOf(args[3])];
  if (!isSize(offset) || shape === undefined || strides === undefined) {
    return { problem: "a tensor without offset, shape and strides" };
  }
  const ownType = nameOf(callee).endsWith("_v3") ? nameOf(args[6]) : undefined;
  const type = ownType ?? place.type;
  const dtype = ownType === undefined ? STORAGES.get(type) : DTYPES.get(type);
  return dtype === undefined
    ? { problem: `a tensor of \`${type}\`, whose numbers are not read here` }
    : { dtype, storage: place.key, offset, shape, strides };
}

/** The persistent reference ("storage", type, key, device, elements). */
function storageOf(
  value: PickleValue,
): { readonly type: string; readonly key: string } | { readonly problem: string } {
  const id = isObject(value) && value.kind === "persistent" ? value.id : undefined;
  const parts = isObject(id) && id.kind === "tuple" ? id.items : [];
  const [tag, type, key] = parts;
  if (tag !== "storage" || typeof key !== "string") {
    return { problem: "a tensor without a storage of its own" };
  }
  return { type: nameOf(type), key };
}

function sizesOf(value: PickleValue): readonly number[] | undefined {
  const items = isObject(value) && value.kind === "tuple" ? value.items : undefined;
  return items?.every(isSize) ? items : undefined;
}

function isSize(value: PickleValue): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function nameOf(value: PickleValue): string {
  return isObject(value) && value.kind === "global" ? value.name : "something unnamed";
}

function leaveOut(walk: Walk, what: string, name: string): void {
  const names = walk.leftOut.get(what);
  if (names === undefined) walk.leftOut.set(what, [name]);
  else names.push(name);
}

/** Where a module holds its parts; `state_dict()` leaves these names out. */
const HOLDERS = new Set(["_modules", "_parameters", "_buffers"]);
/** A second list of the same parameters. */
const REPEATED = new Set(["_flat_weights"]);

function joined(name: string, key: string): string {
  if (HOLDERS.has(key)) return name;
  return name === "" ? key : `${name}.${key}`;
}
