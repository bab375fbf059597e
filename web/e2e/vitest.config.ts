import { defineConfig } from "vitest/config";

// Tests of the built pages in a real browser against a real server. One file after another: they share the machine.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["**/*.e2e.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
