import { describe, expect, test } from "vitest";
import { configEntries } from "../../../server/src/config/config-entries.ts";
import { pythonConfig } from "../../../server/src/config/python-config.ts";
import { pythonProgram } from "../../../server/src/semantics/resolve.ts";
import { parsePython } from "../../../server/src/syntax/python/parse.ts";

function entriesOf(text: string) {
  return configEntries(pythonConfig(pythonProgram(parsePython(text)), text)).map(
    ({ path, keySpan, value }) => [
      path.join("."),
      text.slice(keySpan.start, keySpan.end),
      value?.kind === "scalar" ? value.text : value?.kind,
    ],
  );
}

describe("pythonConfig()", () => {
  test.each<[string, string, string[][]]>([
    [
      "dict calls",
      "optimizer = dict(type='SGD', weight_decay=1e-4)",
      [
        ["optimizer", "optimizer", "mapping"],
        ["optimizer.type", "type", "SGD"],
        ["optimizer.weight_decay", "weight_decay", "1e-4"],
      ],
    ],
    [
      "dict literals",
      'a = {"b": -0.5, c: 1, **d}',
      [
        ["a", "a", "mapping"],
        ["a.b", "b", "-0.5"],
      ],
    ],
    [
      "lazy calls",
      "optimizer = L(torch.optim.SGD)(x, lr=1, *y, **z)",
      [
        ["optimizer", "optimizer", "mapping"],
        ["optimizer.lr", "lr", "1"],
      ],
    ],
    [
      "assignments to attributes",
      "train.ddp.fp16 = True",
      [
        ["train", "train", "mapping"],
        ["train.ddp", "ddp", "mapping"],
        ["train.ddp.fp16", "fp16", "True"],
      ],
    ],
    [
      "lists and what is unknown",
      "a = [1, f(2)]\nb = g(x=1)\nc = d = 1\nx[0] = 2\ne += 1",
      [
        ["a", "a", "sequence"],
        ["a.0", "a", "1"],
        ["a.1", "a", "unknown"],
        ["b", "b", "unknown"],
      ],
    ],
  ])("reads %s", (_what, text, entries) => expect(entriesOf(text)).toEqual(entries));

  test("takes half-typed and deep code", () => {
    expect(entriesOf("optimizer = dict(type='SGD', weight_decay=").length).toBeGreaterThan(0);
    expect(entriesOf(`a${".b".repeat(500)} = 1`).length).toBeLessThan(300);
    expect(entriesOf(`a = ${"[".repeat(300)}${"]".repeat(300)}`).length).toBeLessThan(300);
  });
});
