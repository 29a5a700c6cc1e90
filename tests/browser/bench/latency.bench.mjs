// From a command to its painted answer: the lab beside a plain echo page, in turns, in the same run.
//
// The clock starts at the time stamp that the browser gives the key press of Enter, before any handler
// runs. It stops in the first task after the frame that shows the new row. Both pages wait for frames of
// the same 60 Hz, so the ratio tells whether the lab misses one. The column "in the DOM" stops the clock
// when the row is there, not yet painted: what the engine and Yew take, without the frame.
import { chromium } from "@playwright/test";
import { pause } from "./pause.mjs";

const { POP3LAB_URL, POP3LAB_BENCHES_URL, CHROMIUM } = process.env;
const LINES = ["NOOP", "STAT", "LIST"];
const BEFORE = 100;
const MEASURED = 200;
/** Milliseconds after each command, so that a page has twice that between its own: a quick typist. */
const PAUSE = 150;
const LIMIT = 1.5;

/** Runs in the page: promises the times of the next answer. */
function watches() {
  window.watch = () => {
    window.answer = new Promise((done) => {
      let start;
      const pressed = (event) => {
        if (event.key !== "Enter") return;
        start = event.timeStamp;
        removeEventListener("keydown", pressed, true);
      };
      addEventListener("keydown", pressed, true);
      const log = document.querySelector('[role="log"]');
      const observer = new MutationObserver((records) => {
        const rows = records.flatMap((record) => [...record.addedNodes]);
        if (!rows.some((row) => row.dataset?.from === "server")) return;
        observer.disconnect();
        const present = performance.now() - start;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done({ present, painted: performance.now() - start });
          port2.postMessage(null);
        });
      });
      observer.observe(log, { childList: true, subtree: true });
    });
  };
}

async function answers(page, line) {
  await page.keyboard.type(line);
  await page.evaluate(() => window.watch());
  await page.keyboard.press("Enter");
  return page.evaluate(() => window.answer);
}

async function opens(browser, address, greeting, slower) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  await page.goto(address);
  await page.getByText(greeting).first().waitFor();
  await page.evaluate(watches);
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate: slower });
  return page;
}

function percentile(times, share) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

async function measures(browser, slower) {
  const lab = await opens(browser, POP3LAB_URL, "+OK POP3 Lab", slower);
  const echo = await opens(browser, new URL("echo.html", POP3LAB_BENCHES_URL).href, "Send", slower);
  for (const line of ["USER alice", "PASS wonderland"]) await answers(lab, line);
  const times = { lab: [], echo: [] };
  for (let count = 0; count < BEFORE + MEASURED; count += 1) {
    const line = LINES[count % LINES.length];
    for (const [name, page] of [["lab", lab], ["echo", echo]]) {
      const time = await answers(page, line);
      if (count < BEFORE) continue;
      times[name].push(time);
      await page.waitForTimeout(pause(PAUSE, count));
    }
  }
  await lab.close();
  await echo.close();
  return times;
}

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
console.log(`| ${MEASURED} commands each, ms | lab p50 | lab p95 | echo p50 | echo p95 | ratio p50 | ratio p95 |`);
console.log("|---|---:|---:|---:|---:|---:|---:|");
let tooSlow = false;
for (const slower of [1, 4]) {
  const { lab, echo } = await measures(browser, slower);
  for (const [what, field] of [["painted", "painted"], ["in the DOM", "present"]]) {
    const at = (times, share) => percentile(times.map((time) => time[field]), share);
    const [labs, echoes] = [lab, echo].map((times) => [at(times, 0.5), at(times, 0.95)]);
    const ratios = labs.map((time, index) => time / echoes[index]);
    const cells = [...labs, ...echoes].map((time) => time.toFixed(1)).concat(ratios.map((ratio) => ratio.toFixed(2)));
    console.log(`| ${what}, CPU ${slower === 1 ? "as it is" : `${slower}x slower`} | ${cells.join(" | ")} |`);
    if (field === "painted") tooSlow ||= ratios.some((ratio) => ratio > LIMIT);
  }
}
await browser.close();
if (tooSlow) {
  console.log(`A painted answer takes more than ${LIMIT} times the echo page's.`);
  process.exitCode = 1;
}
