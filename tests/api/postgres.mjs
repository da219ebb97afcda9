// A private PostgreSQL for a test, and SQL in it.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const script = join(dirname(fileURLToPath(import.meta.url)), "../server/postgres");

export async function withPostgres(run) {
  const folder = mkdtempSync(join(tmpdir(), "vigie-pg-"));
  chmodSync(folder, 0o755);
  const url = execFileSync(script, ["start", join(folder, "data")]).toString().trim();
  const stop = () => execFileSync(script, ["stop", join(folder, "data")], { stdio: "ignore" });
  try {
    await run(url, stop);
  } finally {
    try {
      stop();
    } catch {
      // It was stopped by the test.
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

export function sql(url, text) {
  return execFileSync("psql", ["-qXAt", "-v", "ON_ERROR_STOP=1", url], { input: text }).toString().trim();
}
