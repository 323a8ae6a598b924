import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConfigNode, ConfigTree } from "../../../../server/src/syntax/config/config-tree.ts";
import { parseJson } from "../../../../server/src/syntax/config/json.ts";
import { parseToml } from "../../../../server/src/syntax/config/toml.ts";
import { parseYaml } from "../../../../server/src/syntax/config/yaml.ts";

const YAML = `# head
base: &defaults
  lr: 1e-2  # tail
"quoted key": 'single'
list: [1.0, "two", {deep: yes}]
<<: *defaults
empty:
text: |
  block 1e-2
tagged: !!float 1e-2
---
second: -.5
`;
const JSON_TEXT = `{
  // line
  "optimizer": {"type": "AdamW", "params": {"lr": 1e-3, "betas": [0.9, 0.999]}},
  /* block */ "zero": null,
}`;

const TOML = `# head
title = "a \\"b\\""
[tool.x.training]
weight_decay = 1e-2 # tail
optim.'lr rate' = +1_000
betas = [0.9, { deep = true }]
[[layers]]
l2 = 1.0
[[layers]]
rate = '''x'''
[layers.config]
when = 1979-05-27
[tool.x]
seed = 1
`;
const PARSERS = { yaml: parseYaml, json: parseJson, toml: parseToml } as const;
const SAMPLES = { yaml: YAML, json: JSON_TEXT, toml: TOML } as const;
const LANGUAGES = ["yaml", "json", "toml"] as const;

function nodesOf(tree: ConfigTree): ConfigNode[] {
  const below = (node: ConfigNode): ConfigNode[] => {
    if (node.kind === "mapping") {
      return [node, ...node.entries.flatMap(({ value }) => (value ? below(value) : []))];
    }
    return node.kind === "sequence" ? [node, ...node.items.flatMap(below)] : [node];
  };
  return tree.roots.flatMap(below);
}

function spansOf(tree: ConfigTree) {
  const nodes = nodesOf(tree);
  const keys = nodes.flatMap((node) => (node.kind === "mapping" ? node.entries : []));
  return [...nodes, ...tree.comments, ...tree.errors]
    .map(({ span }) => span)
    .concat(keys.map(({ keySpan }) => keySpan));
}

function scalars(tree: ConfigTree): string[][] {
  return nodesOf(tree).flatMap((node) => (node.kind === "scalar" ? [[node.style, node.text]] : []));
}

describe("parseYaml()", () => {
  test("keeps scalars as they are written, with their style", () => {
    expect(scalars(parseYaml(YAML))).toEqual([
      ["plain", "1e-2"],
      ["single-quoted", "single"],
      ["plain", "1.0"],
      ["double-quoted", "two"],
      ["plain", "yes"],
      ["block", "  block 1e-2\n"],
      ["plain", "-.5"],
    ]);
  });

  test("spans point at the text they stand for", () => {
    const nodes = nodesOf(parseYaml(YAML));
    const entries = nodes.flatMap((node) => (node.kind === "mapping" ? node.entries : []));
    for (const { key, keySpan } of entries)
      expect(YAML.slice(keySpan.start, keySpan.end)).toBe(key);
    for (const node of nodes) {
      if (node.kind !== "scalar" || node.style === "block") continue;
      const quote = { plain: "", "single-quoted": "'", "double-quoted": '"' }[node.style];
      expect(YAML.slice(node.span.start, node.span.end)).toBe(quote + node.text + quote);
    }
  });

  test("leaves out what stands elsewhere: aliases and tagged scalars are unknown, null is undefined", () => {
    const [first] = parseYaml(YAML).roots;
    const kinds = first?.kind === "mapping" ? first.entries.map((e) => [e.key, e.value?.kind]) : [];
    expect(Object.fromEntries(kinds)).toMatchObject({
      "<<": "unknown",
      empty: undefined,
      tagged: "unknown",
    });
  });

  test("finds comments", () => {
    expect(parseYaml(YAML).comments.map(({ text }) => text)).toEqual([" head", " tail"]);
  });

  test("reports errors and keeps the rest", () => {
    const tree = parseYaml("a: 1\nb: [1, 2\nc: 3\n");
    expect(tree.errors.length).toBeGreaterThan(0);
    expect(scalars(tree)).toContainEqual(["plain", "1"]);
  });
});

describe("parseJson()", () => {
  test("reads comments and trailing commas", () => {
    const tree = parseJson(JSON_TEXT);
    expect(tree.errors).toEqual([]);
    expect(tree.comments.map(({ text }) => text)).toEqual([" line", " block "]);
    expect(scalars(tree)).toEqual([
      ["double-quoted", "AdamW"],
      ["plain", "1e-3"],
      ["plain", "0.9"],
      ["plain", "0.999"],
      ["plain", "null"],
    ]);
  });

  test("keys are spanned without their quotes", () => {
    const [root] = parseJson(JSON_TEXT).roots;
    const spans = root?.kind === "mapping" ? root.entries.map(({ keySpan }) => keySpan) : [];
    expect(spans.map(({ start, end }) => JSON_TEXT.slice(start, end))).toEqual([
      "optimizer",
      "zero",
    ]);
  });
});

describe("parseToml()", () => {
  const plain = (node: ConfigNode | undefined): unknown => {
    if (node?.kind === "mapping") {
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
    }
    if (node?.kind === "sequence") return node.items.map(plain);
    return node?.kind === "scalar" ? node.text : node?.kind;
  };

  test("joins headers and dotted keys into one tree", () => {
    expect(parseToml(TOML).roots.map(plain)).toEqual([
      {
        title: 'a \\"b\\"',
        tool: {
          x: {
            training: {
              weight_decay: "1e-2",
              optim: { "lr rate": "+1_000" },
              betas: ["0.9", { deep: "true" }],
            },
            seed: "1",
          },
        },
        layers: [{ l2: "1.0" }, { rate: "x", config: { when: "1979-05-27" } }],
      },
    ]);
  });

  test("keys and scalars are spanned where they are written", () => {
    const tree = parseToml(TOML);
    for (const node of nodesOf(tree)) {
      if (node.kind !== "mapping") continue;
      for (const { key, keySpan } of node.entries) {
        expect(TOML.slice(keySpan.start, keySpan.end)).toBe(key);
      }
    }
    expect(scalars(tree).slice(0, 4)).toEqual([
      ["double-quoted", 'a \\"b\\"'],
      ["plain", "1e-2"],
      ["plain", "+1_000"],
      ["plain", "0.9"],
    ]);
    expect(tree.comments.map(({ text }) => text)).toEqual([" head", " tail"]);
  });

  test.each([
    ["a key without a value", "a =\n", 4],
    ["a key twice", "a = 1\na = 2\n", 6],
    ["an open header", "[a\n", 3],
  ])("says where it stops: %s", (_name, text, at) => {
    const { roots, errors } = parseToml(text);
    expect(roots).toEqual([]);
    expect(errors.map(({ span }) => span.start)).toEqual([at]);
  });

  test("cuts what is nested too deep", () => {
    expect(parseToml(`a = ${"[".repeat(300)}${"]".repeat(300)}`).errors).toEqual([]);
    expect(parseToml(`a${".b".repeat(300)} = 1`).roots).toHaveLength(1);
    expect(parseToml(`[a${".b".repeat(300)}]\nc = 1`).roots).toHaveLength(1);
  });
});

describe.each(LANGUAGES)("any text as %s", (language) => {
  const parse = PARSERS[language];
  const expectInside = (text: string) => {
    for (const { start, end } of spansOf(parse(text))) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(text.length);
    }
  };

  test("random text never throws and spans stay inside", () => {
    const structural = fc.string({
      unit: fc.constantFrom(..."{}[]:,-?&*!|>'\"#%@ \t\n\rae10.~\\<\uFEFFλ"),
      maxLength: 60,
    });
    fc.assert(fc.property(fc.oneof(structural, fc.string({ unit: "binary" })), expectInside), {
      numRuns: 3000,
    });
  });

  test("random bytes never throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) =>
        expectInside(new TextDecoder().decode(bytes)),
      ),
    );
  });

  test("every truncation of a file is read", () => {
    const text = SAMPLES[language];
    for (let end = 0; end <= text.length; end++) expectInside(text.slice(0, end));
  });

  test.each(["[", "{", "{a: ", '{"a":', "- ", "? ", "a:\n "])(
    "deep nesting of %j is cut",
    (open) => {
      expectInside(open.repeat(20_000));
    },
  );
});
