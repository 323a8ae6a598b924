import { describe, expect, test } from "vitest";
import { declaredHyperparameterNeverUsed } from "../../../../server/src/rules/config/declared-hyperparameter-never-used.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const OPTIONS = `import argparse
import torch.optim as o
p = argparse.ArgumentParser()
p.add_argument('--lr', type=float, default=0.1)
p.add_argument(«'--weight-decay'», type=float, default=0.1)
`;
const plain = (text: string) => text.replaceAll(/[«»]/g, "");

describe("declared-hyperparameter-never-used", () => {
  test.each([
    [
      "an option",
      `${OPTIONS}args = p.parse_args()\nopt = o.SGD(m.parameters(), lr=args.lr)\n`,
      "lr=args.lr, weight_decay=args.weight_decay)",
    ],
    [
      "an option of a function, handed to local code and printed",
      `${OPTIONS}def train(args):\n    return o.Adam(m.parameters(), args.lr)\ndef main():\n    args, rest = p.parse_known_args()\n    print(args)\n    train(args)\n`,
      "args.lr, weight_decay=args.weight_decay)",
    ],
    [
      "a field",
      "from torch.optim import AdamW as A\nfrom dataclasses import dataclass\n@dataclass\nclass C:\n    lr: float = 0.1\n    «weight_decay»: float = 0.1\ndef f(c: C):\n    return A(m.parameters(), lr=c.lr)\ncfg = C(lr=0.2)\nf(cfg)\n",
      undefined,
    ],
  ])("marks %s", (_what, marked, fixed) => {
    checkRule(declaredHyperparameterNeverUsed, marked);
    if (fixed === undefined) return;
    const [finding] = findingsOf(declaredHyperparameterNeverUsed, plain(marked));
    expect(finding?.fixes).toHaveLength(1);
    expect(finding?.related).toHaveLength(1);
  });

  test("hands the value over as the learning rate is", () => {
    const marked = `${OPTIONS}args = p.parse_args()\nopt = o.SGD(m.parameters(), lr=args.lr)\n`;
    checkRule(
      declaredHyperparameterNeverUsed,
      marked,
      plain(marked).replace("lr=args.lr", "lr=args.lr, weight_decay=args.weight_decay"),
    );
  });

  const CLASS = "class Config:\n    lr = 0.1\n    «weight_decay» = 0.1\n";
  const TRAIN =
    "from torch.optim import SGD\nfrom conf.base import Config\nopt = SGD(p, lr=Config.lr)\n";
  test("follows a class into the file that imports it", () => {
    const files = [{ path: "/w/train.py", text: TRAIN }];
    const path = "/w/conf/base.py";
    checkRule(declaredHyperparameterNeverUsed, CLASS, undefined, { files, path });
    const [finding] = findingsOf(declaredHyperparameterNeverUsed, plain(CLASS), { files, path });
    expect(finding?.message).toBe(
      "`Config.weight_decay` is declared and never read; `SGD` runs with its own default.",
    );
    expect(finding?.related).toMatchObject([
      { place: { path: "/w/train.py", start: { line: 2 } } },
    ]);
  });

  const READER =
    "import yaml\nfrom torch.optim import Adam\ncfg = yaml.safe_load(open('a.yaml'))\nopt = Adam(p, lr=cfg['lr'])\n";
  test("follows a config into the script that loads it", () => {
    checkRule(declaredHyperparameterNeverUsed, "lr: 0.1\n«weight_decay»: 0.1\n", undefined, {
      language: "yaml",
      path: "/w/a.yaml",
      files: [{ path: "/w/train.py", text: READER }],
    });
  });

  test.each([
    ["reads the key", READER.replace("['lr']", "['lr'], weight_decay=cfg['weight_decay']")],
    ["spreads the config", `${READER}f(**cfg)\n`],
    ["loads another one", READER.replace("a.yaml", "b.yaml")],
    ["builds no optimizer", "import yaml\ncfg = yaml.safe_load(open('a.yaml'))\n"],
  ])("is silent in a config whose script %s", (_why, text) => {
    checkRule(declaredHyperparameterNeverUsed, "lr: 0.1\nweight_decay: 0.1\n", undefined, {
      language: "yaml",
      path: "/w/a.yaml",
      files: [{ path: "/w/train.py", text }],
    });
  });

  test.each([
    ["the importing file reads it", `${TRAIN}print(Config.weight_decay)\n`, []],
    [
      "a builder reads it",
      `${TRAIN}from build import make\nmake(Config)\n`,
      [{ path: "/w/build.py", text: "def make(c):\n    return c.weight_decay\n" }],
    ],
    ["all is read at once", `${TRAIN}f(**vars(Config))\n`, []],
    ["nobody builds an optimizer", "from conf.base import Config\n", []],
    ["nobody imports it", TRAIN.replaceAll("Config", "Other").replace("conf.base", "x"), []],
  ])("is silent in a class: %s", (_why, text, more) => {
    checkRule(declaredHyperparameterNeverUsed, plain(CLASS), undefined, {
      path: "/w/conf/base.py",
      files: [{ path: "/w/train.py", text }, ...more],
    });
  });

  const HEAD = plain(OPTIONS);
  const SGD = "opt = o.SGD(m.parameters(), lr=args.lr)\n";
  test.each([
    ["it is read", `${HEAD}args = p.parse_args()\n${SGD}x = args.weight_decay\n`],
    [
      "it is read by name",
      `${HEAD}args = p.parse_args()\n${SGD}x = getattr(args, 'weight_decay')\n`,
    ],
    ["vars", `${HEAD}args = p.parse_args()\n${SGD}f(**vars(args))\n`],
    ["__dict__", `${HEAD}args = p.parse_args()\n${SGD}x = args.__dict__\n`],
    ["a splat", `${HEAD}args = p.parse_args()\n${SGD}f(**args)\n`],
    ["the options go to a library", `${HEAD}args = p.parse_args()\n${SGD}lib.run(args)\n`],
    [
      "the options are returned",
      `${HEAD}def f():\n    args = p.parse_args()\n    return args\n${SGD}`,
    ],
    [
      "an optimizer has a decay of its own",
      `${HEAD}args = p.parse_args()\nopt = o.SGD(q, lr=1, weight_decay=0.2)\n`,
    ],
    ["an optimizer takes whatever comes", `${HEAD}args = p.parse_args()\nopt = o.SGD(q, **kw)\n`],
    ["there is no optimizer", `${HEAD}args = p.parse_args()\n`],
    ["options that are never parsed", `${HEAD}${SGD}`],
    [
      "a class with bases",
      "from torch.optim import SGD\nclass C(Base):\n    weight_decay = 0.1\nopt = SGD(q, lr=C.lr)\n",
    ],
    [
      "a class with methods",
      "from torch.optim import SGD\nclass C:\n    weight_decay = 0.1\n    def f(self): ...\nopt = SGD(q, lr=C.lr)\n",
    ],
    [
      "a class that a parser fills",
      "from torch.optim import SGD\nclass C:\n    weight_decay = 0.1\nc, = HfArgumentParser(C).parse()\nopt = SGD(q, lr=c.lr)\n",
    ],
    ["a config of a known tool", "x = 1\n"],
    ["half-typed", `${HEAD}args = p.parse_args()\nopt = o.SGD(`],
  ])("is silent: %s", (_why, code) => {
    const isHalf = code.endsWith("o.SGD(");
    if (isHalf) expect(() => findingsOf(declaredHyperparameterNeverUsed, code)).not.toThrow();
    else checkRule(declaredHyperparameterNeverUsed, code);
  });
});
