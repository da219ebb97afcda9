// The policy of pages: whose pages cards may frame. Nothing of a setting ends a directive.
import assert from "node:assert/strict";
import { call, setUp, startServer } from "./server.mjs";

const policy = async (s, path) => (await call(s, "GET", path, { headers: { accept: "text/html" } })).headers.get("content-security-policy");

export const tests = {
  "cards may frame the hosts of the setting, and nothing else": async () => {
    const s = await startServer();
    try {
      const session = await setUp(s);
      const set = (value) => call(s, "PUT", "/api/setting/allowed-iframe-hosts", { session, body: { value } });
      const made = (await call(s, "POST", "/api/dashboard", { session, body: { name: "D" } })).json;
      const { uuid } = (await call(s, "POST", `/api/dashboard/${made.id}/public_link`, { session })).json;
      const pages = ["/auth/login", `/public/dashboard/${uuid}`];

      for (const page of pages) assert.doesNotMatch(await policy(s, page), /frame-src/);
      assert.ok((await set("videos.example.org, *.example.fr")).status < 300);
      for (const page of pages) assert.match(await policy(s, page), /; frame-src videos\.example\.org \*\.example\.fr; frame-ancestors /);
      assert.match((await call(s, "GET", pages[1], { headers: { accept: "text/html" } })).text, /"frames":\s*"videos\.example\.org \*\.example\.fr"/);
      assert.ok((await set("* data: 'self'; script-src evil.example \"x\" <y> ok.example.org")).status < 300);
      for (const page of pages) assert.match(await policy(s, page), /; frame-src evil\.example ok\.example\.org; frame-ancestors /);
      await set("");
      for (const page of pages) assert.doesNotMatch(await policy(s, page), /frame-src/);
    } finally {
      assert.equal(await s.stop(), 0);
    }
  },
};
