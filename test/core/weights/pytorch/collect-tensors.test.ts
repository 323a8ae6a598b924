import { describe, expect, test } from "vitest";
import type { PickleValue } from "../../../../core/formats/pickle.ts";
import { collectTensors } from "../../../../core/weights/pytorch/collect-tensors.ts";

const global = (name: string): PickleValue => ({ kind: "global", name });
const tuple = (...items: PickleValue[]): PickleValue => ({ kind: "tuple", items });
const dict = (entries: Readonly<Record<string, PickleValue>>): PickleValue => ({
  kind: "dict",
  entries: Object.entries(entries),
});
const call = (callee: string, ...args: PickleValue[]): PickleValue => ({
  kind: "call",
  callee: global(callee),
  args,
  items: [],
  entries: [],
  state: undefined,
});
const storage = (type: string, key = "0"): PickleValue => ({
  kind: "persistent",
  id: tuple("storage", global(type), key, "cpu", 6),
});
const tensor = (type = "torch.FloatStorage"): PickleValue =>
  call("torch._utils._rebuild_tensor_v2", storage(type), 0, tuple(2, 3), tuple(3, 1), false);

describe("collectTensors()", () => {
  test("names tensors by the keys that lead to them", () => {
    const root = dict({ state_dict: dict({ "fc.weight": tensor() }), list: tuple(tensor(), 7) });
    expect(collectTensors(root)).toEqual({
      tensors: ["state_dict.fc.weight", "list.0"].map((name) => {
        return { name, dtype: "float32", storage: "0", offset: 0, shape: [2, 3], strides: [3, 1] };
      }),
      leftOut: [],
    });
  });

  test("looks into parameters, subclasses and saved modules", () => {
    const parameter = call("torch._utils._rebuild_parameter", tensor(), true);
    const subclass = call(
      "torch._tensor._rebuild_from_type_v2",
      global("torch._utils._rebuild_tensor_v2"),
      global("my.Tensor"),
      tuple(storage("torch.HalfStorage"), 0, tuple(1), tuple(1)),
      dict({}),
    );
    const module: PickleValue = {
      kind: "call",
      callee: global("__main__.Net"),
      args: [],
      items: [],
      entries: [],
      state: dict({ _parameters: dict({ w: parameter }), _modules: dict({ a: subclass }) }),
    };
    const found = collectTensors(module);
    expect(found.tensors.map(({ name, dtype }) => [name, dtype])).toEqual([
      ["w", "float32"],
      ["a", "float16"],
    ]);
    expect(found.leftOut).toEqual(["Left out: a call of `__main__.Net` (at the top)"]);
  });

  test("takes the type of untyped storages from the tensor", () => {
    const untyped = storage("torch.storage.UntypedStorage");
    const made = call(
      "torch._utils._rebuild_tensor_v3",
      ...[untyped, 0, tuple(8), tuple(1), false, tuple(), global("torch.float8_e4m3fn")],
    );
    expect(collectTensors(made).tensors).toMatchObject([{ name: "", dtype: "float8_e4m3fn" }]);
  });

  test("leaves out calls, once each with the number of places", () => {
    const evil = () => call("posix.system", "touch /tmp/x");
    const found = collectTensors(dict({ a: evil(), b: evil(), c: evil(), w: tensor() }));
    expect(found.tensors).toHaveLength(1);
    expect(found.leftOut).toEqual([
      "Left out: a call of `posix.system` (at `a` and 2 more places)",
    ]);
  });

  test.each([
    ["complex numbers", tensor("torch.ComplexFloatStorage"), /`torch.ComplexFloatStorage`/],
    ["no storage", call("torch._utils._rebuild_tensor_v2", 1), /without a storage/],
    [
      "sizes that are none",
      call(
        "torch._utils._rebuild_tensor_v2",
        storage("torch.FloatStorage"),
        -1,
        tuple(2),
        tuple(1),
      ),
      /without offset, shape and strides/,
    ],
  ])("leaves out tensors of %s", (_, value, expected) => {
    expect(collectTensors(value)).toEqual({
      tensors: [],
      leftOut: [expect.stringMatching(expected)],
    });
  });

  test("ends on values that hold themselves, deep ones, and ones repeated without end", () => {
    const entries: [PickleValue, PickleValue][] = [];
    const loop: PickleValue = { kind: "dict", entries };
    entries.push(["self", loop]);
    expect(collectTensors(loop).tensors).toEqual([]);

    let deep: PickleValue = tensor();
    for (let level = 0; level < 10_000; level++) deep = tuple(deep);
    expect(collectTensors(deep).leftOut).toEqual([expect.stringMatching(/deeper than 100/)]);

    let wide: PickleValue = 1;
    for (let level = 0; level < 60; level++) wide = tuple(wide, wide);
    expect(collectTensors(wide).leftOut).toEqual([expect.stringMatching(/first 5000000 values/)]);
  });
});
