// The browser tests: `cargo xtask test browser` serves the built site and says where it is.
import { defineConfig } from "@playwright/test";

const { POP3LAB_URL, CHROMIUM, CI } = process.env;
if (!POP3LAB_URL) throw new Error("Run these tests with `cargo xtask test browser`.");

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  outputDir: "test-results",
  workers: CI ? 1 : 2,
  // A second try on a noisy machine; the list names what needed it as flaky.
  retries: CI ? 1 : 0,
  forbidOnly: Boolean(CI),
  reporter: "list",
  timeout: 30_000,
  use: {
    baseURL: POP3LAB_URL,
    trace: "off",
    locale: "en-GB",
    launchOptions: {
      executablePath: CHROMIUM,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [{ name: "chromium", use: { browserName: "chromium" } }],
});
