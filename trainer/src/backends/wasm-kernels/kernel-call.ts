import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs-core";

/** The kernel's input of that name. */
export function inputOf(inputs: NamedTensorInfoMap, name: string): TensorInfo {
  const tensor = inputs[name];
  if (tensor === undefined) throw new TypeError(`Give the kernel its input ${name}, got none`);
  return tensor;
}

/** The kernel's attribute of that name, of a form that is still to be checked. */
export function attributeOf(attrs: NamedAttrMap | undefined, name: string): unknown {
  return attrs?.[name];
}
