import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

// The build writes content-hashed files and a manifest to dist/. The Go server
// embeds the folder and serves it under /assets/.
export default defineConfig({
  base: "/assets/",
  publicDir: false,
  plugins: [precompress()],
  worker: { format: "es" },
  build: {
    assetsDir: "",
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: false,
    target: "es2023",
    // MapLibre alone is over the default limit; the budget that counts, gzipped
    // bytes, is held by the Go test of this folder.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: "src/map.ts" },
  },
});

// precompress writes each script and style sheet in Brotli and gzip beside the
// plain file, so that the server compresses nothing that never changes. It also
// puts back the file that lets Go compile before a build, which emptying dist/
// has removed.
function precompress(): Plugin {
  return {
    name: "precompress",
    apply: "build",
    // Only what has been written is final: other plugins change the bundle until then.
    writeBundle({ dir = "" }, bundle) {
      for (const name of Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name))) {
        const file = path.join(dir, name);
        const plain = readFileSync(file);
        writeFileSync(`${file}.br`, brotliCompressSync(plain));
        writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
      }
      writeFileSync(path.join(dir, ".keep"), "");
    },
  };
}
