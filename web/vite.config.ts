import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { precompress } from "./scripts/precompress.mjs";

// `npm run dev` shows the pages from the sources, with the data of a server that runs beside it: touchstone serve.
const server = process.env.TOUCHSTONE_SERVER ?? "http://127.0.0.1:5080";

export default defineConfig({
  plugins: [react(), precompress()],
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: Object.fromEntries(["/api", "/health", "/openapi"].map(path => [path, { target: server, changeOrigin: true }])),
  },
  build: {
    outDir: "dist",
    assetsDir: "assets",
    // Fonts and pictures stay files: a data: address would need a hole in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    target: "es2022",
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
  test: {
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
    environment: "node",
    // Exported plots carry these rules within, so their tests read them.
    css: { include: [/plots\.css/] },
  },
});
