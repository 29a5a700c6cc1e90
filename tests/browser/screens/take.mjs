// Takes the pictures of docs/screens: `POP3LAB_URL=… CHROMIUM=… node tests/browser/screens/take.mjs`, while
// `cargo xtask serve` runs; with names behind it, only those.
import { chromium } from "@playwright/test";
import { fileURLToPath } from "node:url";

const { POP3LAB_URL, CHROMIUM } = process.env;
const folder = new URL("../../../docs/screens/", import.meta.url);

const types = async (page, ...lines) => {
  for (const line of lines) {
    await page.getByTestId("terminal-input").fill(line);
    await page.keyboard.press("Enter");
  }
};
const stages = async (page, name) => {
  await page.getByTestId("set-pieces").click();
  await page.getByTestId(`set-piece-${name}`).click();
};
const rests = (page) => page.waitForTimeout(3000);

const SCREENS = {
  "1-landing": { act: rests },
  "2-mid-session": {
    act: async (page) => {
      await types(page, "USER alice", "PASS wonderland", "STAT", "LIST", "RETR 1", "DELE 1");
      await rests(page);
      await page.getByTestId("tab-mailbox").click();
    },
  },
  "3-refusal": {
    act: async (page) => {
      await types(page, "USER alice", "RETR 1");
      await rests(page);
    },
  },
  "4-large-retr": {
    act: async (page) => {
      await types(page, "USER alice", "PASS wonderland", "RETR 7");
      await rests(page);
    },
  },
  "5-locked": {
    act: async (page) => {
      await stages(page, "locked");
      await rests(page);
      await page.getByTestId("tab-mailbox").click();
    },
  },
  "6-past-fork": {
    act: async (page) => {
      await types(page, "USER alice", "PASS wonderland", "DELE 1", "QUIT");
      for (let count = 0; count < 4; count += 1) await page.getByTestId("step-back").click();
      await types(page, "RSET");
      await page.getByTestId("step-back").click();
      await page.getByTestId("tab-mailbox").click();
    },
  },
  "7-narrow-ja-dark": {
    width: 360,
    height: 780,
    locale: "ja-JP",
    colorScheme: "dark",
    act: async (page) => {
      await types(page, "USER alice", "PASS wonderland", "STAT", "DELE 2");
      await rests(page);
    },
  },
  "9-stls": {
    act: async (page) => {
      await page.getByTestId("road-stls").click();
      await page.waitForTimeout(400);
      await types(page, "CAPA", "STLS", "CAPA", "USER alice", "PASS wonderland");
      await rests(page);
    },
  },
  "10-certificate": {
    act: async (page) => {
      await page.getByTestId("security").click();
      await page.getByTestId("fault-other-host").check();
      await page.waitForTimeout(1000);
    },
  },
  "11-notebook": {
    act: async (page) => {
      await types(page, "USER alice", "PASS wonderland", "RETR 1");
      await page.getByTestId("road-995").click();
      await page.waitForTimeout(400);
      await types(page, "USER alice", "PASS wonderland", "RETR 1");
      await page.getByTestId("tab-ledger").click();
      await rests(page);
    },
  },
  "8-watch": {
    act: async (page) => {
      await page.getByTestId("pace").selectOption("watch");
      await page.getByTestId("speed").selectOption("¼");
      await types(page, "USER alice");
      await page.waitForTimeout(1500);
    },
  },
  "12-compare-start": { hash: "#/compare", act: rests },
  "13-compare-handshake": { hash: "#/compare?by=packet&at=5", act: rests },
  "14-compare-end": { hash: "#/compare?at=25", act: rests },
  "15-compare-fault": { hash: "#/compare?at=99&995=expired&stls=no-stls,if-offered", act: rests },
  "16-compare-narrow": { hash: "#/compare?at=14", width: 360, height: 780, act: rests },
  "17-compare-projected": { hash: "#/compare?at=14", width: 1920, height: 1080, act: rests },
};
const wanted = process.argv.slice(2);

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
for (const [name, { act, hash, width = 1440, height = 900, locale = "en-US", colorScheme = "light" }] of Object.entries(SCREENS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const touch = width < 600;
  const page = await browser.newPage({ viewport: { width, height }, locale, colorScheme, hasTouch: touch, isMobile: touch });
  await page.goto(POP3LAB_URL + (hash ?? ""));
  await page.getByTestId(hash ? "compare-row" : "row").nth(2).waitFor();
  await act(page);
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)) });
  await page.close();
}
await browser.close();
