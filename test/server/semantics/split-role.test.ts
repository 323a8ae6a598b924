import { describe, expect, test } from "vitest";
import { programIndex } from "../../../server/src/semantics/program-index.ts";
import { pythonProgram } from "../../../server/src/semantics/resolve.ts";
import { splitRole } from "../../../server/src/semantics/split-role.ts";
import { parsePython } from "../../../server/src/syntax/python/parse.ts";

/** Part and proof of the argument of the only call of `probe`. */
function roleIn(text: string): string {
  const program = pythonProgram(parsePython(text));
  const site = programIndex(program).calls.find(({ name }) => name === "probe");
  const argument = site?.call.arguments[0]?.value;
  const role = argument === undefined ? undefined : splitRole(argument, program);
  return role === undefined ? "-" : `${role.part} ${role.proof}`;
}

const halves = "A, B, c, d = train_test_split(X, y)\n";

describe("splitRole()", () => {
  test.each([
    [`${halves}probe(A)`, "train split"],
    [`${halves}probe(B)`, "heldOut split"],
    [`${halves}probe(d)`, "heldOut split"],
    ["a, X_test, X_val, b, e, f = train_test_split(X, y, z)\nprobe(X_test)", "test split"],
    ["X_train, X_val = train_test_split(X)\nprobe(X_val)", "validation split"],
    ["X_train, y_train, X_test, y_test = train_test_split(X, y)\nprobe(y_train)", "-"],
    [
      "import sklearn.model_selection as ms\na, X_test = ms.train_test_split(X)\nprobe(X_test)",
      "test split",
    ],
    [`${halves}probe(StandardScaler().fit(A).transform(B))`, "heldOut split"],
    [`${halves}B = torch.tensor(B.values / 255.0)\nprobe(B)`, "heldOut split"],
    [`${halves}probe(B[["a", "b"]])`, "heldOut split"],
    [`${halves}probe((B - A.mean()) / A.std())`, "heldOut split"],
    [
      "def load():\n  a, b = train_test_split(X)\n  return a, b\np, q = load()\nprobe(q)",
      "heldOut split",
    ],
    ["def load():\n  return train_test_split(X)\np, q_test = load()\nprobe(q_test)", "test split"],
    ["def score(data):\n  probe(data)\na, b = train_test_split(X)\nscore(b)", "heldOut split"],
    ["def score(data):\n  probe(data)\na, b = train_test_split(X)\nscore(b)\nscore(a)", "-"],
    ["def score(X_test):\n  probe(X_test)", "test name"],
    ["(a, b), (c, d) = keras.datasets.mnist.load_data()\nprobe(c)", "test split"],
    ["(a, b), (c, d) = keras.datasets.mnist.load_data()\nprobe(a)", "train split"],
    ["t, v = torch.utils.data.random_split(ds, [8, 2])\nprobe(v)", "heldOut split"],
    ["ds = torchvision.datasets.MNIST(r, train=False)\nl = DataLoader(ds)\nprobe(l)", "test split"],
    ["ds = torchvision.datasets.MNIST(r, False)\nprobe(ds)", "test split"],
    ["val_set = torchvision.datasets.MNIST(r, train=False)\nprobe(val_set)", "validation split"],
    ["loader = DataLoader(CIFAR10(r, train=False))\nfor x, y in loader:\n  probe(x)", "test split"],
    [
      "loader = DataLoader(CIFAR10(r, train=False))\nfor i, (x, y) in enumerate(loader):\n  probe(y)",
      "test split",
    ],
    [
      "if big:\n  s = CIFAR10(r, train=False)\nelse:\n  s = CIFAR100(r, train=False)\nprobe(DataLoader(s))",
      "test split",
    ],
    ["if big:\n  s = CIFAR10(r, train=False)\nelse:\n  s = g()\nprobe(s)", "-"],
    ["from datasets import load_dataset\nd = load_dataset('x')\nprobe(d['test'])", "test split"],
    [
      "from datasets import load_dataset\nd = load_dataset('x').map(f)\nprobe(d['validation'])",
      "validation split",
    ],
    [
      "from datasets import load_dataset\nprobe(load_dataset('x', split='test[:5%]'))",
      "test split",
    ],
    ["from datasets import load_dataset\nprobe(load_dataset('x', split='train[90%:]'))", "-"],
    [
      "import tensorflow_datasets as tfds\na, b = tfds.load('x', split=['train', 'test'])\nprobe(b)",
      "test split",
    ],
    ["probe(d['test'])", "test name"],
    ["for a, b in KFold(5).split(X):\n  probe(X[b])", "heldOut split"],
    ["for i, (a, b) in enumerate(KFold(5).split(X)):\n  probe(X[a])", "train split"],
    ["X_test = X[800:]\nprobe(X_test)", "test split"],
    ["X_test = X[3]\nprobe(X_test)", "test name"],
    ["probe(test_loader)", "test name"],
    ["probe(self.val_loader)", "validation name"],
    ["probe(train_test)", "-"],
    ["probe(X)", "-"],
    ["X_test = pd.read_csv('a.csv')\nprobe(X_test)", "test name"],
    ["x = x.map(f)\nprobe(x)", "-"],
    ["def f(a):\n  return f(a)\nprobe(f(x))", "-"],
    ["a, b = train_test_split(\nprobe(b", "heldOut split"],
  ])("%j", (text, role) => expect(roleIn(text)).toBe(role));
});
