import type { FittedAlignment } from "../alignment-method.ts";
import { type Dense, multiply } from "../linear-algebra/products.ts";
import type { WeightTensor } from "../snapshot.ts";

/** A tensor of the map for the run folder, [inputs, outputs]. */
export function mapWeight(
  name: string,
  { rows, columns, data }: Dense,
  penalty = "",
): WeightTensor {
  return { name, kind: "weight", shape: [rows, columns], data, penalty };
}

/** The alignment y ↦ yW into the space of `to`, which stays as it is. */
export function linearAlignment(
  weights: Dense,
  rest: Partial<Pick<FittedAlignment, "values" | "notes">> & { readonly penalty?: string } = {},
): FittedAlignment {
  return {
    mapFrom: (rows) => multiply(rows, weights),
    mapTo: (rows) => rows,
    predicts: true,
    weights: [mapWeight("map.weight", weights, rest.penalty)],
    values: rest.values ?? {},
    notes: rest.notes ?? [],
  };
}
