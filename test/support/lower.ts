import { createBindings } from "../../server/src/math/bindings.ts";
import type { Ir } from "../../server/src/math/ir.ts";
import { lowerExpression } from "../../server/src/math/lower-expression.ts";
import { scopesOf } from "../../server/src/math/scopes.ts";
import { pythonProgram } from "../../server/src/semantics/resolve.ts";
import { parsePython } from "../../server/src/syntax/python/parse.ts";

const IMPORTS = `import math
import numpy as np
import torch
import jax.numpy as jnp
import numpy.linalg as la
import torch.nn.functional as F
from scipy.special import expit
from sklearn.metrics import mean_squared_error
`;

/** Meaning of a Python expression whose names are all inputs. */
export function lowered(expression: string): Ir {
  const program = pythonProgram(parsePython(`${IMPORTS}${expression}\n`));
  const statement = program.module.body.at(-1);
  if (statement?.kind !== "expression")
    throw new TypeError(`Expected one expression, got ${expression}`);
  const bindings = createBindings({
    program,
    inline: () => undefined,
    namesReadBy: () => [],
    newKey: (name) => `${name}#1`,
  });
  return lowerExpression(statement.value, bindings);
}

/** The scopes of a Python text, the module's own first. */
export function scopesIn(code: string) {
  return scopesOf(pythonProgram(parsePython(`${IMPORTS}${code}\n`)));
}
