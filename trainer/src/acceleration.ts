import {
  add,
  addN,
  div,
  greater,
  mul,
  onesLike,
  type Scalar,
  scalar,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
  type Variable,
  variable,
  where,
  zeros,
  zerosLike,
} from "@tensorflow/tfjs-core";
import type { Parameter } from "./parameters.ts";

/** Nesterov's extrapolation around proximal steps, over all parameters together. */
export interface Acceleration {
  /** By name, for checkpoints. */
  readonly state: ReadonlyMap<string, Variable>;
  /** x_k in the parameters becomes y_k = x_k + βₖ(x_k − x_{k−1}), where the gradient is taken. */
  lookAhead(): void;
  /** Undoes {@link lookAhead}. */
  retreat(): void;
  /** `extrapolated` are the y_k, in the order of the parameters, which hold x_{k+1} by now. */
  conclude(extrapolated: readonly Tensor[]): void;
  /** Begins anew, as if no step had been made. */
  restart(): void;
  dispose(): void;
}

/**
 * FISTA's sequence θ₁ = 1, θₖ₊₁ = (1 + √(1 + 4θₖ²))/2, βₖ₊₁ = (θₖ − 1)/θₖ₊₁, begun anew (θ = 1, β = 0)
 * whenever (y_k − x_{k+1})·(x_{k+1} − x_k) > 0: the step then goes against the momentum, which would
 * only carry it past the minimum.
 *
 * @see Beck & Teboulle 2009, doi:10.1137/080716542, (4.1)–(4.3); O'Donoghue & Candès 2015,
 * arXiv:1204.3982, section 3.2, the gradient scheme.
 */
export function createAcceleration(parameters: readonly Parameter[]): Acceleration {
  const own = (initial: () => Tensor) => tidy(() => variable(initial(), false));
  const theta = own(() => scalar(1));
  const beta = own(() => scalar(0));
  const states = parameters.map((parameter) => ({
    parameter,
    previous: own(() => zeros(parameter.variable.shape)),
  }));
  return {
    state: new Map([
      ["theta", theta],
      ["beta", beta],
      ...states.map(({ parameter, previous }) => [`previous/${parameter.name}`, previous] as const),
    ]),
    lookAhead() {
      for (const { parameter, previous } of states) {
        tidy(() => {
          const current = add(parameter.variable, 0);
          const ahead = add(current, mul(beta, sub(current, previous)));
          previous.assign(current);
          parameter.variable.assign(ahead);
        });
      }
    },
    retreat() {
      for (const { parameter, previous } of states) {
        tidy(() => {
          parameter.variable.assign(add(previous, 0));
        });
      }
    },
    conclude(extrapolated) {
      tidy(() => {
        const products = states.flatMap(({ parameter, previous }, index) => {
          const ahead = extrapolated[index];
          if (ahead === undefined) return [];
          const step = sub(parameter.variable, previous);
          return [sum<Scalar>(mul(sub(ahead, parameter.variable), step))];
        });
        const isAgainst = greater(addN<Scalar>(products), 0);
        const next = div(add(1, sqrt(add(1, mul(4, square(theta))))), 2);
        const factor = div(sub(theta, 1), next);
        beta.assign(where(isAgainst, zerosLike(beta), factor));
        theta.assign(where(isAgainst, onesLike(theta), next));
      });
    },
    restart() {
      tidy(() => {
        theta.assign(onesLike(theta));
        beta.assign(zerosLike(beta));
        for (const { previous } of states) previous.assign(zerosLike(previous));
      });
    },
    dispose() {
      theta.dispose();
      beta.dispose();
      for (const { previous } of states) previous.dispose();
    },
  };
}
