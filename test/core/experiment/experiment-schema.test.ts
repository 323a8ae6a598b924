import { Validator } from "@cfworker/json-schema";
import { describe, expect, test } from "vitest";
import {
  EXPERIMENT_SCHEMA,
  type SchemaNode,
  schemaAt,
} from "../../../core/experiment/schema-node.ts";

function nodesBelow(node: SchemaNode, path: readonly (string | number)[]): [string, SchemaNode][] {
  const children = Object.entries(node.properties ?? {}).flatMap(([key, child]) =>
    nodesBelow(child, [...path, key]),
  );
  const items = node.items === undefined ? [] : nodesBelow(node.items, [...path, 0]);
  return [[path.join("."), node], ...children, ...items];
}

const NODES = nodesBelow(EXPERIMENT_SCHEMA, []);
const KEYS = NODES.filter(([path]) => path !== "" && !path.endsWith(".0"));

describe("the experiment schema", () => {
  test.each(KEYS)("%s is described", (_path, node) => {
    expect(node.description).toMatch(/^.{5,}\.$/s);
  });

  test.each(KEYS)("the default of %s is allowed", (_path, node) => {
    if (node.default === undefined) return;
    const schema: object = node;
    const validator = new Validator({ ...schema }, "7");
    expect(validator.validate(node.default).errors).toEqual([]);
  });

  test.each(NODES)("what is planned in %j is not there yet", (_path, node) => {
    const values = (node.enum ?? []).map(String);
    expect((node["x-planned"] ?? []).filter((value) => values.includes(value))).toEqual([]);
    const keys = Object.keys(node.properties ?? {});
    expect(Object.keys(node["x-planned-keys"] ?? {}).filter((key) => keys.includes(key))).toEqual(
      [],
    );
  });

  test.each(NODES)("a mapping at %j refuses unknown keys", (_path, node) => {
    if (node.properties !== undefined) expect(node).toHaveProperty("additionalProperties", false);
  });
});

describe("schemaAt()", () => {
  test("follows keys and list positions", () => {
    expect(schemaAt([])).toBe(EXPERIMENT_SCHEMA);
    expect(schemaAt(["penalty", 3, "norm"])?.enum).toContain("l1");
    expect(schemaAt(["data", "no_such_key"])).toBeUndefined();
    expect(schemaAt(["constructor"])).toBeUndefined();
    expect(schemaAt(["no_such_key", "deeper"])).toBeUndefined();
  });
});
