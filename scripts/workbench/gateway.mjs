// A loopback address that lets exactly one visitor in: it signs in for the browser and sends it on.
import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const USED = "This address was good for one visit. Run `npm start` again to get another one.\n";

/** The session cookie that the workbench gives for its password. */
async function signIn({ origin, password }) {
  const answer = await fetch(`${origin}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ password, base: "/", href: `${origin}/login` }),
  });
  const cookie = answer.headers.getSetCookie()[0];
  if (cookie === undefined)
    throw new Error(`The workbench refused its own password (${answer.status}).`);
  return cookie;
}

function isSame(given, expected) {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Cookies do not know ports, so the one that is set here is sent to the workbench too. */
export async function openGateway(workbench) {
  const token = randomBytes(24).toString("base64url");
  let isUsed = false;
  const server = createServer((request, response) => {
    const given = (request.url ?? "").slice(1);
    if (isUsed || !isSame(given, token)) {
      response.writeHead(isUsed ? 410 : 404, { "content-type": "text/plain" });
      response.end(isUsed ? USED : "Not found\n");
      return;
    }
    isUsed = true;
    signIn(workbench).then(
      (cookie) => response.writeHead(302, { location: workbench.url, "set-cookie": cookie }).end(),
      (error) =>
        response.writeHead(502, { "content-type": "text/plain" }).end(`${error.message}\n`),
    );
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  server.unref();
  return {
    address: `http://127.0.0.1:${server.address().port}/${token}`,
    close: () => server.close(),
  };
}
