import { bytesField, varintField } from "../../core/formats/protobuf.ts";
import { encodeSafetensors } from "../../core/formats/safetensors.ts";
import { hdf5Of } from "./hdf5-of.ts";
import { npyOf } from "./npy-of.ts";
import { pickledTensor, pytorchArchive } from "./pytorch-archive.ts";
import { zipOf } from "./zip-of.ts";

type Files = Readonly<Record<string, Uint8Array>>;

export interface OneTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** A weight file with one tensor of binary32; the first of the files is the one to open. */
export type WriteTensor = (tensor: OneTensor) => Files;

const bytesOf = (values: readonly number[]) => new Uint8Array(Float32Array.from(values).buffer);
const json = (value: unknown) => new Uint8Array(Buffer.from(JSON.stringify(value)));

/** A `.npy` file of binary32 numbers. */
export function npyOfFloats(shape: readonly number[], data: Uint8Array): Uint8Array {
  const sides = shape.map((side) => `${side},`).join(" ");
  return npyOf(`{'descr': '<f4', 'fortran_order': False, 'shape': (${sides}), }`, data);
}

/** An ONNX model with one initializer whose fields behind type and sides are given. */
export function onnxOf(
  { name, shape }: Omit<OneTensor, "values">,
  ...fields: readonly Uint8Array[]
): Uint8Array {
  const tensor = Buffer.concat([
    ...shape.map((side) => varintField(1, side)),
    varintField(2, 1),
    bytesField(8, Buffer.from(name)),
    ...fields,
  ]);
  return bytesField(7, bytesField(5, tensor));
}

/** The fields of an initializer whose values lie in another file. */
export function onnxExternal(keys: Readonly<Record<string, string>>): Uint8Array {
  const texts = Object.entries(keys).map(([key, value]) =>
    bytesField(
      13,
      Buffer.concat([bytesField(1, Buffer.from(key)), bytesField(2, Buffer.from(value))]),
    ),
  );
  return Buffer.concat([...texts, varintField(14, 1)]);
}

const safetensorsOf: WriteTensor = ({ name, shape, values }) => ({
  "m.safetensors": encodeSafetensors([
    { name, dtype: "F32", shape, data: Float32Array.from(values) },
  ]),
});

const pytorchOf: WriteTensor = ({ name, shape, values }) => ({
  "m.pt": pytorchArchive({ [name]: pickledTensor("0", shape) }, { 0: bytesOf(values) }),
});

const partsOf = (index: string, part: string, write: WriteTensor): WriteTensor => {
  return (tensor) => ({
    [index]: json({ weight_map: { [tensor.name]: part } }),
    [part]: Object.values(write(tensor))[0] ?? new Uint8Array(0),
  });
};

/** Every format, and every way to spread it over files. */
export const WRITES: Readonly<Record<string, WriteTensor>> = {
  safetensors: safetensorsOf,
  "safetensors in parts": partsOf("m.safetensors.index.json", "p1.safetensors", safetensorsOf),
  npy: ({ shape, values }) => ({ "w.npy": npyOfFloats(shape, bytesOf(values)) }),
  npz: ({ name, shape, values }) => ({
    "m.npz": zipOf({ [`${name}.npy`]: npyOfFloats(shape, bytesOf(values)) }),
  }),
  "npz, stored": ({ name, shape, values }) => ({
    "m.npz": zipOf({ [`${name}.npy`]: npyOfFloats(shape, bytesOf(values)) }, undefined, true),
  }),
  PyTorch: pytorchOf,
  "PyTorch in parts": partsOf("pytorch_model.bin.index.json", "p1.bin", pytorchOf),
  HDF5: ({ name, shape, values }) => ({ "m.h5": hdf5Of(name, shape, values) }),
  Keras: ({ name, shape, values }) => ({
    "m.keras": zipOf({ "model.weights.h5": hdf5Of(name, shape, values) }),
  }),
  ONNX: (tensor) => ({ "m.onnx": onnxOf(tensor, bytesField(9, bytesOf(tensor.values))) }),
  "ONNX, external": (tensor) => ({
    "m.onnx": onnxOf(tensor, onnxExternal({ location: "m.data", offset: "0" })),
    "m.data": bytesOf(tensor.values),
  }),
  "TensorFlow.js": ({ name, shape, values }) => ({
    "model.json": json({
      weightsManifest: [{ paths: ["a.bin"], weights: [{ name, shape, dtype: "float32" }] }],
    }),
    "a.bin": bytesOf(values),
  }),
};
