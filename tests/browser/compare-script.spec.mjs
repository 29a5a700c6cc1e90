// The script of a comparison and its settings: written, explained, taken back, set by keyboard.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { LOCALES } from "./lab.mjs";

/** The comparison, with script and settings open. */
async function opens(page, address = "./#/compare") {
  await page.goto(address);
  await page.getByTestId("script-fold").locator(":scope > summary").click({ timeout: 15_000 });
  await page.getByTestId("terms-fold").locator(":scope > summary").click();
  await expect(page.getByTestId("script")).toBeVisible();
}

const line = (page, number) => page.locator(`[data-testid="script-lines"] li[data-line="${number}"]`);

test("each line is explained, and one that is refused says why by its number", async ({ page }) => {
  await opens(page);
  await expect(page.getByTestId("ready-read")).toHaveAttribute("aria-pressed", "true");
  const text = "# mine\n\nUSER alice\nPASS wonderland\nRETR 99\nQUIT\nNOOP\n";
  await page.getByTestId("script").fill(text);
  await expect(line(page, 5)).toContainText("Line 5 will not be done. There is no message 99");
  await expect(line(page, 7)).toContainText("The connection has ended before it");
  await expect(line(page, 4)).toContainText("sends the password itself");
  await expect(line(page, 1)).toHaveCount(0);
  await expect(page.getByTestId("script-state")).toContainText("2 of 5 lines");
  await expect(page.getByTestId("script")).toHaveValue(text);
  await expect(page.getByTestId("script")).toHaveAttribute("aria-describedby", /script-state/);
});

test("nothing is announced while somebody types", async ({ page }) => {
  await opens(page);
  await page.evaluate(() => {
    window.told = [];
    const state = document.querySelector('[data-testid="script-state"]');
    new MutationObserver(() => window.told.push(state.textContent)).observe(state, { subtree: true, characterData: true, childList: true });
  });
  const script = page.getByTestId("script");
  await script.fill("");
  await script.pressSequentially("USER alice\nPASS wonderland\nQUIT", { delay: 20 });
  await expect(page.getByTestId("script-state")).toContainText("3 lines");
  expect((await page.evaluate(() => window.told)).length).toBeLessThanOrEqual(2);
});

test("what was meant can be written with one button, and the rest stays", async ({ page }) => {
  await opens(page);
  await page.getByTestId("script").fill("# a\nUSRE alice\n\nＱＵＩＴ");
  await line(page, 2).getByRole("button").click();
  await line(page, 4).getByRole("button").click();
  await expect(page.getByTestId("script")).toHaveValue("# a\nUSER alice\n\nQUIT");
  await expect(page.getByTestId("script")).toBeFocused();
});

test("a ready script can be taken back for one's own", async ({ page }) => {
  await opens(page);
  const script = page.getByTestId("script");
  await expect(page.getByTestId("script-back")).toHaveCount(0);
  await page.getByTestId("ready-look").click();
  await expect(page.getByTestId("script-back")).toHaveCount(0);
  await script.fill("# my own\nNOOP\n\n");
  await page.getByTestId("ready-line-lost").click();
  await expect(page.getByTestId("line-lost")).toBeChecked();
  await expect(page.getByTestId("ready-line-lost")).toHaveAttribute("aria-pressed", "true");
  await page.getByTestId("ready-apop").click();
  await expect(page.getByTestId("line-lost")).not.toBeChecked();
  await page.getByTestId("script-back").click();
  await expect(script).toHaveValue("# my own\nNOOP\n\n");
  await expect(script).toBeFocused();
  await expect(page.getByTestId("script-back")).toHaveCount(0);
});

test("a script of a link takes the place of the text", async ({ page }) => {
  await opens(page);
  await page.getByTestId("script").fill("NOOP\n");
  await page.evaluate(() => (location.hash = "#/compare?cmd=CAPA|QUIT"));
  await expect(page.getByTestId("script")).toHaveValue("CAPA\nQUIT\n");
});

test("a paste of a megabyte is cut with a word, and nothing of it is lost", async ({ page }) => {
  await opens(page);
  const text = "NOOP and more than that\n".repeat(44_000);
  const script = page.getByTestId("script");
  await script.focus();
  const began = Date.now();
  await page.evaluate((text) => {
    const area = document.querySelector('[data-testid="script"]');
    area.value = text;
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }, text);
  await expect(page.getByTestId("script-state")).toContainText("1000 lines at most", { timeout: 10_000 });
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(await script.evaluate((area) => area.value.length)).toBe(text.length);
  await page.getByTestId("ready-read").click();
  await page.getByTestId("script-back").click();
  expect(await script.evaluate((area) => area.value.length)).toBe(text.length);
});

test("settings are set by keyboard, a changed lane says so, and all can be as it was", async ({ page }) => {
  await opens(page);
  const rtt = page.getByTestId("rtt");
  await rtt.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("250");
  await page.keyboard.press("Enter");
  await expect(rtt).toHaveValue("250");
  await rtt.fill("9999");
  await rtt.press("Enter");
  await expect(rtt).toHaveValue("250");
  const stls = page.getByTestId("terms-stls");
  await stls.locator("summary").focus();
  await page.keyboard.press("Enter");
  await page.getByTestId("fault-stls").focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByTestId("fault-stls").locator("option:checked")).not.toHaveText("Nothing is wrong");
  await expect(stls.locator("summary")).toContainText("changed");
  await expect(page.getByTestId("terms-995").locator("summary")).not.toContainText("changed");
  await expect(stls).toHaveAttribute("open", "");
  await page.getByTestId("terms-reset").press("Enter");
  await expect(stls.locator("summary")).not.toContainText("changed");
  await expect(rtt).toHaveValue("40");
  await expect(page.getByTestId("terms-reset")).toHaveAttribute("aria-disabled", "true");
});

for (const [language, locale] of Object.entries(LOCALES)) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1440, 360]) {
      test.describe(() => {
        test.use({ locale, colorScheme, viewport: { width, height: 800 } });
        test(`axe finds nothing and nothing sticks out: ${language}, ${colorScheme}, ${width}`, async ({ page }) => {
          await opens(page);
          await page.getByTestId("script").fill(`USRE alice\nSTLS\n\nＱＵＩＴ\nPASS ${"x".repeat(400)}\nAPOP a b\nQUIT\nNOOP`);
          await expect(line(page, 8)).toBeVisible();
          for (const lane of ["110", "stls", "995"]) await page.getByTestId(`terms-${lane}`).locator("summary").click();
          await page.getByTestId("offered-stls").uncheck();
          const { violations } = await new AxeBuilder({ page }).setLegacyMode().include(".compare-aside").analyze();
          expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ""}`) }))).toEqual([]);
          expect(await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        });
      });
    }
  }
}
