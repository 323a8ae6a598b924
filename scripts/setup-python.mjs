// Creates .venv with the Python libraries that test/python compares NormLens with.
import { makeEnvironment, references } from "./python/references.mjs";

const { isInstalled, install } = references("requirements");

if (isInstalled()) {
  console.log("The Python references are installed.");
} else {
  makeEnvironment();
  install();
}
