// Stands in for @vscode/spdlog, which has no prebuilt binary: the same interface over appendFileSync.
const { appendFileSync, mkdirSync } = require("node:fs");
const { dirname } = require("node:path");

const LEVELS = ["trace", "debug", "info", "warn", "error", "critical"];
let defaultLevel = 2;

class Logger {
  constructor(file) {
    this.file = file;
    this.level = defaultLevel;
    this.isPlain = false;
  }
  write(level, message) {
    if (level < this.level) return;
    const line = this.isPlain
      ? message
      : `${new Date().toISOString()} [${LEVELS[level]}] ${message}\n`;
    try {
      appendFileSync(this.file, line);
    } catch (error) {
      // The log folder goes away while the server shuts down; anything else is worth a word.
      if (error.code !== "ENOENT") process.stderr.write(`${error.message}\n`);
    }
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  clearFormatters() {
    this.isPlain = true;
  }
  setPattern() {}
  flush() {}
  drop() {}
}
LEVELS.forEach((name, level) => {
  Logger.prototype[name] = function (message) {
    this.write(level, message);
  };
});

async function createLogger(_name, file) {
  mkdirSync(dirname(file), { recursive: true });
  return new Logger(file);
}

exports.version = 11100;
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
exports.setFlushOn = () => {};
exports.setLevel = (level) => {
  defaultLevel = level;
};
