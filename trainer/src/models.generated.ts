// Written by `npm run gen`; do not edit.
import type { ModelKind } from "./model.ts";
import { towers } from "./models/towers.ts";

export const MODELS: readonly ModelKind[] = [
  towers,
];
