// Three roads side by side: what working out all three takes beside two bare pairs of handshakes in the same program,
// and what a step takes at the beginning and at the end of a script of 500 commands.
import { chromium } from "@playwright/test";

const { POP3LAB_URL, CHROMIUM } = process.env;
const BEFORE = 5;
const COMPUTED = 60;
const STEPS = 40;
const MOST_HANDSHAKES = 3;
const LIMIT = 1.5;

/** Runs in the page. */
function watches() {
  window.takes = (kind, times) => {
    const start = performance.now();
    for (let count = 0; count < times; count += 1) dispatchEvent(new CustomEvent(`pop3lab:${kind}`));
    return performance.now() - start;
  };
  /** From a click on a button to the first task after the frame that shows the step. */
  window.step = (name) =>
    new Promise((done) => {
      const button = document.querySelector(`[data-testid="${name}"]`);
      const place = document.querySelector('[data-testid="compare-place"]');
      const observer = new MutationObserver(() => {
        observer.disconnect();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(performance.now() - start);
          port2.postMessage(null);
        });
      });
      observer.observe(place, { childList: true, subtree: true, characterData: true });
      const start = performance.now();
      button.click();
    });
}

const at = (times, share) => {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};
const shown = (times) => `${at(times, 0.5).toFixed(1)} | ${at(times, 0.95).toFixed(1)}`;

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
await page.goto(new URL("#/compare", POP3LAB_URL).href);
await page.getByTestId("lane-110").waitFor();
await page.evaluate(watches);

const lanes = [];
const handshakes = [];
for (let count = 0; count < BEFORE + COMPUTED; count += 1) {
  const [lane, pair] = await page.evaluate(() => [window.takes("comparison", 1), window.takes("handshake", 2)]);
  if (count < BEFORE) continue;
  lanes.push(lane);
  handshakes.push(pair);
}

// The script of 500 commands.
const script = ["USER alice", "PASS wonderland", ...Array.from({ length: 497 }, (_, at) => ["NOOP", "STAT", "LIST"][at % 3]), "QUIT"];
await page.getByTestId("script-fold").evaluate((fold) => (fold.open = true));
await page.getByTestId("script").fill(script.join("\n"));
await page.waitForFunction(() => document.querySelectorAll('[data-testid="compare-row"]').length > 500);
const steps = {};
for (const [place, to] of [["beginning", "compare-first"], ["end", "compare-last"]]) {
  await page.getByTestId(to).click();
  const [there, back] = place === "end" ? ["compare-back", "compare-forward"] : ["compare-forward", "compare-back"];
  for (const name of [there, back]) {
    steps[`${name} at the ${place}`] = [];
    for (let count = 0; count < STEPS; count += 1) {
      await page.waitForTimeout(60);
      steps[`${name} at the ${place}`].push(await page.evaluate((name) => window.step(name), name));
    }
  }
}
await browser.close();

console.log("| ms | p50 | p95 |\n|---|---:|---:|");
console.log(`| three lanes, worked out | ${shown(lanes)} |`);
console.log(`| two bare pairs of handshakes | ${shown(handshakes)} |`);
const ratios = [0.5, 0.95].map((share) => at(lanes, share) / at(handshakes, share));
console.log(`| ratio (at most ${MOST_HANDSHAKES}) | ${ratios.map((it) => it.toFixed(2)).join(" | ")} |`);
for (const [name, times] of Object.entries(steps)) console.log(`| 500 commands, ${name} | ${shown(times)} |`);
const medians = Object.values(steps).map((times) => at(times, 0.5));
const spread = Math.max(...medians) / Math.min(...medians);
console.log(`| slowest to fastest (at most ${LIMIT}) | ${spread.toFixed(2)} | |`);
if (ratios[0] > MOST_HANDSHAKES || spread > LIMIT) {
  console.log("Comparing takes longer than it may.");
  process.exitCode = 1;
}
