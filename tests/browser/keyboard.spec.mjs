// The keyboard alone reaches the panels, the set pieces, the delivery and the settings.
import { expect, test } from "@playwright/test";
import { Lab } from "./lab.mjs";

test.use({ viewport: { width: 1440, height: 900 } });

for (const [width, names] of [
  [1440, ["wire", "mailbox", "ledger", "server-log"]],
  [800, ["explain", "state", "wire", "mailbox", "ledger", "server-log"]],
]) {
  test.describe(`${width} wide`, () => {
    test.use({ viewport: { width, height: 900 } });

    test("arrows, Home and End go through the tabs, and only the chosen one is a stop of Tab", async ({ page }) => {
      const lab = await Lab.open(page);
      const list = page.getByRole("tablist");
      await expect(list.getByRole("tab")).toHaveCount(names.length);
      const isAt = async (name) => {
        await expect(lab.tab(name)).toBeFocused();
        await expect(lab.tab(name)).toHaveAttribute("aria-selected", "true");
        await expect(list.getByRole("tab", { selected: true })).toHaveCount(1);
        expect(await list.locator('[tabindex="0"]').count()).toBe(1);
        await expect(page.getByRole("tabpanel").getByTestId(name)).toBeVisible();
        await expect(page.getByRole("tabpanel")).toHaveAttribute("aria-labelledby", await lab.tab(name).getAttribute("id"));
        for (const other of names.filter((other) => other !== name)) await expect(page.getByTestId(other)).toHaveCount(0);
      };
      await lab.tabsTo(lab.tab("wire"));
      await isAt("wire");
      await lab.presses("Home");
      await isAt(names[0]);
      for (const name of [...names.slice(1), names[0]]) {
        await lab.presses("ArrowRight");
        await isAt(name);
      }
      await lab.presses("ArrowLeft");
      await isAt(names.at(-1));
      await lab.presses("Home");
      await lab.presses("End");
      await isAt(names.at(-1));
    });
  });
}

test("a page that becomes narrow and wide again keeps its panel", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.shows("mailbox");
  await page.setViewportSize({ width: 700, height: 900 });
  await expect(lab.tab("mailbox")).toHaveAttribute("aria-selected", "true");
  await expect(page.getByTestId("lamps")).toContainText("ESTABLISHED");
  await lab.shows("explain");
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(lab.explain).toHaveCount(1);
  await expect(page.getByTestId("lamps")).toHaveCount(0);
  await expect(lab.tab("wire")).toHaveAttribute("aria-selected", "true");
});

test("a set piece is played with Enter and Tab alone, and the focus is where one goes on", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.tabsTo(lab.button("set-pieces"));
  await lab.presses("Enter");
  await expect(lab.button("set-piece-locked")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(lab.button("set-piece-locked")).toBeFocused();
  await lab.tabsTo(lab.button("set-piece-idle"));
  await lab.presses("Enter");
  await expect(lab.button("set-piece-locked")).toBeHidden();
  await expect(lab.row(-1)).toContainText("The server closed the connection.");
  // Not lost: on the button of the pieces, which is there still, or where one types.
  await expect(lab.button("set-pieces").or(lab.prompt).and(page.locator(":focus"))).toHaveCount(1);
});

for (const [id, first] of [
  ["set-pieces", "set-piece-locked"],
  ["deliver", "letter-note"],
]) {
  test(`Escape closes ${id} and gives the focus back`, async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.shows("mailbox");
    await lab.prompt.focus();
    await lab.tabsTo(lab.button(id));
    await lab.presses("Enter");
    await expect(lab.button(first)).toBeVisible();
    await lab.tabsTo(lab.button(first));
    await lab.presses("Escape");
    await expect(lab.button(first)).toBeHidden();
    await expect(lab.button(id)).toBeFocused();
    await expect(lab.rows).toHaveCount(3);
  });
}

test("a letter is delivered with the keyboard alone", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.tabsToAndShows("mailbox");
  await lab.tabsToAndPresses(lab.button("deliver"));
  await lab.tabsToAndPresses(lab.button("letter-note"));
  await expect(lab.row(-1)).toContainText("New mail arrived at the server for alice.");
  await expect(lab.button("letter-note")).toBeHidden();
});

test("the link is set with the keyboard alone, and Enter is enough", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.tabsTo(lab.button("rtt"));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("800");
  await lab.presses("Enter");
  await expect(lab.row(-1)).toContainText("a round trip takes 800 ms");
  await expect(lab.button("rtt")).toBeFocused();
});

test("the wire is passed in a few presses of Tab, however many cards it has", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.typesAll("LIST", "UIDL", "RETR 3", "STAT", "NOOP");
  await lab.tab("wire").focus();
  let presses = 0;
  while (!(await lab.button("step-first").evaluate((button) => button === document.activeElement))) {
    await page.keyboard.press("Tab");
    presses += 1;
    expect(presses).toBeLessThan(16);
  }
});
