// Chromium that nobody watches. It is told what it must be told (a slow processor, who is signed in, where to go), and the
// page says by its address what was measured. A tool that watches a page has its engine read the scripts a second time, to
// know on which line everything stands: readers have no such tool, and no such wait.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executablePath, quietly } from "../web/test/e2e/browser.mjs";

const patience = 60_000;

/** Messages go to the browser by its third file and come by its fourth, each ended by a zero byte. */
function talk(child) {
  const [, , , output, input] = child.stdio;
  const asked = new Map();
  const listeners = new Set();
  let last = 0;
  let rest = "";

  input.setEncoding("utf8").on("data", (text) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop();
    for (const message of messages.map((one) => JSON.parse(one))) {
      if (!message.id) for (const listen of listeners) listen(message);
      else if (message.error) asked.get(message.id).reject(new Error(message.error.message));
      else asked.get(message.id).resolve(message.result);
    }
  });
  function ask(method, params = {}, sessionId = undefined) {
    last += 1;
    output.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => asked.set(last, { resolve, reject }));
  }
  return { ask, listeners };
}

export async function bareBrowser() {
  const profile = mkdtempSync(join(tmpdir(), "vigie-bench-"));
  const child = spawn(executablePath, [...quietly, "--headless", "--remote-debugging-pipe", `--user-data-dir=${profile}`], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const { ask, listeners } = talk(child);

  /** What the page tells: the part of its address that nobody else needs. */
  function toldBy(page) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("the page did not say that it is ready")), patience);
      const listen = ({ method, params, sessionId }) => {
        if (method !== "Page.navigatedWithinDocument" || sessionId !== page) return;
        clearTimeout(timer);
        listeners.delete(listen);
        resolve(JSON.parse(decodeURIComponent(new URL(params.url).hash.slice(1))));
      };
      listeners.add(listen);
    });
  }

  /** A new visitor opens an address; `script` runs before the page, and sets the hash of the address once it knows. */
  async function visit({ address, cookies, slower, script, width, height }) {
    const { browserContextId } = await ask("Target.createBrowserContext");
    await ask("Storage.setCookies", { browserContextId, cookies });
    const { targetId } = await ask("Target.createTarget", { url: "about:blank", browserContextId });
    const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
    await ask("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false }, sessionId);
    await ask("Page.enable", {}, sessionId);
    await ask("Page.addScriptToEvaluateOnNewDocument", { source: script }, sessionId);
    await ask("Emulation.setCPUThrottlingRate", { rate: slower }, sessionId);
    const told = toldBy(sessionId);
    await ask("Page.navigate", { url: address }, sessionId);
    const value = await told;
    await ask("Target.disposeBrowserContext", { browserContextId });
    return value;
  }

  async function close() {
    await ask("Browser.close");
    await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }

  return { visit, close };
}
