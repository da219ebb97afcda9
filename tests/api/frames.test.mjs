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
      const [app, published] = ["/auth/login", `/public/dashboard/${uuid}`];
      // The app frames what the site publishes; published pages frame nothing of the site.
      const framed = async (hosts) => {
        assert.equal(/frame-src ([^;]*);/.exec(await policy(s, app))[1], `'self'${hosts && ` ${hosts}`}`);
        assert.equal(/frame-src ([^;]*);/.exec(await policy(s, published))?.[1] ?? "", hosts);
      };

      await framed("");
      assert.ok((await set("videos.example.org, *.example.fr")).status < 300);
      await framed("videos.example.org *.example.fr");
      assert.match((await call(s, "GET", published, { headers: { accept: "text/html" } })).text, /"frames":\s*"videos\.example\.org \*\.example\.fr"/);
      assert.ok((await set("* data: 'self'; script-src evil.example \"x\" <y> ok.example.org")).status < 300);
      await framed("evil.example ok.example.org");
      await set("");
      await framed("");
    } finally {
      assert.equal(await s.stop(), 0);
    }
  },
};
