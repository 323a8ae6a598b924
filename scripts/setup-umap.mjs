// Adds umap-learn to the Python references: its benchmark alone needs it.
import { makeEnvironment, references } from "./python/references.mjs";

const { isInstalled, install } = references("requirements-umap");

if (isInstalled()) {
  console.log("umap-learn is installed among the Python references.");
} else {
  makeEnvironment();
  install();
}
