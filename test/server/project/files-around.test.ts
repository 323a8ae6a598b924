import { describe, expect, test } from "vitest";
import { projectOf } from "../../support/project-of.ts";

const around = (files: Readonly<Record<string, string>>, path: string, names: readonly string[]) =>
  projectOf(Object.entries(files).map(([name, text]) => ({ path: name, text }))).filesAround?.(
    path,
    names,
  );

const SGD = "from torch.optim import SGD\nopt = SGD(p, lr=1)\n";

describe("filesAround()", () => {
  test("finds files that name a class or import the module", () => {
    const files = { "/w/c.py": "class C: ...\n", "/w/a.py": `import c\n${SGD}`, "/w/b.py": SGD };
    expect(around(files, "/w/c.py", [])?.optimizers.map(({ place }) => place.path)).toEqual([
      "/w/a.py",
    ]);
    expect(around(files, "/w/c.py", ["SGD"])?.optimizers).toHaveLength(2);
  });

  test.each([
    ["/w/lib/build.py", "from lib.build import f", true],
    ["/w/build.py", "from build import f", true],
    ["/w/x/build.py", "from lib import f", false],
    ["/v/build/__init__.py", "import v.build", true],
    ["/v/other/build.py", "import build", false],
    ["/v/other/build.py", "import sys\nimport build", true],
  ])("follows imports into %s by %j: %s", (path, line, isFollowed) => {
    const files = { "/w/c.py": "", "/w/a.py": `import c\n${line}\n`, [path]: "sought = 1\n" };
    expect(around(files, "/w/c.py", [])?.isMentioned("sought")).toBe(isFollowed);
  });

  test.each([
    ["f(**vars(args))", true],
    ["f(**config)", true],
    ["x = 2 ** n\nf(**kwargs)", false],
  ])("%j reads all at once: %s", (code, isSpreading) => {
    const files = { "/w/c.py": "", "/w/a.py": `import c\n${code}\n` };
    expect(around(files, "/w/c.py", [])?.isSpreading).toBe(isSpreading);
  });

  test("knows the scripts that load a config", () => {
    const load = "import yaml\nc = yaml.safe_load(open('conf/a.yaml'))\n";
    const files = { "/w/a.py": load + SGD, "/w/b.py": SGD };
    expect(around(files, "/w/conf/a.yaml", [])?.optimizers).toHaveLength(1);
    expect(around(files, "/w/conf/b.yaml", [])?.optimizers).toHaveLength(0);
  });

  test("keeps no optimizer of a file that speaks of weight decay", () => {
    const files = { "/w/c.py": "", "/w/a.py": `import c\n${SGD}# weight_decay\n` };
    expect(around(files, "/w/c.py", [])?.optimizers).toEqual([]);
  });
});
