// From a click on the road of port 995 to its painted greeting: TCP, TLS and POP3 of both ends, and the page. Beside it,
// in the same run and the same program, a bare pair of handshakes without a network, and the echo page's painted answer,
// taken as latency.bench.mjs takes it. Each click and each Enter comes after a pause of its own, so that a round begins at
// another moment between two frames than the one before it.
import { chromium } from "@playwright/test";
import { pause } from "./pause.mjs";

const { POP3LAB_URL, POP3LAB_BENCHES_URL, CHROMIUM } = process.env;
const BEFORE = 5;
const MEASURED = 40;
const PAUSE = 400;
const LIMIT = 1.5;

/** Runs in the page: promises how long after the next event of this kind the first row from the server is painted. */
function watches() {
  window.watch = (kind) => {
    window.answer = new Promise((done) => {
      let start;
      const begun = (event) => {
        if (kind === "keydown" && event.key !== "Enter") return;
        start = event.timeStamp;
        removeEventListener(kind, begun, true);
      };
      addEventListener(kind, begun, true);
      const log = document.querySelector('[role="log"]');
      const known = log.querySelectorAll('[data-from="server"]').length;
      const observer = new MutationObserver(() => {
        if (start === undefined || log.querySelectorAll('[data-from="server"]').length <= known) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(performance.now() - start);
          port2.postMessage(null);
        });
      });
      observer.observe(log, { childList: true, subtree: true });
    });
  };
  window.handshake = () => {
    const start = performance.now();
    dispatchEvent(new CustomEvent("pop3lab:handshake"));
    return performance.now() - start;
  };
}

async function opens(browser, address, text) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  await page.goto(address);
  await page.getByText(text).first().waitFor();
  await page.evaluate(watches);
  return page;
}

const at = (times, share) => {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const lab = await opens(browser, POP3LAB_URL, "+OK POP3 Lab");
const echo = await opens(browser, new URL("echo.html", POP3LAB_BENCHES_URL).href, "Send");
const times = { connect: [], bare: [], echo: [] };
for (let count = 0; count < BEFORE + MEASURED; count += 1) {
  // The prompt has had a long session otherwise: each connection is one of a fresh page's first.
  await lab.getByTestId("start-over").click();
  await lab.waitForTimeout(pause(PAUSE, count));
  await lab.evaluate(() => window.watch("click"));
  await lab.getByTestId("road-995").click();
  const connect = await lab.evaluate(() => window.answer);
  const bare = await lab.evaluate(() => window.handshake());
  await echo.waitForTimeout(pause(PAUSE, count));
  await echo.keyboard.type("NOOP");
  await echo.evaluate(() => window.watch("keydown"));
  await echo.keyboard.press("Enter");
  const painted = await echo.evaluate(() => window.answer);
  if (count < BEFORE) continue;
  times.connect.push(connect);
  times.bare.push(bare);
  times.echo.push(painted);
}
await browser.close();

console.log(`| ${MEASURED} connections, ms | p50 | p95 |`);
console.log("|---|---:|---:|");
for (const [name, field] of [["995, click to painted greeting", "connect"], ["a bare pair of handshakes", "bare"], ["the echo page's painted answer", "echo"]]) {
  console.log(`| ${name} | ${at(times[field], 0.5).toFixed(1)} | ${at(times[field], 0.95).toFixed(1)} |`);
}
const ratios = [0.5, 0.95].map((share) => at(times.connect, share) / (at(times.bare, share) + at(times.echo, share)));
console.log(`| ratio to the sum of the two | ${ratios.map((ratio) => ratio.toFixed(2)).join(" | ")} |`);
if (ratios[0] > LIMIT) {
  console.log(`A connection on 995 takes more than ${LIMIT} times a bare pair of handshakes and the echo page's paint.`);
  process.exitCode = 1;
}
