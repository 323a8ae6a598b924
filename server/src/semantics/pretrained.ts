import type { CallExpression } from "../syntax/python/ast.ts";
import { argumentOf } from "./call-arguments.ts";
import type { ModelOrigin } from "./model-origin.ts";

const isNothing = (call: CallExpression, name: string, position?: number): boolean => {
  const value = argumentOf(call, name, position)?.value;
  return (
    value === undefined ||
    (value.kind === "constant" && (value.value === null || value.value === false))
  );
};

const isTrue = (call: CallExpression, name: string, position: number): boolean => {
  const value = argumentOf(call, name, position)?.value;
  return value?.kind === "constant" && value.value === true;
};

/** True where a call surely loads weights that were trained before. */
function isPretrainedCall(className: string, call: CallExpression): boolean {
  if (/^torchvision\.models\.(?:\w+\.)*\w+$/.test(className)) {
    return isTrue(call, "pretrained", 0) || !isNothing(call, "weights");
  }
  if (className === "timm.create_model") return isTrue(call, "pretrained", 1);
  return /^transformers\.\w+\.from_pretrained$/.test(className);
}

export function isPretrained(origin: ModelOrigin): boolean {
  return origin.kind === "call" && isPretrainedCall(origin.className, origin.call);
}
