// Three roads side by side: stepping in every grain, by keyboard and in both languages, into the lab and back, and what
// one takes away.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

const LANES = ["110", "stls", "995"];

class Compare {
  constructor(page) {
    this.page = page;
    this.rows = page.getByTestId("compare-row");
    this.now = page.locator('[data-testid="compare-row"][aria-current="step"]');
    this.place = page.getByTestId("compare-place");
    this.explained = page.getByTestId("compare-explained");
    this.narration = page.getByTestId("compare-narration");
  }

  static async open(page, address = "./#/compare") {
    await page.goto(address);
    const compare = new Compare(page);
    await expect(compare.rows.first()).toBeVisible({ timeout: 15_000 });
    return compare;
  }

  button(id) {
    return this.page.getByTestId(id);
  }

  /** What a lane shows on the row of the step. */
  now_on(lane) {
    return this.now.locator(`[data-lane="${lane}"]`);
  }

  /** A total of a lane, as it stands there. */
  total(lane, name) {
    return this.button(`totals-${lane}`).locator(`[data-total="${name}"] dd`);
  }

  /** Which step it is, and how many there are. */
  async step() {
    const [step, steps] = (await this.place.textContent()).match(/\d+/g).map(Number);
    return { step, steps };
  }

  /** Everything that is shown of a step. */
  shown() {
    return this.page.locator(".lane-table").evaluate((table) => table.textContent);
  }
}

for (const [grain, steps] of [
  ["by line", 25],
  ["by packet", 45],
  ["by phase", 12],
]) {
  test(`forward to the end and back to the start ${grain}, and each step is the same both ways`, async ({ page }) => {
    const compare = await Compare.open(page);
    await compare.button("compare-grain").selectOption({ label: grain });
    expect(await compare.step()).toEqual({ step: 0, steps });
    const seen = [await compare.shown()];
    for (let step = 1; step <= steps; step += 1) {
      await compare.button("compare-forward").press("Enter");
      await expect(compare.place).toContainText(`Step ${step} of`);
      seen.push(await compare.shown());
    }
    expect(new Set(seen).size).toBe(steps + 1);
    await compare.button("compare-forward").press("Enter");
    await expect(compare.place).toContainText(`Step ${steps} of`);
    for (let step = steps - 1; step >= 0; step -= 1) {
      await compare.button("compare-back").press("Enter");
      await expect(compare.place).toContainText(`Step ${step} of`);
      expect(await compare.shown(), `step ${step}`).toBe(seen[step]);
    }
  });
}

test("the lanes end with what each road costs, and what it gave away", async ({ page }) => {
  const compare = await Compare.open(page);
  await compare.button("compare-last").click();
  for (const [lane, trips] of [["110", "9"], ["stls", "13"], ["995", "10"]]) {
    await expect(compare.total(lane, "round-trips")).toHaveText(trips);
  }
  await expect(compare.total("110", "password")).toHaveText("readable after 120 ms");
  await expect(compare.total("stls", "password")).toHaveText("sealed after 200 ms");
  await expect(compare.total("995", "password")).toHaveText("sealed after 80 ms");
  await expect(compare.button("readable-110")).toContainText("wonderland");
  await expect(compare.button("readable-995")).not.toContainText("wonderland");
  await expect(compare.explained).toContainText("Safest: 995. No line of POP3 could ever be read");
  await expect(compare.explained).toContainText("1 round trip and 40 ms more than 110");
});

test("a row that only one road has says on the others why they have not", async ({ page }) => {
  const compare = await Compare.open(page, "./#/compare?at=5");
  await expect(compare.now).toContainText("STLS");
  await expect(compare.now_on("stls")).toContainText("CAPA");
  await expect(compare.now_on("110")).toContainText("This mail program wants no TLS.");
  await expect(compare.now_on("995")).toContainText("Nothing to ask for");
});

test("the keyboard alone walks by step and by row, to both ends", async ({ page }) => {
  const compare = await Compare.open(page);
  const rows = page.locator(".lane-rows");
  await rows.focus();
  await page.keyboard.press("ArrowRight");
  await expect(compare.place).toContainText("Step 1 of");
  await page.keyboard.press("ArrowDown");
  await expect(compare.place).toContainText("row 2 of");
  await page.keyboard.press("ArrowUp");
  await expect(compare.place).toContainText("row 1 of");
  await page.keyboard.press("End");
  await expect(compare.place).toContainText("Step 25 of 25");
  await expect(compare.now).toBeInViewport();
  await page.keyboard.press("ArrowLeft");
  await expect(compare.place).toContainText("Step 24 of");
  await page.keyboard.press("Home");
  await expect(compare.place).toContainText("Step 0 of");
  await expect(rows).toBeFocused();
});

test("a step is read out across the lanes, and nothing is while it plays", async ({ page }) => {
  const compare = await Compare.open(page, "./#/compare?at=12");
  await expect(compare.narration).toHaveAttribute("aria-live", "off");
  await compare.button("compare-forward").click();
  await expect(compare.narration).toHaveAttribute("aria-live", "polite");
  await expect(compare.narration).toContainText("PASS wonderland");
  await expect(compare.narration).toContainText(/110: client: PASS wonderland/);
  await expect(compare.narration).toContainText(/995: client: an envelope of 39 octets/);
  await compare.button("compare-play").click();
  await expect(compare.narration).toHaveAttribute("aria-live", "off");
});

test("it plays to the end and stops there, and begins anew from there", async ({ page }) => {
  const compare = await Compare.open(page, "./#/compare?by=phase&at=10");
  await compare.button("compare-speed").selectOption({ label: "×4" });
  await compare.button("compare-play").click();
  await expect(compare.place).toContainText("Step 12 of 12");
  await expect(compare.button("compare-play")).toContainText("Play");
  await compare.button("compare-play").click();
  await expect(compare.place).toContainText(/Step [012] of 12/);
});

test("the slider goes to any step", async ({ page }) => {
  const compare = await Compare.open(page);
  await compare.button("compare-slider").fill("14");
  await expect(compare.place).toContainText("Step 14 of 25");
  await expect(compare.now).toContainText("PASS wonderland");
});

test("a click on a row goes there", async ({ page }) => {
  const compare = await Compare.open(page);
  await compare.rows.filter({ hasText: "RETR 1" }).getByRole("button").click();
  await expect(compare.now).toContainText("RETR 1");
  await expect(compare.now_on("110")).toContainText("octets");
});

test("TLS 1.2 takes the same on 995 and one round trip more by STLS", async ({ page }) => {
  const compare = await Compare.open(page, "./#/compare?at=25");
  await compare.button("terms-fold").locator(":scope > summary").click();
  await compare.button("tls-version").selectOption({ label: "TLS 1.2" });
  await expect(compare.total("stls", "round-trips")).toHaveText("14");
  await expect(compare.total("995", "round-trips")).toHaveText("10");
  await expect(compare.total("995", "password")).toHaveText("sealed after 120 ms");
  await compare.button("rtt").fill("400");
  await compare.button("rtt").press("Enter");
  await expect(compare.total("995", "password")).toHaveText("sealed after 1200 ms");
  await expect(page).toHaveURL(/rtt=400&.*tls=1\.2|tls=1\.2.*rtt=400/);
});

test("a certificate that has expired ends one lane, and the others go on", async ({ page }) => {
  const compare = await Compare.open(page, "./#/compare?995=expired&at=99");
  await expect(compare.rows.filter({ hasText: "USER alice" }).locator('[data-lane="995"]')).toContainText(/expired|hung up/);
  await expect(compare.rows.filter({ hasText: "STAT" }).locator('[data-lane="995"]')).toContainText("as above");
  await expect(compare.explained).toContainText("Not every program got to the end");
  await expect(compare.total("stls", "round-trips")).toHaveText("13");
});

test("from any moment into the lab on any road, and back to where one was", async ({ page }) => {
  const compare = await Compare.open(page, "./#/compare?at=14");
  const shown = await compare.shown();
  for (const lane of LANES) {
    await compare.button(`enter-${lane}`).click();
    const lab = new Lab(page);
    await expect(lab.terminal).toBeVisible();
    await expect(page).toHaveURL(/#\/lab$/);
    await expect(lab.row(-1)).toContainText("+OK the maildrop is yours");
    await expect(lab.row(-1)).toHaveAttribute("data-secure", String(lane !== "110"));
    await expect(page.getByTestId("timeline")).toContainText(/past/i);
    await page.goBack();
    await expect(compare.place).toContainText("Step 14 of 25");
    expect(await compare.shown()).toBe(shown);
  }
  await compare.button("enter-995").click();
  const lab = new Lab(page);
  await lab.types("NOOP");
  await expect(lab.row(-2)).toContainText("NOOP");
  await page.getByTestId("nav-compare").click();
  await expect(compare.place).toContainText("Step 14 of 25");
  expect(await compare.shown()).toBe(shown);
});

test("going back to the lab finds it as it was left", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.types("USER alice");
  await page.getByTestId("nav-compare").click();
  const compare = new Compare(page);
  await expect(compare.button("lane-110")).toBeVisible();
  await page.getByTestId("nav-lab").click();
  await expect(lab.row(-2)).toContainText("USER alice");
});

test("a link opens the comparison as it was", async ({ page, context, browserName }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]).catch(() => {});
  const compare = await Compare.open(page, "./#/compare?cmd=USER%20erin|PASS%20nothing-here|STAT|QUIT&rtt=100&tls=1.2");
  await compare.button("compare-slider").fill("9");
  await compare.button("copy-link").click();
  await expect(compare.button("compare-copied")).not.toBeEmpty();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const shown = await compare.shown();
  const other = await context.newPage();
  const again = await Compare.open(other, link);
  await expect(again.place).toContainText("Step 9 of");
  expect(await again.shown()).toBe(shown);
  expect(browserName).toBe("chromium");
});

test("a script that is too long for a link stays on the page, and copying says so", async ({ page }) => {
  const compare = await Compare.open(page);
  await compare.button("script-fold").locator(":scope > summary").click();
  await compare.button("script").fill("NOOP\n".repeat(201));
  await expect(compare.rows).toHaveCount(201 + 7);
  await compare.button("copy-link").click();
  await expect(compare.button("compare-copied")).toContainText("too long for a link");
  expect(page.url()).not.toContain("NOOP");
  await compare.button("enter-110").click();
  await expect(page).toHaveURL(/#\/lab$/);
  await page.getByTestId("nav-compare").click();
  await expect(compare.rows).toHaveCount(201 + 7);
});

test("another link goes to its own step, and the link of this page loses nothing", async ({ page }) => {
  const compare = await Compare.open(page, "./#/compare?cmd=CAPA|QUIT&at=2");
  await page.evaluate(() => (location.hash = "#/compare?cmd=USER%20erin|PASS%20nothing-here|QUIT&at=13"));
  await expect(compare.rows.filter({ hasText: "USER erin" })).toHaveCount(1);
  await expect(compare.place).toContainText("Step 13 of");
  await page.getByTestId("nav-compare").click();
  await expect(compare.rows.filter({ hasText: "USER erin" })).toHaveCount(1);
  await expect(compare.place).toContainText("Step 13 of");
});

test("a link that cannot be followed says so", async ({ page }) => {
  await page.goto("./#/compare?tls=9");
  await expect(page.getByTestId("hint")).toContainText("tls");
});

test("the table can be copied as text, Markdown and comma-separated values", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const compare = await Compare.open(page);
  for (const [form, begins] of [
    ["text", /What is done/],
    ["markdown", /^\| /],
    ["csv", /^.*,.*\r\n/],
  ]) {
    await compare.button("copy-table").click();
    await compare.button(`copy-${form}`).click();
    await expect(async () => {
      const text = await page.evaluate(() => navigator.clipboard.readText());
      expect(text).toMatch(begins);
      expect(text).toContain("PASS wonderland");
      expect(text).toContain("13");
    }).toPass();
  }
});

test("printed, every row is on paper and no button is", async ({ page }) => {
  const compare = await Compare.open(page, "./#/compare?at=99");
  await page.emulateMedia({ media: "print" });
  await expect(compare.button("compare-play")).toBeHidden();
  await expect(compare.button("print")).toBeHidden();
  const clipped = await page.locator(".lane-table").evaluate((table) => table.scrollHeight > table.clientHeight + 2);
  expect(clipped).toBe(false);
});

test.describe("at 360 pixels", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("one lane is shown at a time, at the same row and step, with the other two in short", async ({ page }) => {
    const compare = await Compare.open(page, "./#/compare?at=14");
    await expect(compare.now_on("110")).toBeVisible();
    await expect(compare.now_on("995")).toBeHidden();
    await expect(compare.button("other-lanes")).toContainText("STLS");
    await compare.button("show-995").click();
    await expect(compare.now_on("995")).toBeVisible();
    await expect(compare.now_on("110")).toBeHidden();
    await expect(compare.place).toContainText("Step 14 of 25");
    await expect(compare.button("other-lanes")).toContainText("110");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(360);
  });
});

for (const [language, locale] of Object.entries(LOCALES)) {
  for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, narrow: { width: 360, height: 740 }, projected: { width: 1920, height: 1080 } })) {
    test.describe(`${language}, ${size}`, () => {
      test.use({ locale, viewport });

      test("axe finds nothing at the start, in the middle, at the end and with a fault", async ({ page }) => {
        for (const at of ["at=0", "at=8", "at=99", "at=99&995=expired&stls=no-stls"]) {
          await Compare.open(page, `./#/compare?${at}`);
          await page.evaluate(() => Promise.all(document.getAnimations().map((motion) => motion.finished.catch(() => {}))));
          const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
          expect.soft(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => String(node.target))]), at).toEqual([]);
        }
      });
    });
  }
}
