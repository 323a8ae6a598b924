// Written by `npm run gen`; do not edit.
import { type ConfigEntryFact, configEntryFacts } from "./config-entry.ts";
import type { Extractor } from "./extractor.ts";

export type Fact = ConfigEntryFact;
export type FactKind = Fact["kind"];
export type FactOf<Kind extends FactKind> = Extract<Fact, { kind: Kind }>;

export const EXTRACTORS: readonly Extractor<Fact>[] = [configEntryFacts];
