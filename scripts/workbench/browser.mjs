// A browser for the end-to-end tests: an installed Chrome, Chromium or Edge, else the headless Chromium
// that an npm package carries.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));

const INSTALLED = {
  linux: [
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/microsoft-edge",
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

/** Loopback only, software rendering, nothing in the background. */
export const BROWSER_ARGUMENTS = [
  "--no-sandbox",
  "--no-first-run",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

function installedBrowser() {
  const named = process.env.NORMLENS_BROWSER;
  if (named === "packaged") return undefined;
  if (named !== undefined && named !== "") return named;
  return (INSTALLED[process.platform] ?? []).find((file) => existsSync(file));
}

function fontConfiguration(folder) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`;
}

/** Unpacks the packaged browser once; resolves its library and font folders by the package's own code. */
function packagedBrowser() {
  const folder = path.join(here, "../../.workbench/browser");
  const executable = path.join(folder, "chromium");
  if (!existsSync(executable)) {
    mkdirSync(folder, { recursive: true });
    // The package unpacks into the temporary folder, and its libraries only where this variable is set.
    const env = { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
    const script =
      'import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())';
    const { status, stderr } = spawnSync(process.execPath, ["-e", script], {
      cwd: here,
      env,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`The packaged browser could not be unpacked:\n${stderr}`);
  }
  // The package's own font configuration names folders of another system.
  writeFileSync(path.join(folder, "fonts.conf"), fontConfiguration(folder));
  return {
    executablePath: executable,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [path.join(folder, "al2023/lib"), process.env.LD_LIBRARY_PATH]
        .filter(Boolean)
        .join(path.delimiter),
      FONTCONFIG_FILE: path.join(folder, "fonts.conf"),
    },
  };
}

/** Launch options for playwright, or why there is no browser here. */
export function findBrowser() {
  const installed = installedBrowser();
  if (installed !== undefined) return { executablePath: installed, env: process.env };
  if (process.platform === "linux" && process.arch === "x64") return packagedBrowser();
  return {
    obstacle: "no Chrome, Chromium or Edge is installed; NORMLENS_BROWSER can name one (a path)",
  };
}
