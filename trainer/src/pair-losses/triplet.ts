import {
  add,
  cast,
  div,
  equal,
  expandDims,
  eye,
  greater,
  less,
  maximum,
  min,
  mul,
  relu,
  reshape,
  type Scalar,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tidy,
} from "@tensorflow/tfjs-core";
import type { TripletAlignment } from "../../../core/experiment/experiment.ts";
import { detached } from "../detached.ts";
import { pairLoss } from "../pair-loss.ts";

/** Added to every difference, as PyTorch does; it keeps the root's gradient finite. */
const DIFFERENCE_EPSILON = 1e-6;
/** Distance of a row that must not be the nearest. */
const FAR = 1e9;

/**
 * Triplet loss in both directions: ½(of(A, B) + of(B, A)), where
 * of(A, B) = mean over triplets (i, j ≠ i) of max(0, d(aᵢ, bᵢ) − d(aᵢ, bⱼ) + margin),
 * d(x, y) = ‖x − y + 10⁻⁶‖₂.
 *
 * `mining` says which triplets count: `all`; `semi_hard`, those with d(aᵢ, bᵢ) < d(aᵢ, bⱼ) <
 * d(aᵢ, bᵢ) + margin; `hardest`, the nearest bⱼ of every anchor. Rows that lack a side take no part; 0
 * where no triplet is left.
 *
 * @see Schroff et al. 2015, arXiv:1503.03832, eq. (3) and section 3.2, with d in place of d².
 */
export const triplet = pairLoss("triplet", (a, b, present, settings) =>
  tidy(() => {
    const both = mul<Tensor2D>(reshape(present, [-1, 1]), reshape(present, [1, -1]));
    const negatives = mul<Tensor2D>(both, sub(1, eye(a.shape[0])));
    const oneWay = (anchors: Tensor2D, others: Tensor2D) => {
      const distances = pairDistances(anchors, others);
      const positive = ownDistances(distances);
      const counted = detached(distances, (known) => mined(known, negatives, settings));
      const losses = mul(relu(add(sub(positive, distances), settings.margin)), counted);
      return div<Scalar>(sum(losses), maximum(sum(counted), 1));
    };
    return div<Scalar>(add(oneWay(a, b), oneWay(b, a)), 2);
  }),
);

/** ‖xᵢ − yⱼ + ε‖ [n, n]. */
function pairDistances(x: Tensor2D, y: Tensor2D): Tensor2D {
  const differences = add(sub(expandDims(x, 1), expandDims(y, 0)), DIFFERENCE_EPSILON);
  return sqrt(sum<Tensor2D>(square(differences), 2));
}

/** d(xᵢ, yᵢ) [n, 1]. */
function ownDistances(distances: Tensor): Tensor {
  const [rows = 0] = distances.shape;
  return sum(mul(distances, eye(rows)), 1, true);
}

/** 1 for triplets that count, [n, n]. */
function mined(
  distances: Tensor,
  negatives: Tensor2D,
  { mining, margin }: TripletAlignment,
): Tensor {
  switch (mining) {
    case "all":
      return negatives;
    case "semi_hard": {
      const positive = ownDistances(distances);
      const isFarther = cast(greater(distances, positive), "float32");
      const isWithin = cast(less(distances, add(positive, margin)), "float32");
      return mul(negatives, mul(isFarther, isWithin));
    }
    case "hardest": {
      const candidates = add(distances, mul(sub(1, negatives), FAR));
      const nearest = min(candidates, 1, true);
      const isNearest = cast(equal(candidates, nearest), "float32");
      return mul(negatives, isNearest);
    }
  }
}
