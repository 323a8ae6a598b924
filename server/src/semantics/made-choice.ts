import type { ModelChoiceFact } from "../facts/model-choice.ts";

/** A choice of a model by a score, before it becomes a fact of a document. */
export type MadeChoice = Omit<ModelChoiceFact, "kind" | "program">;
