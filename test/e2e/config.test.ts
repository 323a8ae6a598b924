import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  openFile,
  openRelated,
  openWorkbench,
  problem,
  screenshot,
  squiggles,
  visibleText,
  type Workbench,
} from "./workbench.ts";

const EXAMPLES = path.join(import.meta.dirname, "../../examples");
const DEEPSPEED = JSON.stringify(
  {
    optimizer: { type: "AdamW", params: { weight_decay: 0.1 } },
    zero_optimization: { stage: 2 },
  },
  null,
  2,
);
const ARGUMENTS = `output_dir: out
num_train_epochs: 1
weight_decay: 0.01
deepspeed: ds.json
`;
const SCRIPT = "configs/train.py";
const MODEL = `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(64, 32), nn.Dropout(0.5), nn.Linear(32, 2))

    def forward(self, x):
        return self.body(x)
`;
const TRAINING = `import torch
from torch import nn

from net import Net

net = Net()
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
criterion = nn.CrossEntropyLoss()
`;

/** A field of one file, the optimizer that ignores it in another. */
const FIELDS = "class Settings:\n    lr = 0.1\n    weight_decay = 0.1\n";
const STEPS = `from torch.optim import SGD

from fields import Settings

optimizer = SGD(parameters, lr=Settings.lr)
`;

describe("findings of files that belong together", () => {
  let workbench: Workbench;
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(workbench.folder, name)), { recursive: true });
    writeFileSync(path.join(workbench.folder, name), text);
  };
  beforeAll(async () => {
    workbench = await openWorkbench({
      folder: EXAMPLES,
      prepare: (folder) => {
        writeFileSync(path.join(folder, "net.py"), MODEL);
        writeFileSync(path.join(folder, "fit.py"), TRAINING);
        writeFileSync(path.join(folder, "fields.py"), FIELDS);
        writeFileSync(path.join(folder, "steps.py"), STEPS);
        writeFileSync(path.join(folder, "ds.json"), DEEPSPEED);
        writeFileSync(path.join(folder, "arguments.yaml"), ARGUMENTS);
        writeFileSync(path.join(folder, "sweep.toml"), "[optimizer]\nweight_decay = -0.01\n");
      },
    });
  });
  afterAll(() => workbench?.close());

  test("a TOML file has findings, without an extension for the language", async () => {
    const { page } = workbench;
    await openFile(page, "sweep.toml");
    await squiggles(page, "error").first().waitFor();
    await screenshot(page, "findings-toml");
  });

  test("a number in YAML is text for the script that loads it with PyYAML", async () => {
    const { page } = workbench;
    await openFile(page, "finetune.yaml");
    await problem(page, "PyYAML reads `learning_rate: 1e-3` as the text");
    await screenshot(page, "config-problems");
  });

  test("it is a number again once the script loads the file otherwise", async () => {
    const { page } = workbench;
    const script = readFileSync(path.join(workbench.folder, SCRIPT), "utf8");
    const row = await problem(page, "PyYAML reads `learning_rate: 1e-3`");
    write(
      SCRIPT,
      script
        .replace("import yaml", "from omegaconf import OmegaConf")
        .replace("yaml.safe_load(file)", "OmegaConf.load(path)"),
    );
    await row.waitFor({ state: "detached" });
    write(SCRIPT, script);
    await problem(page, "PyYAML reads `learning_rate: 1e-3`");
  });

  test.each([
    {
      file: "ds.json",
      message: "the training that uses this file has `weight_decay` 0.01",
      elsewhere: ["`weight_decay` is 0.01 here.", "arguments.yaml", "deepspeed: ds.json"],
    },
    {
      file: "fit.py",
      message: "against overfitting there is only dropout",
      elsewhere: ["Found dropout here.", "net.py", "class Net(nn.Module)"],
    },
    {
      file: "fields.py",
      message: "`Settings.weight_decay` is declared and never read",
      elsewhere: ["`SGD` is built without it.", "steps.py", "SGD(parameters, lr=Settings.lr)"],
    },
  ] as const)(
    "what a finding in $file points at in another file opens from the Problems panel",
    async ({ file, message, elsewhere: [note, name, text] }) => {
      const { page } = workbench;
      await openFile(page, file);
      const row = await problem(page, message);
      await openRelated(page, row, note);
      await page.locator(".tab.active").filter({ hasText: name }).waitFor();
      await expect.poll(() => visibleText(page)).toContain(text);
      await screenshot(page, `related-of-${path.parse(file).name}`);
    },
  );

  test("the severity of a rule follows the settings", async () => {
    const { page } = workbench;
    await openFile(page, "sweep.toml");
    await squiggles(page, "error").first().waitFor();
    write(".vscode/settings.json", '{ "normlens.severity": { "NLC03": "warning" } }');
    await squiggles(page, "warning").first().waitFor();
    await squiggles(page, "error").first().waitFor({ state: "detached" });
    write(".vscode/settings.json", '{ "normlens.severity": { "NLC03": "off" } }');
    await squiggles(page, "warning").first().waitFor({ state: "detached" });
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
