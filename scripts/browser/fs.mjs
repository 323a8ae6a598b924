// In a browser there is no disk: nothing is found, by the names that the server asks with.
const notFound = (path) => {
  throw Object.assign(new Error(`ENOENT: no such file or directory, '${path}'`), {
    code: "ENOENT",
  });
};

export const existsSync = () => false;
export const readFileSync = notFound;
export const readdirSync = notFound;
export const statSync = (path, options) =>
  options?.throwIfNoEntry === false ? undefined : notFound(path);
export const realpathSync = notFound;
export const readFile = async (path) => notFound(path);
