/** What a run last measured of one parameter tensor. */
export interface MeasuredLayer {
  readonly layer: string;
  readonly shape: readonly number[];
  readonly count: number;
  /** Exact zeros, ±0. */
  readonly zeros: number;
  readonly nonFinite: number;
  /** ‖w‖₂ */
  readonly l2: number;
  /** ‖∂loss/∂w‖₂ where the run logs it. */
  readonly gradientNorm?: number;
}

/** All parameter tensors at the last step that a run has counted them; none where it never did. */
export interface RunLayers {
  readonly step: number;
  readonly epoch: number;
  readonly layers: readonly MeasuredLayer[];
}

export const NO_LAYERS: RunLayers = { step: 0, epoch: 0, layers: [] };
