// Stands in for @vscode/native-watchdog, which has no prebuilt binary: ends this process once the
// watched one is gone.
exports.start = (pid) => {
  const timer = setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 1000);
  timer.unref();
};
exports.exit = (code) => process.exit(code || 0);
