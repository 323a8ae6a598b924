import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pythonFileUse } from "../../../server/src/project/python-file-use.ts";
import { workspaceFacts } from "../../../server/src/project/workspace-facts.ts";

const factsOf = (...files: readonly string[]) =>
  workspaceFacts(files.map((text, index) => pythonFileUse(`${index}.py`, text)));

describe("loaderOf()", () => {
  test.each([
    ["open in with", 'import yaml\nwith open("configs/a.yaml") as f:\n    c = yaml.safe_load(f)'],
    ["nested open", 'import yaml\nc = yaml.load(open("configs/a.yaml", "r"), Loader=yaml.Loader)'],
    ["an alias", 'import yaml as y\nc = y.full_load(open("a.yaml"))'],
    ["from yaml", 'from yaml import safe_load\nc = safe_load(open("./configs/a.yaml"))'],
    [
      "Path.read_text",
      'import yaml\nfrom pathlib import Path\nyaml.safe_load(Path("a.yaml").read_text())',
    ],
    [
      "Path with parts",
      'import yaml\nfrom pathlib import Path\nyaml.safe_load(Path("x", "a.yaml").open())',
    ],
    ["slash", 'import yaml\np = HERE / "configs" / "a.yaml"\nyaml.safe_load(p.open())'],
    [
      "os.path.join",
      'import os, yaml\nyaml.safe_load(open(os.path.join(ROOT, "configs", "a.yaml")))',
    ],
    [
      "a variable",
      'import yaml\nNAME = "../configs/a.yaml"\nf = open(NAME)\nc = yaml.safe_load(f)',
    ],
    [
      "with_name",
      'import yaml\nfrom pathlib import Path\np = Path(__file__).with_name("a.yaml")\nyaml.safe_load(p.read_text("utf8"))',
    ],
    [
      "an option's default",
      'import argparse, yaml\np = argparse.ArgumentParser()\np.add_argument("--config", default="configs/a.yaml")\nargs = p.parse_args()\nwith open(args.config) as f:\n    c = yaml.safe_load(f)',
    ],
    [
      "a helper",
      'import yaml\ndef load(path):\n    with open(path) as f:\n        return yaml.safe_load(f)\nc = load("configs/a.yaml")',
    ],
  ])("PyYAML by %s", (_how, code) => {
    const facts = factsOf(code);
    expect(facts.loaderOf("/project/configs/a.yaml")).toBe("pyyaml");
    expect(facts.loaderOf("/project/configs/b.yaml")).toBeUndefined();
  });

  test.each([
    ["omegaconf", 'from omegaconf import OmegaConf\nc = OmegaConf.load("a.yaml")'],
    ["ruamel", 'from ruamel.yaml import YAML\nyaml = YAML()\nc = yaml.load(open("a.yaml"))'],
    ["ruamel", 'from ruamel.yaml import YAML\nc = YAML(typ="safe").load(open("a.yaml"))'],
    ["ruamel", 'from ruamel import yaml\nc = yaml.safe_load(open("a.yaml"))'],
    [
      "pyyaml-patched",
      'import re, yaml\nyaml.SafeLoader.add_implicit_resolver("tag:yaml.org,2002:float", P, None)\nyaml.safe_load(open("a.yaml"))',
    ],
    ["yacs", 'cfg.merge_from_file("a.yaml")'],
    [
      "yacs",
      'import yaml\ndef update(config, path):\n    for base in yaml.safe_load(open(path))["BASE"]:\n        update(config, base)\n    config.merge_from_file(path)',
    ],
    [
      "pydantic",
      'import yaml\nfrom pydantic import BaseModel\nclass C(BaseModel):\n    lr: float\nC(**yaml.safe_load(open("a.yaml")))',
    ],
  ])("%s", (loader, code) => expect(factsOf(code).loaderOf("x/a.yaml")).toBe(loader));

  test("Hydra reads everything below its folder", () => {
    const facts = factsOf(
      'import hydra\nimport yaml\nyaml.safe_load(open("b.yaml"))\n@hydra.main(config_path="../conf", config_name="config")\ndef main(cfg): ...',
    );
    expect(facts.loaderOf("/w/conf/optimizer/adam.yaml")).toBe("omegaconf");
    expect(facts.loaderOf("/w/other/adam.yaml")).toBeUndefined();
  });

  test("two loaders of one file leave it open", () => {
    const facts = factsOf(
      'import yaml\nyaml.safe_load(open("a.yaml"))',
      'from omegaconf import OmegaConf\nOmegaConf.load("a.yaml")',
    );
    expect(facts.loaderOf("a.yaml")).toBe("unknown");
  });

  test("a workspace that only knows a tolerant loader reads all its files with it", () => {
    expect(
      factsOf("from omegaconf import OmegaConf\nOmegaConf.load(path)").loaderOf("any.yaml"),
    ).toBe("omegaconf");
    expect(factsOf("import yaml\nyaml.safe_load(f)").loaderOf("any.yaml")).toBeUndefined();
    expect(factsOf().loaderOf("any.yaml")).toBeUndefined();
  });

  test("a name must match whole folders", () => {
    const facts = factsOf('import yaml\nyaml.safe_load(open("configs/a.yaml"))');
    expect(facts.loaderOf("my-configs/a.yaml")).toBeUndefined();
    expect(facts.loaderOf("configs/ba.yaml")).toBeUndefined();
    expect(facts.loaderOf("C:\\w\\configs\\a.yaml")).toBe("pyyaml");
  });
});

describe("readsKey() and castsKey()", () => {
  test("every word of every file counts as read", () => {
    const facts = factsOf('x = cfg["weight_decy"]', "y = args.other_key");
    expect(facts.readsKey?.("weight_decy")).toBe(true);
    expect(facts.readsKey?.("other_key")).toBe(true);
    expect(facts.readsKey?.("weight")).toBe(false);
  });

  test.each([
    'lr = float(cfg["lr"])',
    'lr = float(cfg["train"]["lr"])',
    'lr = float(cfg.get("lr", 0.1))',
    "lr = float(args.lr)",
    "cfg = {}\nprint(f\"{float(cfg['lr'])}\")",
    'import argparse, yaml\np.add_argument("--lr", type=float)\np.set_defaults(**yaml.safe_load(f))',
  ])("%j casts", (code) => expect(factsOf(code).castsKey?.("lr")).toBe(true));

  test.each([
    'lr = cfg["lr"]',
    'lr = float(cfg["eps"])',
    'import argparse\np.add_argument("--lr", type=float)\ncfg = 1',
    'import yaml\np.add_argument("--lr", type=str)\np.set_defaults(**yaml.safe_load(f))',
    'lr = int(cfg["lr"])',
  ])("%j does not cast", (code) => expect(factsOf(code).castsKey?.("lr")).toBe(false));
});

test("pythonFileUse() is total", () => {
  const code = fc.array(
    fc.constantFrom(
      ...["yaml", ".", "safe_load", "(", ")", "open", '"a.yaml"', "\n", " ", "float", "cfg", "["],
      ...["import ", "with ", "as ", "f", ":", "=", "]", "**", "hydra", "@", "def ", ","],
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(code, (parts) => {
      const facts = factsOf(`import yaml\n${parts.join("")}`);
      expect([undefined, "pyyaml", "unknown"]).toContain(facts.loaderOf("a.yaml"));
    }),
  );
});
