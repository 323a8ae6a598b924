import type {
  Argument,
  CallExpression,
  DictExpression,
  Expression,
  NameExpression,
} from "../syntax/python/ast.ts";
import { storesInto } from "./stores.ts";
import { asDefault, mapFields, type RecordValue, type Value, type ValueReader } from "./value.ts";

type Fields = Map<string, () => Value | undefined>;

/** Calls that make a record of their keywords, or of a dict. */
const RECORD_MAKERS =
  /^(?:types\.SimpleNamespace|argparse\.Namespace|(?:easydict\.)?EasyDict|addict\.Dict|box\.Box|dotmap\.DotMap|munch\.[Mm]unch(?:ify)?|(?:ml_collections\.)(?:config_dict\.)?(?:Frozen)?ConfigDict|(?:flax\.core\.)?(?:frozen_dict\.)?(?:FrozenDict|freeze)|collections\.OrderedDict|omegaconf\.OmegaConf\.create|(?:mmengine\.|mmcv\.)?(?:config\.)?ConfigDict|copy\.(?:deep)?copy)$/;

/** `{"lr": 0.1, **base}`. */
export function dictValue(node: DictExpression, reader: ValueReader): RecordValue | undefined {
  const fields: Fields = new Map();
  let isOpen = false;
  for (const { key, value } of node.entries) {
    if (key === undefined) {
      const rest = reader.read(value);
      if (rest?.kind !== "record") return undefined;
      for (const [name, field] of rest.fields) fields.set(name, field);
      isOpen ||= rest.isOpen;
    } else if (key.kind === "string" && key.value !== undefined) {
      fields.set(key.value, () => reader.read(value));
    } else {
      isOpen = true;
    }
  }
  return { kind: "record", fields, isOpen };
}

/** `dict(lr=0.1)`, `SimpleNamespace(lr=0.1)`, `EasyDict({"lr": 0.1})`. */
export function madeRecord(call: CallExpression, reader: ValueReader): RecordValue | undefined {
  const { callee } = call;
  const name = reader.program.qualifiedName(callee);
  const isDict = callee.kind === "name" && callee.id === "dict" && name === undefined;
  return isDict || RECORD_MAKERS.test(name ?? "") ? ofArguments(call, reader) : undefined;
}

function ofArguments(call: CallExpression, reader: ValueReader): RecordValue | undefined {
  const fields: Fields = new Map();
  let isOpen = false;
  for (const argument of call.arguments) {
    if (argument.name !== undefined) {
      fields.set(argument.name, () => reader.read(argument.value));
      continue;
    }
    const rest = argument.splat === "*" ? undefined : reader.read(argument.value);
    if (rest?.kind !== "record") return undefined;
    for (const [name, field] of rest.fields) fields.set(name, field);
    isOpen ||= rest.isOpen;
  }
  return { kind: "record", fields, isOpen };
}

/**
 * A record as seen through a name, whose document may write into it. A field that is written is
 * unknown; one that the record did not have before is what is written, if that is done once.
 */
export function throughName(
  record: RecordValue,
  name: NameExpression,
  reader: ValueReader,
): RecordValue | undefined {
  const stores = storesInto(name.id, reader.program);
  if (stores.isRewritten) return undefined;
  const isTouched = (field: string) => stores.changed.has(field) || stores.assigned.has(field);
  const kept = mapFields(record, (field, read) => {
    if (isTouched(field)) return () => undefined;
    return stores.isPassedOn ? () => asDefault(read()) : read;
  });
  const fields: Fields = new Map(kept.fields);
  for (const [field, [only, ...others]] of stores.assigned) {
    const value = only?.value;
    const isPlain = value !== undefined && others.length === 0 && !stores.changed.has(field);
    const isEarlier = only !== undefined && only.span.end <= name.span.start;
    if (record.fields.has(field) || !isPlain || !isEarlier) continue;
    fields.set(field, () => reader.read(value));
  }
  return { ...record, fields };
}

/** The same through `self`, whose attributes are known with all that is assigned to them. */
export function throughSelf(
  record: RecordValue,
  { id }: NameExpression,
  { program }: ValueReader,
): RecordValue | undefined {
  const { isRewritten, changed } = storesInto(id, program);
  if (isRewritten) return undefined;
  return mapFields(record, (field, read) => (changed.has(field) ? () => undefined : read));
}

/** `cfg.get("wd", 0.1)`, `getattr(args, "wd", 0.1)`. */
export function gottenField(call: CallExpression, reader: ValueReader): Value | undefined {
  const { callee } = call;
  const values = call.arguments.map(plainValue);
  if (callee.kind === "name" && callee.id === "getattr") {
    const [base, key, otherwise] = values;
    return fieldWithDefault(base, key, otherwise, reader);
  }
  if (callee.kind !== "attribute" || callee.attribute !== "get") return undefined;
  const [key, otherwise] = values;
  return fieldWithDefault(callee.value, key, otherwise, reader);
}

const plainValue = ({ name, splat, value }: Argument) =>
  name === undefined && splat === "none" ? value : undefined;

function fieldWithDefault(
  base: Expression | undefined,
  key: Expression | undefined,
  otherwise: Expression | undefined,
  reader: ValueReader,
): Value | undefined {
  if (key?.kind !== "string" || key.value === undefined || base === undefined) return undefined;
  const record = reader.read(base);
  if (record?.kind !== "record") return undefined;
  const field = record.fields.get(key.value);
  if (field !== undefined) return field();
  return record.isOpen || otherwise === undefined ? undefined : reader.read(otherwise);
}
