import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "../test/source.mjs";
import { desk, mapReady, phone, visit } from "./browser.mjs";

// checkMap tests the interactive map.
export function checkMap(at) {
  for (const lang of ["es", "en"]) {
    test(`${lang}: the map draws the hexagons of the layer`, async () => {
      const address = `${at.origin}/${lang}/map`;
      await visit(at.browser, address, {}, async (page) => {
        const drawn = await mapReady(page);
        const { features } = await layerOf(page);
        assert.equal(drawn, features.length);
      });
    });

    test(`${lang}: a click on a hot hexagon tells about it`, async () => {
      const address = `${at.origin}/${lang}/map`;
      await visit(at.browser, address, {}, async (page) => {
        await mapReady(page);
        const { features } = await layerOf(page);
        const hottest = features.find((f) => f.properties.rank === 1);
        await lookAt(page, hottest);
        await page.locator("#map canvas").click(); // in its middle
        const told = page.locator("#inspector .chosen");
        await told.getByText(hottest.id, { exact: true }).waitFor();
        const link = await told.getByRole("link").getAttribute("href");
        assert.match(link, new RegExp(`^/${lang}/hotspots/${hottest.id}`));
        assert.match(page.url(), new RegExp(`sel=${hottest.id}`));
      });
    });
  }

  test("Enter tells about the cell in the middle, Escape lets it go", async () => {
    await visit(at.browser, `${at.origin}/es/map`, {}, async (page) => {
      await mapReady(page);
      const { features } = await layerOf(page);
      await lookAt(page, features[0]);
      await page.locator("#map canvas").focus();
      await page.keyboard.press("Enter");
      await page.locator(".chosen").getByText(features[0].id, { exact: true }).waitFor();
      await page.keyboard.press("Escape");
      await page.locator(".chosen dl").waitFor({ state: "detached" });
      assert.doesNotMatch(page.url(), /sel=/);
    });
  });

  test("the list of hot cells works from the keyboard", async () => {
    await visit(at.browser, `${at.origin}/en/map`, { viewport: phone }, async (page) => {
      await mapReady(page);
      const buttons = page.locator(".ranking button");
      await buttons.first().focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      assert.equal(await buttons.nth(1).getAttribute("aria-pressed"), "true");
      const cell = await buttons.nth(1).getAttribute("data-cell");
      await page.locator(".chosen").getByText(cell, { exact: true }).waitFor();
    });
  });

  test("quiet areas show only when they are asked for", async () => {
    await visit(at.browser, `${at.origin}/es/map`, {}, async (page) => {
      // Nothing in the demo is quiet enough, so one cell is said to be.
      await page.route(isLayer, async (route) => {
        const response = await route.fetch();
        const layer = await response.json();
        layer.features[0].properties.class = "cold_99";
        await route.fulfill({ response, json: layer });
      });
      await page.reload();
      await mapReady(page);
      await lookAt(page, (await layerOf(page)).features[0]);
      await page.reload(); // so that ready means drawn there
      await mapReady(page);
      const hidden = await middleOf(page);
      const box = page.locator(".map-switch input");
      await box.check();
      await becomes(page, (picture) => !picture.equals(hidden));
      await box.uncheck();
      await becomes(page, (picture) => picture.equals(hidden));
    });
  });

  test("an address with a chosen cell opens with it", async () => {
    await visit(at.browser, `${at.origin}/en/map`, {}, async (page) => {
      await mapReady(page);
      const { features } = await layerOf(page);
      await page.goto(`${at.origin}/en/map?dow=6#sel=${features[0].id}`);
      await page.locator(".chosen").getByText(features[0].id, { exact: true }).waitFor();
      await page.locator("a[hreflang=es]").click();
      await page.waitForURL(new RegExp(`/es/map\\?.*dow=6.*#.*sel=${features[0].id}`));
      await page.locator(".chosen").getByText(features[0].id, { exact: true }).waitFor();
    });
  });

  test("without WebGL the drawn map stays and a note says why", async () => {
    await visit(at.browser, `${at.origin}/es/map`, {}, async (page) => {
      await page.addInitScript(() => {
        HTMLCanvasElement.prototype.getContext = () => null;
      });
      await page.reload();
      await page.locator(".map-note").getByText("WebGL").waitFor();
      assert.ok(await page.locator("#map > svg").isVisible());
    });
  });

  test("a layer that cannot be had is told in the server's words, and can be tried again", async () => {
    const options = { forgives: /400/ };
    await visit(at.browser, `${at.origin}/en/map`, options, async (page) => {
      const problem = { title: "layer too large", detail: "300,000 cells, allowed are 200,000" };
      await page.route(isLayer, (route) =>
        route.fulfill({ status: 400, contentType: "application/problem+json", json: problem }),
      );
      await page.reload();
      const note = page.locator(".map-note");
      await note.getByText("layer too large: 300,000 cells, allowed are 200,000").waitFor();
      assert.ok(await page.locator("#map > svg").isVisible());
      await page.unroute(isLayer);
      await note.getByRole("button").click();
      assert.ok((await mapReady(page)) > 0);
    });
  });

  for (const scheme of ["light", "dark"]) {
    test(`${scheme}: the map and the page have the same colours`, async () => {
      const palette = (await source("palette.ts"))[scheme];
      const options = { colorScheme: scheme, viewport: desk };
      await visit(at.browser, `${at.origin}/es/map`, options, async (page) => {
        const custom = (name) =>
          page.evaluate(
            (n) => getComputedStyle(document.documentElement).getPropertyValue(n),
            name,
          );
        assert.equal(await custom("--land"), palette.land);
        assert.equal(await custom("--outside"), palette.ground);
        for (const [name, paint] of Object.entries(palette.classes)) {
          const property = `--${name.replace("_", "-")}`;
          const fill = paint.fill.startsWith("#") ? paint.fill : "transparent";
          assert.equal(await custom(property), fill, property);
          assert.equal(await custom(`${property}-line`), paint.outline, `${property}-line`);
        }
      });
    });
  }
}

function isLayer(url) {
  return url.pathname === "/api/v1/hotspots";
}

// layerOf fetches the layer that the page shows.
function layerOf(page) {
  return page.evaluate(async () => {
    const response = await fetch(document.querySelector("#map").dataset.layerUrl);
    return response.json();
  });
}

// lookAt puts a cell in the middle of the map.
async function lookAt(page, feature) {
  const ring = feature.geometry.coordinates[0].slice(1);
  const [x, y] = [0, 1].map((axis) => ring.reduce((sum, p) => sum + p[axis], 0) / ring.length);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `v=13.5/${y}/${x}`);
}

// middleOf takes a picture of the middle of the map, too small for more than
// one hexagon.
async function middleOf(page) {
  const { x, y, width, height } = await page.locator("#map canvas").boundingBox();
  const side = 16;
  const clip = { x: x + (width - side) / 2, y: y + (height - side) / 2, width: side, height: side };
  return page.screenshot({ clip });
}

// becomes waits until the middle of the map is as wanted.
async function becomes(page, isWanted) {
  for (let tries = 0; tries < 50; tries++) {
    if (isWanted(await middleOf(page))) return;
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  assert.fail("the picture did not become what was wanted");
}
