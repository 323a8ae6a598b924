// `file:` addresses as Node reads and writes them on POSIX.
export function fileURLToPath(address) {
  const url = new URL(address);
  if (url.protocol !== "file:" || url.hostname !== "" || /%2f/i.test(url.pathname)) {
    throw new TypeError(`Cannot read as a path: ${address}`);
  }
  return decodeURIComponent(url.pathname);
}

export function pathToFileURL(path) {
  const url = new URL("file:///");
  url.pathname = path.replaceAll("%", "%25");
  return url;
}
