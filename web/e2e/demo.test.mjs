// The pages of the running service, in a real browser. Nothing is built here:
// ATALAYA_BIN names the program (../atalaya otherwise), CHROMIUM the browser.

import { after, before } from "node:test";
import { checkAccessibility } from "./accessibility.mjs";
import { launch } from "./browser.mjs";
import { startDemo } from "./demo.mjs";
import { checkHotspot } from "./hotspot.mjs";
import { checkList } from "./list.mjs";
import { checkMap } from "./map.mjs";
import { takePictures } from "./pictures.mjs";

const at = {}; // origin of the service, and the browser; from before to after
let demo;

before(async () => {
  demo = await startDemo();
  at.origin = demo.origin;
  at.browser = await launch();
});

after(async () => {
  await at.browser?.close();
  await demo?.stop();
});

checkList(at);
checkHotspot(at);
checkMap(at);
checkAccessibility(at);
takePictures(at);
