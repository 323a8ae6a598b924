import {
  add,
  customGrad,
  engine,
  getBackend,
  getKernel,
  type Tensor,
  tidy,
} from "@tensorflow/tfjs-core";

/** Kernels that a backend may have for {@link biasAdd} and its gradient. */
export const BIAS_ADD = "BiasAdd";
export const BIAS_ADD_GRADIENT = "BiasAddGrad";

/** x + b along the last axis, with b of its length. */
export function biasAdd<Kind extends Tensor>(input: Kind, bias: Tensor): Kind {
  if (getKernel(BIAS_ADD, getBackend()) === undefined) return add<Kind>(input, bias);
  return tidy(() => fusedBiasAdd<Kind>(input, bias));
}

function fusedBiasAdd<Kind extends Tensor>(input: Kind, bias: Tensor): Kind {
  const operation = customGrad<Kind>(() => ({
    value: engine().runKernel<Kind>(BIAS_ADD, { value: input, bias }),
    gradFunc: (dy) => [dy, engine().runKernel<Tensor>(BIAS_ADD_GRADIENT, { dy })],
  }));
  return operation(input, bias);
}
