// People, groups, keys, settings, audit: the shapes that Metabase's clients read.
import assert from "node:assert/strict";
import { ADMIN, call, invite, setUp, startServer } from "./server.mjs";

const server = (options, run) => async () => {
  const started = await startServer(options);
  try {
    await run(started, await setUp(started));
  } finally {
    await started.stop();
  }
};

export const tests = {
  ...Object.fromEntries(["text", "json"].map((format) => [`administrators read the last lines of a log of ${format}, without secrets`, server({ env: { VIGIE_LOG_FORMAT: format } }, async (s, session) => {
    const logs = async () => (await call(s, "GET", "/api/logger/logs", { session })).json;
    // A request is written down once its answer is sent.
    const logsWith = async (words) => {
      let lines = await logs();
      for (let tries = 0; tries < 100 && !lines.some(({ msg }) => msg.includes(words)); tries += 1) lines = await logs();
      return lines;
    };
    await call(s, "POST", "/api/session", { body: { username: ADMIN.email, password: "hunter2-secret" } });
    await call(s, "GET", `/api/nowhere/%C3%A9t%C3%A9?key=mb_secret&q=${"é".repeat(700)}`, { key: "mb_wrongwrongwrong" });
    const lines = await logsWith("/api/nowhere/");
    assert.ok(lines.length > 1 && lines.length <= 250);
    for (const line of lines) {
      assert.deepEqual(Object.keys(line), ["timestamp", "level", "fqns", "msg", "exception", "process_uuid"]);
      assert.match(line.timestamp, /^\d{4}-\d\d-\d\dT/);
      assert.match(line.level, /^(ERROR|WARN|INFO|DEBUG)$/);
      assert.match(line.fqns, /^vigie\.[a-z._-]+$/);
      assert.ok(s.err.includes(format === "json" ? line.msg.slice(1, 200) : line.msg.slice(0, 200)), line.msg);
      if (format === "json" && line.msg && line.msg.length < 900) JSON.parse(line.msg);
    }
    assert.ok(lines.some((line) => line.msg.includes("/api/nowhere/")));
    assert.doesNotMatch(JSON.stringify(lines), /hunter2|mb_wrong|mb_secret/);
    assert.ok(!JSON.stringify(lines).includes(session));
    for (let i = 0; i < 260; i++) await call(s, "GET", `/api/nowhere/${i}`);
    const many = await logsWith("nowhere/259");
    assert.equal(many.length, 250);
    assert.ok(many.findIndex(({ msg }) => msg.includes("nowhere/259")) < many.findIndex(({ msg }) => msg.includes("nowhere/258")));
    assert.deepEqual((await call(s, "GET", "/api/util/logs", { session })).json.length, 250);
    const { session: reader } = await invite(s, session, "logs@example.org");
    for (const [as, status] of [[reader, 403], [undefined, 401]])
      for (const path of ["/api/util/logs", "/api/logger/logs"]) assert.equal((await call(s, "GET", path, { session: as })).status, status);
  })])),
  "people are listed, changed, deactivated and let in again": server({}, async (s, session) => {
    const made = await call(s, "POST", "/api/user", { session, body: { email: "Bob@Example.org", first_name: "Bob", last_name: "Élan", password: "ignored", group_ids: [1] } });
    assert.equal(made.json.email, "bob@example.org");
    assert.equal(made.json.common_name, "Bob Élan");
    const again = await call(s, "POST", "/api/user", { session, body: { email: "bob@example.org" } });
    assert.deepEqual([again.status, again.json.errors.email], [400, "Email address already in use."]);
    for (const email of ["bob", "a@b", "a b@example.org", "a@example.org\nBcc: x@example.org"])
      assert.ok((await call(s, "POST", "/api/user", { session, body: { email } })).json.errors.email, email);
    const list = await call(s, "GET", "/api/user?query=elan&limit=10&offset=0", { session });
    assert.deepEqual([list.json.total, list.json.limit, list.json.offset, list.json.data[0].id], [1, 10, 0, made.json.id]);
    const all = await call(s, "GET", "/api/user", { session });
    assert.deepEqual([all.json.total, all.json.limit, all.json.offset], [2, null, null]);
    const put = await call(s, "PUT", `/api/user/${made.json.id}`, { session, body: { ...made.json, last_name: null, locale: "fr" } });
    assert.deepEqual([put.json.first_name, put.json.last_name, put.json.locale], ["Bob", null, "fr"]);
    assert.deepEqual((await call(s, "DELETE", `/api/user/${made.json.id}`, { session })).json, { success: true });
    assert.equal((await call(s, "GET", `/api/user/${made.json.id}`, { session })).status, 404);
    assert.equal((await call(s, "GET", "/api/user?status=deactivated", { session })).json.total, 1);
    assert.equal((await call(s, "PUT", `/api/user/${made.json.id}/reactivate`, { session })).json.is_active, true);
    assert.equal((await call(s, "PUT", `/api/user/${made.json.id}/reactivate`, { session })).status, 400);
    const timestamps = made.json.date_joined;
    assert.match(timestamps, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  }),
  "the last administrator cannot leave": server({}, async (s, session) => {
    assert.equal((await call(s, "PUT", "/api/user/1", { session, body: { is_superuser: false } })).status, 400);
    assert.equal((await call(s, "DELETE", "/api/user/1", { session })).status, 400);
    const members = await call(s, "GET", "/api/permissions/group/2", { session });
    assert.equal((await call(s, "DELETE", `/api/permissions/membership/${members.json.members[0].membership_id}`, { session })).status, 400);
    assert.equal((await call(s, "GET", "/api/user/current", { session })).json.is_superuser, true);
  }),
  "somebody without rights changes their name but not their rights": server({}, async (s, session) => {
    const other = await invite(s, session, "other@example.org");
    const put = (body, id = other.id) => call(s, "PUT", `/api/user/${id}`, { session: other.session, body });
    assert.equal((await put({ first_name: "O", theme: "dark" })).json.first_name, "O");
    for (const body of [{ is_superuser: true }, { user_group_memberships: [{ id: 1 }, { id: 2 }] }, { login_attributes: { a: "1" } }])
      assert.equal((await put(body)).status, 403);
    assert.equal((await put({ first_name: "X" }, 1)).status, 403);
    const me = await call(s, "GET", "/api/user/current", { session: other.session });
    assert.deepEqual([me.json.is_superuser, me.json.group_ids, me.json.settings.theme], [false, [1], "dark"]);
    assert.match((await call(s, "GET", "/", { headers: { cookie: `metabase.SESSION=${other.session}` } })).text, /data-theme="dark"/);
  }),
  "groups and memberships": server({}, async (s, session) => {
    const groups = await call(s, "GET", "/api/permissions/group", { session });
    assert.deepEqual(groups.json.map((one) => [one.id, one.name, one.member_count]), [[2, "Administrators", 1], [1, "All Users", 1]]);
    const group = await call(s, "POST", "/api/permissions/group", { session, body: { name: "Équipe" } });
    assert.deepEqual([group.json.name, group.json.members], ["Équipe", []]);
    assert.ok((await call(s, "POST", "/api/permissions/group", { session, body: { name: "équipe" } })).status < 500);
    const members = await call(s, "POST", "/api/permissions/membership", { session, body: { group_id: group.json.id, user_id: 1 } });
    assert.equal(members.json[0].email, ADMIN.email);
    const map = await call(s, "GET", "/api/permissions/membership", { session });
    assert.deepEqual(map.json["1"].map((one) => one.group_id), [1, 2, group.json.id]);
    assert.equal((await call(s, "PUT", `/api/permissions/membership/${group.json.id}/clear`, { session })).status, 204);
    assert.equal((await call(s, "PUT", "/api/permissions/group/1", { session, body: { name: "x" } })).status, 400);
    assert.equal((await call(s, "DELETE", "/api/permissions/group/2", { session })).status, 400);
    assert.equal((await call(s, "DELETE", `/api/permissions/group/${group.json.id}`, { session })).status, 204);
    assert.equal((await call(s, "GET", `/api/permissions/group/${group.json.id}`, { session })).status, 404);
  }),
  "API keys act in their group, and are shown once": server({}, async (s, session) => {
    const made = await call(s, "POST", "/api/api-key", { session, body: { name: "script", group_id: 2 } });
    assert.match(made.json.unmasked_key, /^mb_/);
    assert.deepEqual(made.json.group, { id: 2, name: "Administrators" });
    assert.equal((await call(s, "POST", "/api/api-key", { session, body: { name: "script", group_id: 2 } })).status, 400);
    const list = await call(s, "GET", "/api/api-key", { session });
    assert.ok(!("unmasked_key" in list.json[0]) && !list.text.includes(made.json.unmasked_key));
    const asKey = (key, header) => fetch(`${s.base}/api/user`, { headers: { [header]: key } }).then((one) => one.status);
    assert.equal(await asKey(made.json.unmasked_key, "X-Api-Key"), 200);
    assert.equal(await asKey(made.json.unmasked_key, "x-api-key"), 200);
    assert.deepEqual((await call(s, "GET", "/api/user/current", { key: made.json.unmasked_key })).json.group_ids, [...new Set([1, made.json.group.id])]);
    const fresh = await call(s, "PUT", `/api/api-key/${made.json.id}/regenerate`, { session });
    assert.equal(await asKey(made.json.unmasked_key, "x-api-key"), 401);
    assert.equal(await asKey(fresh.json.unmasked_key, "x-api-key"), 200);
    assert.equal((await call(s, "PUT", `/api/api-key/${made.json.id}`, { session, body: { group_id: 1 } })).json.group.id, 1);
    assert.equal(await asKey(fresh.json.unmasked_key, "x-api-key"), 403);
    assert.equal((await call(s, "DELETE", `/api/api-key/${made.json.id}`, { session })).status, 204);
    assert.equal(await asKey(fresh.json.unmasked_key, "x-api-key"), 401);
    assert.equal((await call(s, "GET", "/api/user", { session })).json.total, 1);
  }),
  "settings: bare values, masks, fixed ones, resets": server({ env: { MB_SITE_NAME: "Fixed", MB_PLUGINS_DIR: "/x", MB_EMOJI_IN_LOGS: "true" } }, async (s, session) => {
    const get = (key) => call(s, "GET", `/api/setting/${key}`, { session });
    const put = (key, value) => call(s, "PUT", `/api/setting/${key}`, { session, body: { value } });
    assert.equal((await get("site-name")).text, "Fixed");
    assert.equal((await put("site-name", "Other")).status, 400);
    const list = (await call(s, "GET", "/api/setting", { session })).json;
    const fixed = list.find((one) => one.key === "site-name");
    assert.deepEqual([fixed.value, fixed.is_env_setting, fixed.env_name], [null, true, "MB_SITE_NAME"]);
    assert.ok(list.every((one) => typeof one.description === "string"));
    assert.equal((await get("nothing-like-it")).status, 404);
    assert.equal((await get("site-url")).status, 204);
    assert.equal((await put("report-timezone", "Europe/Nowhere")).status, 400);
    assert.equal((await put("report-timezone", "Europe/Paris")).status, 204);
    assert.equal((await get("report-timezone")).text, "Europe/Paris");
    assert.equal((await put("report-timezone", null)).status, 204);
    assert.equal((await get("report-timezone")).status, 204);
    assert.equal((await put("enable-public-sharing", false)).status, 204);
    assert.equal((await get("enable-public-sharing")).json, false);
    assert.equal((await put("embedding-secret-key", "a".repeat(62) + "yz")).status, 204);
    assert.equal((await get("embedding-secret-key")).json, "**********yz");
    assert.ok(!(await call(s, "GET", "/api/session/properties", { session })).text.includes("aaaa"));
    assert.equal((await call(s, "PUT", "/api/setting", { session, body: { "site-url": "https://x.example.org", "start-of-week": "friday" } })).status, 204);
    assert.equal((await call(s, "PUT", "/api/setting", { session, body: { "start-of-week": "someday" } })).json.errors["start-of-week"] !== undefined, true);
    // Who changed each last stands beside it; nothing beside what nobody changed.
    const changed = new Map((await call(s, "GET", "/api/setting", { session })).json.map((one) => [one.key, one]));
    for (const key of ["report-timezone", "enable-public-sharing", "site-url"]) {
      assert.equal(changed.get(key).changed_by, ADMIN.email);
      assert.ok(Math.abs(Date.now() - Date.parse(changed.get(key).changed_at)) < 60_000);
    }
    assert.ok(!("changed_by" in changed.get("site-name")) && !("changed_at" in changed.get("download-row-limit")));
    const warning = s.err.split("\n").filter((line) => line.includes("config.unknown"));
    assert.equal(warning.length, 1);
    assert.match(warning[0], /MB_PLUGINS_DIR, MB_EMOJI_IN_LOGS/);
  }),
  "mail errors name the setting": server({}, async (s, session) => {
    assert.ok((await call(s, "POST", "/api/email/test", { session })).json.errors["email-from-address"] ?? true);
    const put = await call(s, "PUT", "/api/email", { session, body: { "email-smtp-host": "127.0.0.1", "email-smtp-port": 1, "email-smtp-security": "none", "email-smtp-username": "u", "email-smtp-password": "hidden-9", "email-from-address": "v@example.org" } });
    assert.equal(put.status, 200);
    const failed = await call(s, "POST", "/api/email/test", { session });
    assert.equal(failed.status, 400);
    assert.ok(failed.json.errors["email-smtp-port"], failed.text);
    assert.ok(!failed.text.includes("hidden-9"));
    assert.equal((await call(s, "PUT", "/api/email", { session, body: { "email-from-address": "not an address" } })).status, 400);
    assert.equal((await call(s, "DELETE", "/api/email", { session })).status, 204);
  }),
  "the audit log tells who did what, and is a chain": server({}, async (s, session) => {
    await call(s, "POST", "/api/permissions/group", { session, body: { name: "G" } });
    const log = await call(s, "GET", "/api/activity/audit?limit=2&offset=0", { session });
    assert.deepEqual(log.json.data.map((one) => one.topic), ["group-create", "setup"]);
    assert.equal(log.json.total, 2);
    assert.equal(log.json.data[0].user.email, ADMIN.email);
    assert.deepEqual((await call(s, "GET", "/api/activity/audit/verify", { session })).json, { intact: true, lines: 2, first_broken_id: null });
    const out = s.out.split("\n").filter((line) => line.startsWith("{\"audit\"")).map((line) => JSON.parse(line));
    assert.deepEqual(out.map((one) => one.hash), log.json.data.map((one) => one.hash).reverse());
  }),
  "the sample database: tables, columns, removed and restored": server({}, async (s, session) => {
    const list = await call(s, "GET", "/api/database?include=tables", { session });
    assert.equal(list.json.total, 1);
    const [sample] = list.json.data;
    assert.deepEqual([sample.engine, sample.is_sample, sample.tables.length], ["sqlite", true, 8]);
    const rows = Object.fromEntries(sample.tables.map((one) => [one.name, one.estimated_row_count]));
    assert.deepEqual([rows.ORDERS, rows.PRODUCTS, rows.PEOPLE, rows.REVIEWS], [18760, 200, 2500, 1112]);
    const orders = sample.tables.find((one) => one.name === "ORDERS");
    const metadata = await call(s, "GET", `/api/table/${orders.id}/query_metadata`, { session });
    const user = metadata.json.fields.find((one) => one.name === "USER_ID");
    assert.deepEqual([user.semantic_type, user.target.table_name, "fk_target_field_id" in metadata.json.fields[0]], ["type/FK", "PEOPLE", true]);
    assert.ok(Array.isArray((await call(s, "GET", "/api/table/", { session })).json));
    assert.deepEqual((await call(s, "GET", `/api/database/${sample.id}/schemas`, { session })).json, [""]);
    assert.equal((await call(s, "GET", `/api/database/${sample.id}/schema/`, { session })).json.length, 8);
    assert.equal((await call(s, "GET", `/api/database/${sample.id}/fields`, { session })).json.length, 71);
    assert.equal((await call(s, "POST", `/api/database/${sample.id}/sync_schema`, { session })).json.status, "ok");
    assert.equal((await call(s, "DELETE", `/api/database/${sample.id}`, { session })).status, 204);
    assert.equal((await call(s, "GET", "/api/table", { session })).json.length, 0);
    const back = await call(s, "POST", "/api/database/sample_database", { session });
    assert.equal(back.json.is_sample, true);
    assert.equal((await call(s, "GET", `/api/database/${back.json.id}/metadata`, { session })).json.tables[0].fields.length > 5, true);
    const reader = await invite(s, session, "r@example.org");
    assert.ok(!("details" in (await call(s, "GET", `/api/database/${back.json.id}`, { session: reader.session })).json));
  }),
};
