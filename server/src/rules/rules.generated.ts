// Written by `npm run gen`; do not edit.
import type { AnyRule } from "../engine/rule.ts";
import { unknownRegularizationKey } from "./config/unknown-regularization-key.ts";
import { valueOutOfRange } from "./config/value-out-of-range.ts";
import { yamlFloatReadAsString } from "./config/yaml-float-read-as-string.ts";

export const RULES: readonly AnyRule[] = [
  unknownRegularizationKey,
  valueOutOfRange,
  yamlFloatReadAsString,
];
