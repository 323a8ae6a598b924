// Written by `npm run gen`; do not edit.
import type { WeightFormat } from "./weight-file.ts";
import { hdf5 } from "./formats/hdf5.ts";
import { numpy } from "./formats/numpy.ts";
import { onnx } from "./formats/onnx.ts";
import { pytorch } from "./formats/pytorch.ts";
import { safetensors } from "./formats/safetensors.ts";
import { tensorflowJs } from "./formats/tensorflow-js.ts";

export const WEIGHT_FORMATS: readonly WeightFormat[] = [
  hdf5,
  numpy,
  onnx,
  pytorch,
  safetensors,
  tensorflowJs,
];
