import { describe, expect, test } from "vitest";
import { structuralKey, symbolsReadBy } from "../../../server/src/math/ir-walk.ts";
import { scopesIn } from "../../support/lower.ts";

/** Values that a function's body gives to a name, in order, as text. */
function valuesOf(name: string, body: string): readonly string[] {
  const [, scope] = scopesIn(`def f(X, y, w, lam, norm):\n    ${body.replaceAll("\n", "\n    ")}`);
  return (scope?.assignments ?? [])
    .filter((assignment) => assignment.name === name)
    .map(({ value }) => structuralKey(value));
}

describe("scopesOf() follows names", () => {
  test.each([
    ["through straight-line code", "r = X @ w\ng = r - y", ["-(@(X#0,w#0),y#0)"]],
    ["through augmented assignments", "g = X @ w\ng += y", ["@(X#0,w#0)", "+(@(X#0,w#0),y#0)"]],
    ["through a shape", "m, n = X.shape\ng = y / m", ["/(y#0,size[0](X#0))"]],
    ["through pairs", "a, b = y, w\ng = b - a", ["-(w#0,y#0)"]],
    ["through the walrus as a statement", "r = X @ w\ng := r", ["@(X#0,w#0)"]],
    ["through attributes", "w.r = X @ w\ng = w.r", ["@(X#0,w#0)"]],
    [
      "through torch's in-place methods",
      "g = X @ w\ng.sub_(y)",
      ["@(X#0,w#0)", "-(@(X#0,w#0),y#0)"],
    ],
    [
      "through an in-place step with alpha",
      "g = X @ w\ng.add_(y, alpha=-lam)",
      ["@(X#0,w#0)", "+(@(X#0,w#0),*(negate(lam#0),y#0))"],
    ],
    ["into with blocks", "with torch.no_grad():\n    g = X @ w", ["@(X#0,w#0)"]],
    ["through branches that agree", "if lam:\n    pass\ng = X @ w", ["@(X#0,w#0)"]],
    [
      "into parts of an array",
      "g = y\ng[1:] += w[1:]",
      ["y#0", "+(y#0,put[1,undefined,true](y#0,slice[0,1,undefined,false](w#0)))"],
    ],
    ["into an entry", "g = y\ng[0] = 0", ["y#0", "put[0,1,false](y#0,0)"]],
  ])("%s", (_name, body, expected) => expect(valuesOf("g", body)).toEqual(expected));

  test.each([
    ["branches that differ", "r = X @ w\nif lam:\n    r = y\ng = r"],
    ["a loop that changes it", "r = X @ w\nfor i in range(3):\n    g = r\n    r = r + y"],
    ["an entry at a computed place", "r = X @ w\nr[lam] = 0\ng = r"],
    ["several values at once", "r, s = split(X @ w)\ng = r"],
    ["an exception", "r = X @ w\ntry:\n    r = y\nexcept ValueError:\n    r = w\ng = r"],
  ])("no further than %s", (_name, body) => {
    const [value] = valuesOf("g", body);
    expect(value).toMatch(/^r#[1-9]\d*:1$/);
  });

  test("and remembers what an unknown value was made of", () => {
    const [, scope] = scopesIn("def f(X, w, norm):\n    r = model(X, w)\n    g = r * 2");
    const value = scope?.assignments.at(-1)?.value;
    const [symbol] = value === undefined ? [] : symbolsReadBy(value).values();
    expect(symbol?.dependencies).toContain("w#0");
  });

  test("into helpers, methods and defaults", () => {
    const scopes = scopesIn(`
def predict(X, w, b=0):
    z = X @ w
    return z + b

def loud(X):
    for x in X:
        print(x)
    return X

class Model:
    def forward(self, X):
        return predict(X, self.w, b=self.b)

    def fit(self, X, y):
        g = self.forward(X) - y
        h = loud(X).sum()
        return np.abs(g)
`);
    const fit = scopes.find((scope) => scope.function?.name === "fit");
    const values = new Map(fit?.assignments.map(({ name, value }) => [name, structuralKey(value)]));
    expect(values.get("g")).toBe("-(+(@(X#0,self.w#0),self.b#0),y#0)");
    expect(values.get("h")).toMatch(/^sum.*\(#\d+:\d+\)$/);
  });

  test("and skips functions without a formula", () => {
    const scopes = scopesIn("def f(x):\n    return x\n\ndef g(w):\n    return np.abs(w)");
    expect(scopes.map((scope) => scope.function?.name)).toEqual([undefined, "g"]);
  });

  test("in a function of a thousand statements, each built on the ones before", () => {
    const lines = Array.from(
      { length: 1000 },
      (_, i) => `    a, b = step(a, b, ${i})\n    r = np.abs(a) + r`,
    );
    const [, f] = scopesIn(`def f(a, b, r):\n${lines.join("\n")}`);
    expect(f?.assignments.filter(({ name }) => name === "r")).toHaveLength(1000);
  });
});
