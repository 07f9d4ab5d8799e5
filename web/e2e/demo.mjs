import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const patience = 120_000; // ms to make the synthetic city and answer

// startDemo serves the synthetic city from a database of its own and resolves
// when the service is ready. stop ends it as an operator would and checks that
// it went quietly.
export async function startDemo() {
  const folder = await mkdtemp(path.join(tmpdir(), "atalaya-"));
  const binary = path.resolve(process.env.ATALAYA_BIN ?? "../atalaya");
  const database = path.join(folder, "demo.gpkg");
  const service = spawn(binary, ["demo", "--db", database, "--listen", "127.0.0.1:0", "--json"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  service.stderr.on("data", (said) => {
    log += said;
  });
  const ended = once(service, "exit");
  const dead = ended.then(([status]) => {
    throw new Error(`${binary} ended with status ${status} before it served\n${log}`);
  });
  dead.catch(() => {}); // told by the race below, when there is one

  try {
    const origin = await Promise.race([addressOn(service.stdout), dead, late()]);
    await Promise.race([ready(origin), dead]);
    return {
      origin,
      async stop() {
        const isUp = service.kill("SIGTERM");
        const [status] = await ended;
        await rm(folder, { recursive: true, force: true });
        assert.ok(isUp, `the demo ended by itself, with status ${status}\n${log}`);
        assert.equal(status, 0, `the demo ended with status ${status}\n${log}`);
      },
    };
  } catch (error) {
    service.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function addressOn(output) {
  for await (const line of createInterface(output)) {
    if (line.startsWith("{")) return new URL(JSON.parse(line).address).origin;
  }
  throw new Error("the demo printed no address");
}

async function ready(origin) {
  const until = Date.now() + patience;
  for (;;) {
    const answer = await fetch(`${origin}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    assert.ok(Date.now() < until, `${origin}/readyz is not well: ${answer?.status}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function late() {
  return new Promise((_, reject) => {
    const error = new Error(`no address after ${patience / 1000} seconds`);
    setTimeout(() => reject(error), patience).unref();
  });
}
