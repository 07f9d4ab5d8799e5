import assert from "node:assert/strict";
import { chromium } from "playwright-core";

// The flags give a browser that calls nobody and draws WebGL in software, the
// same picture every time.
const flags = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

// launch starts a browser with a fresh profile.
export function launch() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: flags });
}

export const phone = { width: 390, height: 844 };
export const desk = { width: 1440, height: 900 };

const patience = 15_000; // ms for whatever is waited for

// visit opens an address of the service, hands the page to look, and fails when
// the page complained or asked anybody but the service for anything. Complaints
// that options.forgives matches are left out.
export async function visit(browser, address, { forgives = /^$/, ...options }, look) {
  const { origin } = new URL(address);
  const context = await browser.newContext({ viewport: desk, ...options });
  const complaints = [];
  context.on("console", (said) => {
    if (said.type() === "error") complaints.push(said.text());
  });
  context.on("weberror", (failed) => complaints.push(String(failed.error())));
  context.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    const isLocal = protocol === "data:" || protocol === "blob:" || asked === origin;
    if (!isLocal) complaints.push(`asked for ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} for ${response.url()}`);
  });
  try {
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    await page.goto(address);
    await look(page).catch((cause) => {
      throw new Error(`${address}: ${cause.message}; complaints: ${complaints}`, { cause });
    });
    const left = complaints.filter((complaint) => !forgives.test(complaint));
    assert.deepEqual(left, [], `complaints of ${address}`);
  } finally {
    await context.close();
  }
}

// mapReady waits for the map's first complete picture and returns the number of
// hexagons in it.
export async function mapReady(page) {
  const drawn = await page.waitForFunction(() => document.documentElement.dataset.mapReady);
  return Number(await drawn.jsonValue());
}

// firstHotspot returns the address of the page of the hotspot that leads the list.
export async function firstHotspot({ browser, origin }, lang) {
  let address;
  await visit(browser, `${origin}/${lang}/`, {}, async (page) => {
    address = await page.locator(".cards a").first().getAttribute("href");
  });
  return new URL(address, origin).href;
}
