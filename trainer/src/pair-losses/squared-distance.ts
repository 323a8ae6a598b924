import {
  div,
  maximum,
  mul,
  type Scalar,
  squaredDifference,
  sum,
  tidy,
} from "@tensorflow/tfjs-core";
import { pairLoss } from "../pair-loss.ts";

/**
 * mean ‖aᵢ − bᵢ‖² over the rows that have both sides; 0 without such rows.
 *
 * It knows no strangers, so by itself it is least where all rows are one point: it needs a side that
 * is given, or another loss that keeps rows apart.
 *
 * @see Wang & Isola 2020, arXiv:2005.10242, eq. (2) with α = 2.
 */
export const squaredDistance = pairLoss("squared_distance", (a, b, present) =>
  tidy(() => {
    const distances = sum(squaredDifference(a, b), 1);
    return div<Scalar>(sum(mul(distances, present)), maximum(sum(present), 1));
  }),
);
