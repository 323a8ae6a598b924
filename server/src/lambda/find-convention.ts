import type { Convention } from "./convention.ts";
import { CONVENTION_FAMILIES } from "./conventions.generated.ts";

/** All conventions, family by family. */
export const CONVENTIONS: readonly Convention[] = CONVENTION_FAMILIES.flatMap(
  ({ conventions }) => conventions,
);

const BY_ID = new Map(CONVENTIONS.map((convention) => [convention.id, convention]));

export function findConvention(id: string): Convention | undefined {
  return BY_ID.get(id);
}
