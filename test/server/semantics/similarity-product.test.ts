import { expect, test } from "vitest";
import { pythonProgram } from "../../../server/src/semantics/resolve.ts";
import { similarityProduct } from "../../../server/src/semantics/similarity-product.ts";
import { parsePython } from "../../../server/src/syntax/python/parse.ts";

function sidesOf(expression: string) {
  const text = `import torch\n${expression}\n`;
  const program = pythonProgram(parsePython(text));
  const statement = program.module.body.at(-1);
  const product =
    statement?.kind === "expression" ? similarityProduct(statement.value, program) : undefined;
  return (
    product &&
    [product.left, product.right].map(({ span }) => text.slice(span.start, span.end)).join(" ")
  );
}

test.each([
  ["a @ b.T", "a b"],
  ["a @ b.t()", "a b"],
  ["a @ b.transpose(0, 1)", "a b"],
  ["a @ torch.transpose(b, 0, 1)", "a b"],
  ["torch.matmul(a, b.t())", "a b"],
  ["a.mm(b.t())", "a b"],
  ["torch.einsum('nc,mc->nm', a, b)", "a b"],
  ["torch.einsum('nc,mc->nm', [a, b])", "a b"],
  ["F.cosine_similarity(a, b, dim=-1)", "a b"],
  ["a @ b", undefined],
  ["torch.einsum('nc,ck->nk', a, queue)", undefined],
  ["torch.einsum('nc,nc->n', a, b)", undefined],
  ["torch.matmul(*pair)", undefined],
  ["a @", undefined],
])("similarityProduct() of %s", (expression, sides) => expect(sidesOf(expression)).toBe(sides));
