// The session on a telephone, by touch; and on a desktop at twice the size.
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

const SESSION = ["USER alice", "PASS looking-glass", "USER alice", "PASS wonderland", "STAT", "LIST", "UIDL"];
const MORE = ["TOP 7 10", "RETR 1", "RETR 6", "DELE 2", "RSET", "DELE 3", "QUIT"];

/** What can be pressed and is smaller than this. */
function smallTargets(page, least) {
  return page.evaluate((least) => {
    const targets = [...document.querySelectorAll("button, input, a[href], select, summary")];
    return targets
      .map((target) => (target.type === "file" ? target.closest("label") : target))
      .map((target) => ({ box: target.getBoundingClientRect(), name: target.dataset.testid ?? target.textContent }))
      .filter(({ box }) => box.width > 0 && Math.round(Math.min(box.width, box.height)) < least)
      .map(({ box, name }) => `${name}: ${box.width} x ${box.height}`);
  }, least);
}

/** Whatever stands out of the page on the right. */
function standsOut(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5 && !element.closest("svg"))
      .map((element) => element.className || element.localName)
      .slice(0, 5),
  );
}

async function fits(lab, what) {
  expect(await lab.overflow(), `${what}: ${await standsOut(lab.page)}`).toBeLessThanOrEqual(0);
}

for (const language of ["en", "ja"]) {
  test.describe(`a telephone, ${language}`, () => {
    test.use({
      locale: LOCALES[language],
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
      deviceScaleFactor: 2,
    });

    test("the session by touch never scrolls sideways, and every target fits a finger", async ({ page }) => {
      test.setTimeout(60_000);
      const lab = await Lab.open(page);
      // Nothing raises the keyboard before it is asked for.
      await expect(lab.prompt).not.toBeFocused();
      const looks = async (what) => {
        await lab.settles();
        await fits(lab, what);
        // All that is too small, not only what is at the start.
        expect.soft(await smallTargets(page, 44), what).toEqual([]);
      };
      const taps = async (locator) => {
        await locator.tap();
        await lab.settles();
      };
      await looks("the start");
      for (const line of [...SESSION, ...MORE]) {
        await taps(lab.prompt);
        await page.keyboard.type(line);
        await taps(lab.button("send"));
        await expect(lab.terminal).toContainText(line);
        await looks(line);
      }
      expect(await lab.messages()).toHaveLength(7);
      for (const name of ["explain", "state", "wire", "mailbox", "server-log"]) {
        await taps(lab.tab(name));
        await expect(page.getByTestId(name)).toBeVisible();
        await expect(page.getByTestId("lamps")).toContainText("CLOSED");
        await looks(`the panel ${name}`);
      }
      await taps(lab.tab("wire"));
      await taps(lab.segments.last().getByRole("button"));
      await expect(lab.openedSegment).toBeVisible();
      await looks("an opened segment");
      await taps(lab.openedSegment.getByRole("button").first());
      await taps(lab.tab("mailbox"));
      await taps(lab.button("deliver"));
      await expect(lab.button("letter-note")).toBeInViewport();
      await looks("the delivery");
      await taps(lab.button("letter-note"));
      await expect(lab.row(-1)).toContainText("alice");
      await taps(lab.button("set-pieces"));
      await expect(lab.button("set-piece-locked")).toBeInViewport();
      await looks("the set pieces");
      await taps(lab.button("set-piece-locked"));
      await expect(lab.row(-1)).toContainText("[IN-USE]");
      await looks("a set piece");
      await taps(lab.button("undo"));
      await taps(lab.tab("state"));
      for (let count = 0; count < 12; count += 1) await taps(lab.button("step-back"));
      expect((await lab.facts()).line).toBeLessThan((await lab.facts()).lines);
      await looks("the past");
      await taps(lab.button("step-last"));
      await taps(lab.button("connect").first());
      await looks("connected again");
      await taps(lab.button("next-moves").getByRole("button", { name: "USER alice" }));
      await taps(lab.button("next-moves").getByRole("button", { name: "PASS wonderland" }));
      expect(await lab.phase()).toBe("TRANSACTION");
      await taps(lab.button("drop-line"));
      await looks("dropped");
      await page.evaluate(() => window.dispatchEvent(new CustomEvent("pop3lab:drill")));
      await expect(lab.errorPage).toBeVisible();
      await looks("crashed");
    });

    test("with the keyboard up, the prompt and the latest row are both seen", async ({ page }) => {
      const lab = await Lab.open(page);
      await lab.prompt.tap();
      await page.setViewportSize({ width: 360, height: 400 });
      await lab.typesAll("USER alice", "PASS wonderland", "LIST");
      for (const locator of [lab.prompt, lab.button("send"), lab.row(-1)]) {
        await expect(locator).toBeInViewport();
        // Not under the bar at the foot either.
        const covered = await locator.evaluate((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          const there = document.elementFromPoint(left + width / 2, top + height / 2);
          return !(element.contains(there) || there?.contains(element));
        });
        expect(covered, String(locator)).toBe(false);
      }
    });
  });
}

for (const [what, viewport] of [
  ["a screen 1440 wide at 200 %", { width: 720, height: 450 }],
  ["a screen 1280 wide at 200 %", { width: 640, height: 360 }],
  ["a screen 1280 wide at 400 %", { width: 320, height: 256 }],
]) {
  test.describe(what, () => {
    test.use({ viewport, deviceScaleFactor: 2 });

    test("needs no scrolling sideways, and the prompt can be reached", async ({ page }) => {
      const lab = await Lab.open(page);
      await fits(lab, "the start");
      await lab.logsIn();
      await lab.typesAll("RETR 6", "DELE 2");
      await fits(lab, "with mail and a mark");
      await lab.stepsBack();
      await fits(lab, "in the past");
      await lab.prompt.click();
      await lab.types("NOOP");
      await expect(lab.terminal).toContainText("NOOP");
      expect(await smallTargets(page, 24)).toEqual([]);
    });
  });
}

for (const [width, height] of [
  [1280, 720],
  [1440, 900],
  [1100, 700],
]) {
  test(`at ${width} by ${height} nothing of a panel lies under the timeline`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const lab = await Lab.open(page);
    await lab.logsIn();
    expect(await lab.overflow()).toBeLessThanOrEqual(0);
    // A click that hits something else is refused.
    for (const locator of [lab.segments.first().getByRole("button"), lab.segments.last().getByRole("button")]) {
      await locator.click({ timeout: 3_000 });
    }
    await lab.shows("mailbox");
    await lab.mailbox.getByTestId("message").first().click({ timeout: 3_000, trial: true });
    await lab.mailbox.getByTestId("message").last().click({ timeout: 3_000, trial: true });
  });
}

test("on a wide screen every target is at least 24 pixels high and wide", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  expect(await smallTargets(page, 24)).toEqual([]);
});
