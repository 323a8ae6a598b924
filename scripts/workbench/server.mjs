// Starts a private workbench server on a free loopback port; writes nothing outside `home`.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openGateway } from "./gateway.mjs";
import { workbenchPaths } from "./setup.mjs";

const START_LIMIT_MS = 60_000;

/** Quiet defaults: no telemetry, no update checks, no welcome page, nothing from a marketplace. */
const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Dark Modern",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "security.workspace.trust.enabled": false,
  "git.enabled": false,
  "npm.autoDetect": "off",
};

/** A folder that nobody has said to trust, without being asked about it. */
const RESTRICTED = {
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
};

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function environment(home) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(NODE_OPTIONS|VSCODE_|npm_|VITEST|NODE_TEST)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, ".config"),
    XDG_DATA_HOME: path.join(home, ".local/share"),
    XDG_CACHE_HOME: path.join(home, ".cache"),
    EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":""}',
  };
}

async function untilHealthy(child, port, log) {
  const end = Date.now() + START_LIMIT_MS;
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`The workbench ended:\n${readFileSync(log, "utf8")}`);
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > end)
      throw new Error(`The workbench did not answer:\n${readFileSync(log, "utf8")}`);
    await delay(50);
  }
}

/**
 * Serves `workspace` in a workbench with the extension `vsix` installed, behind a password that only
 * the gateway knows: who opens `address` first is in, everybody else meets a login page.
 *
 * `opened` is the folder as trusted, as not yet trusted, or no folder at all.
 */
export async function startWorkbench({ home, workspace, vsix, settings = {}, opened = "trusted" }) {
  const { entry, node } = workbenchPaths();
  const userData = path.join(home, "user-data");
  mkdirSync(path.join(userData, "User"), { recursive: true });
  const trust = opened === "restricted" ? RESTRICTED : {};
  const merged = { ...SETTINGS, ...trust, ...settings };
  writeFileSync(path.join(userData, "User/settings.json"), JSON.stringify(merged, null, 2));
  const password = randomBytes(24).toString("base64url");
  const config = path.join(home, "config.yaml");
  writeFileSync(config, `auth: password\npassword: ${password}\n`, { mode: 0o600 });
  const base = [
    entry,
    ...["--config", config],
    ...["--user-data-dir", userData],
    ...["--extensions-dir", path.join(home, "extensions")],
  ];
  const env = environment(home);
  const install = spawnSync(node, [...base, "--install-extension", vsix, "--force"], {
    env,
    encoding: "utf8",
  });
  if (install.status !== 0 || !install.stdout.includes("successfully installed")) {
    throw new Error(`The extension could not be installed:\n${install.stdout}\n${install.stderr}`);
  }
  const port = await freePort();
  const logFile = path.join(home, "server.log");
  const log = openSync(logFile, "w");
  const child = spawn(
    node,
    [
      ...base,
      ...["--bind-addr", `127.0.0.1:${port}`],
      "--disable-telemetry",
      "--disable-update-check",
      ...(opened === "restricted" ? [] : ["--disable-workspace-trust"]),
      "--disable-getting-started-override",
      "--disable-proxy",
      ...(opened === "nothing" ? ["--ignore-last-opened"] : [workspace]),
    ],
    { env, stdio: ["ignore", log, log], detached: true },
  );
  closeSync(log);
  await untilHealthy(child, port, logFile);
  const origin = `http://127.0.0.1:${port}`;
  const query = opened === "nothing" ? "ew=true" : `folder=${encodeURIComponent(workspace)}`;
  const url = `${origin}/?${query}`;
  const gateway = await openGateway({ origin, url, password });
  return {
    /** Good for one visit. */
    address: gateway.address,
    /** Ends the server's own process group and nothing else. */
    async stop() {
      gateway.close();
      if (child.exitCode !== null) return;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      process.kill(-child.pid, "SIGTERM");
      const isGone = await Promise.race([gone.then(() => true), delay(5_000, false)]);
      if (!isGone) process.kill(-child.pid, "SIGKILL");
    },
  };
}
