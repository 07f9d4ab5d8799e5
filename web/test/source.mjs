import { fileURLToPath } from "node:url";
import { createServer } from "vite";

// source runs a TypeScript module of src/ in Node, compiled as the build
// compiles it, and returns what it exports.
export async function source(path) {
  const vite = await createServer({
    configFile: false,
    root: fileURLToPath(new URL("..", import.meta.url)),
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    appType: "custom",
    optimizeDeps: { noDiscovery: true },
    logLevel: "error",
  });
  try {
    return await vite.ssrLoadModule(`/src/${path}`);
  } finally {
    await vite.close();
  }
}
