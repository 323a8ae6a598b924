import { expect, test } from "vitest";
import { stoppedSubtreeFacts } from "../../../server/src/facts/stopped-subtree.ts";
import { factsOf } from "../../support/facts-of.ts";

const keysIn = (line: string) =>
  factsOf(stoppedSubtreeFacts, `import jax\nfrom jax import lax\n${line}\n`).map(({ key }) => key);

test.each([
  ['f = lambda p: g(lax.stop_gradient(p["bb"]), p["head"])', ["bb"]],
  ['x = jax.lax.stop_gradient(params["params"]["encoder"])', ["encoder"]],
  ['x = jax.lax.stop_gradient(params["a"]) + f(params["a"])', []],
  ['x = jax.lax.stop_gradient(target_params["a"])', []],
  ["x = jax.lax.stop_gradient(h)", []],
  ["x = jax.lax.stop_gradient(params[key])", []],
  ['x = jax.lax.stop_gradient(batch["image"])', []],
  ["x = jax.lax.stop_gradient(params[", []],
])("stoppedSubtreeFacts reads %j", (line, keys) => expect(keysIn(line)).toEqual(keys));
