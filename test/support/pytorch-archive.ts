import { zipOf } from "./zip-of.ts";

const short = (text: string) => Buffer.concat([Buffer.of(0x8c, text.length), Buffer.from(text)]);
const name = (module: string, member: string) =>
  Buffer.concat([short(module), short(member), Buffer.of(0x93)]);
const byte = (value: number) => Buffer.from([0x4b, value]);
const tupleOf = (...items: Uint8Array[]) =>
  Buffer.concat([Buffer.from("("), ...items, Buffer.from("t")]);

/** A tensor of binary32 as `torch.save` pickles it: a call with a reference to its storage. */
export function pickledTensor(storage: string, shape: readonly number[]): Uint8Array {
  const strides = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((all, side) => all * side, 1),
  );
  const reference = tupleOf(
    short("storage"),
    name("torch", "FloatStorage"),
    short(storage),
    short("cpu"),
    byte(0),
  );
  return Buffer.concat([
    name("torch._utils", "_rebuild_tensor_v2"),
    tupleOf(
      Buffer.concat([reference, Buffer.from("Q")]),
      byte(0),
      tupleOf(...shape.map(byte)),
      tupleOf(...strides.map(byte)),
      Buffer.of(0x89),
    ),
    Buffer.from("R"),
  ]);
}

/** The pickle of a call of a function with one text, such as `os.system`. */
export function pickledCall(module: string, member: string, argument: string): Uint8Array {
  return Buffer.concat([name(module, member), tupleOf(short(argument)), Buffer.from("R")]);
}

/** An archive of a dictionary of pickled values, with storages, and other members, by their name. */
export function pytorchArchive(
  values: Readonly<Record<string, Uint8Array>>,
  storages: Readonly<Record<string, Uint8Array>>,
  others: Readonly<Record<string, Uint8Array>> = {},
): Uint8Array {
  const entries = Object.entries(values).flatMap(([key, value]) => [short(key), value]);
  const pickle = Buffer.concat([
    Buffer.of(0x80, 4),
    Buffer.from("}("),
    ...entries,
    Buffer.from("u."),
  ]);
  const data = Object.entries(storages).map(([key, bytes]) => [`archive/data/${key}`, bytes]);
  const more = Object.entries(others).map(([key, bytes]) => [`archive/${key}`, bytes]);
  return zipOf({ "archive/data.pkl": pickle, ...Object.fromEntries([...data, ...more]) });
}
