// Long sessions and large answers: a session of 10 000 commands beside one of 10, the set piece of 10 000
// messages, and the memory of a command. By hand, while `cargo xtask serve` runs:
//
//     POP3LAB_URL=http://127.0.0.1:8110/ CHROMIUM=$(command -v chromium) node tests/browser/bench/long.bench.mjs
import { chromium } from "@playwright/test";

const { POP3LAB_URL, CHROMIUM } = process.env;
const LINES = ["NOOP", "STAT", "LIST"];
const MEASURED = 40;

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });

async function opens() {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  // The engine's memory is nowhere on the page: caught where it is made.
  await page.addInitScript(() => {
    for (const name of ["instantiateStreaming", "instantiate"]) {
      const original = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const made = await original.apply(WebAssembly, given);
        window.engineMemory = (made.instance ?? made).exports.memory;
        return made;
      };
    }
  });
  await page.goto(POP3LAB_URL);
  await page.getByTestId("row").nth(2).waitFor();
  return page;
}

async function types(page, line) {
  await page.getByTestId("terminal-input").fill(line);
  await page.keyboard.press("Enter");
}

/** Sends commands one by one, each an action of its own, faster than anybody types. */
const floods = (page, count) =>
  page.evaluate(
    async ([count, lines]) => {
      const input = document.querySelector("#prompt");
      for (let sent = 0; sent < count; sent += 1) {
        input.value = lines[sent % lines.length];
        input.form.requestSubmit();
        if (sent % 50 === 49) await new Promise((done) => setTimeout(done, 0));
      }
    },
    [count, LINES],
  );

/** Median and 95th of the milliseconds from doing something to the first task after the frame. */
async function measures(page, what, argument) {
  const times = [];
  for (let count = 0; count < MEASURED; count += 1) {
    times.push(
      await page.evaluate(
        ([what, argument]) =>
          new Promise((done) => {
            const start = performance.now();
            const input = document.querySelector("#prompt");
            const log = document.querySelector('[role="log"]');
            if (what === "type") {
              input.value = argument;
              input.form.requestSubmit();
            } else if (what === "click") document.querySelector(`[data-testid="${argument}"]`).click();
            else log.scrollTop -= argument;
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => done(performance.now() - start);
              port2.postMessage(null);
            });
          }),
        [what, argument],
      ),
    );
  }
  times.sort((a, b) => a - b);
  return `${times[MEASURED / 2].toFixed(1)}/${times[Math.floor(MEASURED * 0.95)].toFixed(1)}`;
}

console.log("| session of | typing | step back | step on | scrolling | octets per command |");
console.log("|---|---:|---:|---:|---:|---:|");
for (const count of [10, 10_000]) {
  const page = await opens();
  const memory = () => page.evaluate(() => window.engineMemory.buffer.byteLength);
  for (const line of ["USER alice", "PASS wonderland"]) await types(page, line);
  const before = await memory();
  await floods(page, count);
  await page.waitForTimeout(1_500);
  const each = Math.round(((await memory()) - before) / count);
  const cells = [
    await measures(page, "type", "NOOP"),
    await measures(page, "click", "step-back"),
    await measures(page, "click", "step-forward"),
    await measures(page, "scroll", 100),
  ];
  console.log(`| ${count} | ${cells.join(" | ")} | ${each} |`);
  await page.close();
}

const page = await opens();
await page.evaluate(() => {
  window.longTasks = [];
  const note = (list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration));
  new PerformanceObserver(note).observe({ entryTypes: ["longtask"] });
});
const terminal = page.getByTestId("terminal");
const STEPS = {
  "the set piece": async () => {
    await page.getByTestId("set-pieces").click();
    await page.getByTestId("set-piece-huge").click();
    await terminal.getByText(/\+OK 10000 \d+/).waitFor();
  },
  "LIST of 10 000": async () => {
    await types(page, "LIST");
    await terminal.getByText(/Show 500 of/).waitFor();
  },
  "RETR of 10 MB": async () => {
    await types(page, "RETR 1");
    const ended = () => /S: \.$/.test([...document.querySelectorAll('[data-testid="row"]')].at(-1).textContent.trim());
    await page.waitForFunction(ended, null, { timeout: 120_000 });
  },
  "NOOP after it": () => types(page, "NOOP"),
  "a step back": () => page.getByTestId("step-back").click(),
  "the mailbox": () => page.getByTestId("tab-mailbox").click(),
};
console.log("\n| what | longest task, ms |\n|---|---:|");
for (const [what, step] of Object.entries(STEPS)) {
  await step();
  await page.waitForTimeout(3_500);
  const longest = await page.evaluate(() => Math.max(0, ...window.longTasks.splice(0)));
  console.log(`| ${what} | ${longest < 50 ? "under 50" : longest.toFixed(0)} |`);
}
await browser.close();
