// What axe says of the page: nothing, in every language, theme and width, at every kind of moment.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 360, height: 740 } };

/** Each violation with the elements it is about. */
async function violations(page) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ""}`) }));
}

async function isClean(page, moment) {
  await test.step(moment, async () => expect.soft(await violations(page), moment).toEqual([]));
}

/** Goes through the kinds of moments, and looks at each. */
async function toursWith(lab, look) {
  const { page } = lab;
  await look("at the start");
  const tabs = await page.getByRole("tab").evaluateAll((tabs) => tabs.map((tab) => tab.dataset.testid.replace("tab-", "")));
  for (const tab of tabs) {
    await lab.shows(tab);
    await look(`the panel ${tab}`);
  }
  await lab.shows("mailbox");
  for (const [id, first] of [
    ["set-pieces", "set-piece-locked"],
    ["deliver", "letter-note"],
    ["security", "fault-expired"],
  ]) {
    await lab.button(id).press("Enter");
    await expect(lab.button(first)).toBeVisible();
    await look(`${id} open`);
    await page.keyboard.press("Escape");
  }
  await lab.shows("wire");
  await lab.segments.nth(3).getByRole("button").press("Enter");
  await lab.openedSegment.getByRole("option").nth(20).click();
  await look("with an opened segment");
  await lab.openedSegment.getByRole("button").first().press("Enter");
  await lab.prompt.focus();
  await lab.logsIn();
  await lab.typesAll("RETR 7", "RETR 1", "DELE 2", "DELE 3", "XYZZY");
  await look("with marks, a folded answer and a refusal");
  await lab.stepsBack();
  await lab.stepsBack();
  await look("in the past");
  await page.keyboard.press("Home");
  await lab.tabsTo(lab.prompt, "Shift+Tab");
  await page.keyboard.insertText("ＵＳＥＲ");
  await lab.presses("Enter");
  await look("with a hint");
  await lab.button("drop-line").press("Enter");
  await look("after a dropped line");
  await lab.plays("lossy");
  await lab.shows("wire");
  await look("with lost segments");
  await lab.shows("server-log");
  await look("with a log");
  await lab.plays("locked");
  await look("in a set piece");
  await lab.shows("wire");
  await lab.button("pace").selectOption({ index: 1 });
  await lab.prompt.focus();
  await page.keyboard.type("USER alice");
  await page.keyboard.press("Enter");
  await look("in the watch pace");
  await lab.button("play").press("Enter");
  await look("while it plays");
  await lab.button("play").press("Enter");
  await page.evaluate(() => window.dispatchEvent(new CustomEvent("pop3lab:drill")));
  await expect(lab.errorPage).toBeVisible();
  await look("after a crash");
}

for (const language of ["en", "ja"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      test.describe(`${language}, ${colorScheme}, ${size}`, () => {
        // Still, so that no colour is caught half-way.
        test.use({ locale: LOCALES[language], colorScheme, viewport, reducedMotion: "reduce" });

        test("axe finds nothing", async ({ page }) => {
          test.setTimeout(180_000);
          const lab = await Lab.open(page);
          await toursWith(lab, (moment) => isClean(page, moment));
        });
      });
    }
  }
}

test.describe("with forced colours", () => {
  test.use({ forcedColors: "active", reducedMotion: "reduce" });

  test("axe finds nothing, and the prompt and the buttons keep an edge and a text", async ({ page }) => {
    test.setTimeout(180_000);
    const lab = await Lab.open(page);
    await toursWith(lab, (moment) => isClean(page, moment));
    await page.reload();
    await lab.isOpen();
    for (const locator of [lab.prompt, lab.button("send"), lab.button("drop-line"), lab.button("step-back")]) {
      const { edge, text, plate } = await locator.evaluate((element) => {
        const style = getComputedStyle(element);
        // Behind forced text Chromium paints a plate in the canvas's colour.
        const plate = getComputedStyle(document.body).backgroundColor;
        return { edge: parseFloat(style.borderTopWidth), text: style.color, plate };
      });
      expect(edge).toBeGreaterThan(0);
      expect(text).not.toBe(plate);
    }
  });
});

test.describe("with reduced motion", () => {
  test.use({ reducedMotion: "reduce" });

  test("nothing moves", async ({ page }) => {
    const lab = await Lab.open(page);
    for (const line of ["USER alice", "PASS wonderland", "LIST"]) {
      await page.keyboard.type(line);
      await page.keyboard.press("Enter");
      expect(await page.evaluate(() => document.getAnimations().filter((it) => it.playState === "running").length)).toBe(0);
    }
    expect(await lab.phase()).toBe("TRANSACTION");
  });
});

test("otherwise a command moves something, and for no longer than 250 ms", async ({ page }) => {
  await Lab.open(page);
  await page.waitForTimeout(400);
  await page.evaluate(() => {
    window.moved = [];
    const note = (event) => window.moved.push(event.animationName);
    document.addEventListener("animationstart", note);
  });
  await page.keyboard.type("USER alice");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => window.moved.length)).toBeGreaterThan(0);
  const longest = await page.evaluate(() =>
    Math.max(0, ...document.getAnimations().map((it) => it.effect.getComputedTiming().endTime)),
  );
  expect(longest).toBeLessThanOrEqual(250);
});

test("the document's language follows the choice", async ({ page }) => {
  const lab = await Lab.open(page);
  const root = page.locator("html");
  await expect(root).toHaveAttribute("lang", "en");
  for (const language of ["ja", "en"]) {
    await lab.button(`lang-${language}`).press("Enter");
    await expect(root).toHaveAttribute("lang", language);
    await expect(lab.button(`lang-${language}`)).toHaveAttribute("aria-pressed", "true");
    await expect(lab.button(`lang-${language}`)).toBeFocused();
  }
});

test("rows that arrive are announced, and so is what the page says", async ({ page }) => {
  const lab = await Lab.open(page);
  await expect(lab.terminal).toHaveRole("log");
  await expect(lab.terminal).toHaveAccessibleName("Terminal");
  await expect(lab.hint).toHaveRole("status");
});
