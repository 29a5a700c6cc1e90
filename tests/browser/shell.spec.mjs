// The shell around the engine: before it has arrived, where it cannot run, and under the page's policy.
import { expect, test } from "@playwright/test";
import { Lab } from "./lab.mjs";

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

for (const [where, address] of [
  ["the root of a host", process.env.POP3LAB_URL],
  ["a sub-path", process.env.POP3LAB_SUB_URL],
]) {
  test(`a session at ${where} asks nobody else and keeps to the policy`, async ({ page }) => {
    const complaints = [];
    const requests = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
    page.on("request", (request) => requests.push(request.url()));
    await page.addInitScript(() => {
      window.violations = [];
      document.addEventListener("securitypolicyviolation", (event) =>
        window.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
      );
    });

    const program = page.waitForResponse((response) => response.url().endsWith(".wasm"));
    const response = await page.goto(address);
    expect(response.headers()["content-security-policy"]).toBe(POLICY);
    expect((await program).headers()["content-encoding"]).toBe("br");
    await expect(page).toHaveTitle("POP3 Lab");

    const lab = new Lab(page);
    await lab.isOpen();
    await lab.logsIn();
    await lab.typesAll("RETR 6", "DELE 1", "QUIT");
    await lab.button("connect").press("Enter");
    await lab.stepsBack();
    await lab.button("lang-ja").press("Enter");
    await lab.button("theme").press("Enter");
    await page.waitForLoadState("networkidle");

    expect(await page.evaluate(() => window.violations)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(address))).toEqual([]);
    // What is preloaded is what is used: nothing is fetched twice.
    expect(requests.filter((url, at) => requests.indexOf(url) !== at)).toEqual([]);
  });
}

/** Holds back what matches until the function that is returned is called. */
async function holdsBack(page, pattern) {
  let letGo;
  const gate = new Promise((resolve) => (letGo = resolve));
  await page.route(pattern, async (route) => {
    await gate;
    await route.continue();
  });
  return letGo;
}

test("what is typed before the engine has arrived is kept and answered", async ({ page }) => {
  const arrives = await holdsBack(page, "**/*.wasm");
  await page.goto("./");
  const lab = new Lab(page);
  await expect(lab.prompt).toBeFocused();
  await page.keyboard.type("USER alice\nPASS wonderland\nSTAT\nRET");
  await expect(lab.prompt).toHaveValue("RET");
  await expect(lab.rows).toHaveCount(0);

  arrives();
  await lab.isOpen();
  await expect(lab.row(-1)).toContainText("+OK 8 ");
  expect(await lab.phase()).toBe("TRANSACTION");
  const sent = lab.page.locator('[data-testid="row"][data-from="client"]');
  await expect(sent).toContainText(["USER alice", "PASS wonderland", "STAT"]);
  // And one goes on typing where one was.
  await expect(lab.prompt).toHaveValue("RET");
  await expect(lab.prompt).toBeFocused();
  await page.keyboard.type("R 1");
  await lab.presses("Enter");
  expect((await lab.facts()).downloads).toBe(1);
});

test("what is typed before the shell's own script has arrived stays in the prompt", async ({ page }) => {
  const arrives = await holdsBack(page, "**/boot-*.js");
  await page.goto("./", { waitUntil: "commit" });
  const lab = new Lab(page);
  await lab.prompt.focus();
  await page.keyboard.type("USER al");
  arrives();
  await lab.isOpen();
  await expect(lab.prompt).toHaveValue("USER al");
});

test("the shell paints before the engine, and the prompt is where it will stay", async ({ page }) => {
  const arrives = await holdsBack(page, "**/*.wasm");
  await page.goto("./");
  const lab = new Lab(page);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("You can type already")).toBeVisible();
  arrives();
  await lab.isOpen();
  await expect(page.getByText("You can type already")).toHaveCount(0);
});

test.describe("with scripts off", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says in both languages what it needs", async ({ page }) => {
    await page.goto("./");
    // By their place: Playwright does not look for text in a <noscript>.
    await expect(page.locator("noscript [lang=en]")).toBeVisible();
    await expect(page.locator("noscript [lang=ja]")).toBeVisible();
    // Nothing is promised that cannot be kept.
    await expect(page.getByText("You can type already")).toBeHidden();
  });
});

for (const [what, breaks] of [
  ["WebAssembly is off", (page) => page.addInitScript(() => delete window.WebAssembly)],
  ["the engine is not found", (page) => page.route("**/*.wasm", (route) => route.fulfill({ status: 404, body: "" }))],
  [
    "the engine arrives broken",
    (page) => page.route("**/*.wasm", (route) => route.fulfill({ contentType: "application/wasm", body: "\0asm, not" })),
  ],
  ["the network is gone", (page) => page.route("**/*.wasm", (route) => route.abort())],
]) {
  test(`where ${what} the page explains itself, and can be tried again`, async ({ page }) => {
    await breaks(page);
    await page.goto("./");
    const lab = new Lab(page);
    await expect(lab.errorPage).toContainText("could not start");
    await expect(lab.errorPage).toContainText("WebAssembly");
    await expect(lab.errorPage.getByRole("button", { name: "Start again" })).toBeVisible();
  });
}
