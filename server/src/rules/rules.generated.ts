// Written by `npm run gen`; do not edit.
import type { AnyRule } from "../engine/rule.ts";


export const RULES: readonly AnyRule[] = [
];
