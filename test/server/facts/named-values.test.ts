import { expect, test } from "vitest";
import { parse } from "../../../server/src/engine/parse.ts";
import { namedValuesFacts } from "../../../server/src/facts/named-values.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

test.each([
  ["python", "p = {'a': 1, 'b': f(x), c: 2}", [["a=1", "b=?"]]],
  ["python", "p = dict(a=-1, b='x', c=None)", [["a=-1", "b=x", "c=null"]]],
  ["python", "import torch.nn as n\nn.LSTM(1, 2, dropout=True)\nf(a=1)", [["dropout=true"]]],
  [
    "yaml",
    "a: 1e-2\nb: {c: 'x', d: ~}\ne:\n",
    [
      ["a=0.01", "b=?"],
      ["c=x", "d=null"],
    ],
  ],
  ["json", '{"a": [1, {"b": true}]}', [["a=?"], ["b=true"]]],
  ["toml", "a = 1\n", [["a=1"]]],
] as const)("namedValuesFacts in %s: %s", (language, text, sets) => {
  const document = { path: "a", language, text, project: NO_PROJECT };
  const facts = namedValuesFacts.extract(parse(document), document);
  const shown = facts.map(({ values }) =>
    values.map(({ name, value }) => `${name}=${value === undefined ? "?" : value}`),
  );
  expect(shown).toEqual(sets);
});
