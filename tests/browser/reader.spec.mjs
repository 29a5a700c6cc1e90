// A message is opened from its pigeon-hole, read in two views, and never anything but text.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

const reader = (page) => page.getByTestId("reader");
const text = (page) => page.getByTestId("reader-text");
/** The pigeon-holes of the server, as what opens them. */
const holes = (page) => page.getByTestId("message").getByRole("button");
/** Opens the page at its pigeon-holes. */
const visits = async (page) => {
  const lab = await Lab.open(page);
  await lab.shows("mailbox");
  return lab;
};
const opens = async (page, number) => {
  await holes(page).nth(number - 1).click();
  await expect(reader(page)).toBeVisible();
};
const closes = async (page) => {
  await page.keyboard.press("Escape");
  await expect(reader(page)).toHaveCount(0);
};
/** Elements in the reader that only a message could have put there. */
const strangers = (page) => reader(page).locator("script, style, img, iframe, a, h1, table, [onerror], [style]");

test("every sample opens in both views, and nothing of it becomes an element", async ({ page }) => {
  const dialogs = [];
  page.on("dialog", (dialog) => dialogs.push(dialog.message()) && dialog.dismiss());
  const requests = [];
  await visits(page);
  page.on("request", (request) => requests.push(request.url()));
  const all = await holes(page).locator(".subject").allInnerTexts();
  expect(all).toHaveLength(8);
  for (const [index, subject] of all.entries()) {
    await opens(page, index + 1);
    await expect(reader(page)).toHaveAccessibleName(subject);
    await expect(reader(page)).toContainText("This is the server's copy.");
    await expect(page.getByTestId("reader-flaws")).toHaveCount(0);
    await expect(text(page)).not.toBeEmpty();
    for (const form of await reader(page).getByRole("group").getByRole("button").all()) {
      await form.click();
      await expect(form).toHaveAttribute("aria-pressed", "true");
      await expect(strangers(page)).toHaveCount(0);
    }
    await page.getByTestId("reader-source").click();
    await expect(text(page)).toContainText("Message-ID: <");
    await expect(strangers(page)).toHaveCount(0);
    await closes(page);
  }
  expect(dialogs).toEqual([]);
  expect(requests).toEqual([]);
});

test("both encodings of Japanese are readable, and their octets are in the source", async ({ page }) => {
  await visits(page);
  await opens(page, 3);
  await expect(text(page)).toContainText("当窓口でお預かりできるのは、7ビットのお荷物だけです。");
  await expect(text(page)).toHaveAttribute("lang", "ja");
  await page.getByTestId("reader-source").click();
  await expect(text(page).locator(".mark").first()).toHaveText("ESC");
  await expect(text(page)).toContainText("=?ISO-2022-JP?B?");
  await closes(page);
  await opens(page, 4);
  await expect(reader(page)).toContainText("チェシャ猫 <grin@cheshire.example>");
  await expect(text(page)).toContainText("鉛筆で印をつけます。まだ消えません");
});

test("attachments have a name, a type and a size", async ({ page }) => {
  await visits(page);
  await opens(page, 2);
  const attachments = page.getByTestId("attachment");
  await expect(attachments).toHaveCount(2);
  await expect(attachments.first()).toContainText(/stamp\.png.*image\/png.*393 octets/);
});

test("a letter in two forms can be read in three", async ({ page }) => {
  await visits(page);
  await opens(page, 6);
  const form = (name) => reader(page).getByRole("button", { name, exact: true });
  await expect(form("Plain text")).toHaveAttribute("aria-pressed", "true");
  await expect(text(page)).toContainText("You are reading the plain part.");
  await form("HTML as text").click();
  await expect(text(page)).toContainText("[Smile! (If this loads, somebody knows you are here.)]");
  await expect(text(page)).not.toContainText("alert");
  await form("HTML source").click();
  await expect(text(page)).toContainText("<script>alert('Off with your session!')</script>");
});

test("a letter that means harm is read, and not obeyed", async ({ page }) => {
  const dialogs = [];
  page.on("dialog", (dialog) => dialogs.push(dialog.message()) && dialog.dismiss());
  const lab = await visits(page);
  await lab.delivers("hostile");
  await opens(page, 9);
  for (const view of ["reader-decoded", "reader-source"]) {
    await page.getByTestId(view).click();
    await expect(reader(page)).toContainText("<script>alert(1)</script>");
    await expect(strangers(page)).toHaveCount(0);
    expect(await lab.overflow()).toBeLessThanOrEqual(0);
    for (const form of await reader(page).getByRole("group").getByRole("button").all()) {
      await form.click();
      await expect(strangers(page)).toHaveCount(0);
    }
  }
  await expect(text(page).locator(".mark").first()).toBeVisible();
  expect(dialogs).toEqual([]);
});

test("a long source comes in helpings", async ({ page }) => {
  await visits(page);
  await opens(page, 7);
  await page.getByTestId("reader-source").click();
  const more = reader(page).getByRole("button", { name: /^Show / });
  const lines = async () => (await text(page).textContent()).split("\n").length;
  expect(await lines()).toBe(501);
  await more.click();
  await expect.poll(lines).toBe(1001);
  await expect(reader(page).getByRole("tabpanel")).toBeFocused();
  while (await more.count()) await more.click();
  expect(await text(page).textContent()).toMatch(/\n$/);
});

test("the reader is opened, walked and closed by keyboard, and gives the focus back", async ({ page }) => {
  const lab = await visits(page);
  await lab.tabsTo(holes(page).nth(1));
  await page.keyboard.press("Enter");
  await expect(reader(page)).toHaveRole("dialog");
  await expect(page.getByTestId("reader-close")).toBeFocused();
  await page.keyboard.press("Tab");
  const [decoded, source] = [page.getByTestId("reader-decoded"), page.getByTestId("reader-source")];
  await expect(decoded).toBeFocused();
  for (const [key, tab] of [["ArrowRight", source], ["ArrowRight", decoded], ["End", source], ["Home", decoded], ["ArrowLeft", source]]) {
    await page.keyboard.press(key);
    await expect(tab).toBeFocused();
    await expect(tab).toHaveAttribute("aria-selected", "true");
    await expect(reader(page).getByRole("tabpanel")).toHaveAccessibleName(await tab.innerText());
  }
  await page.keyboard.press("Tab");
  await expect(reader(page).getByRole("tabpanel")).toBeFocused();
  await closes(page);
  await expect(holes(page).nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(reader(page)).toHaveCount(0);
  await expect(holes(page).nth(1)).toBeFocused();
});

test("a click beside the sheet closes it", async ({ page }) => {
  await visits(page);
  await opens(page, 1);
  await page.mouse.click(5, 5);
  await expect(reader(page)).toHaveCount(0);
});

test("what the mail program fetched is its own copy", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.typesAll("RETR 5", "DELE 5", "QUIT");
  await lab.shows("mailbox");
  await page.getByTestId("download").getByRole("button").click();
  await expect(reader(page)).toContainText("the copy that your mail program fetched");
  await expect(text(page)).toContainText("...hidden files");
});

test("the source can be copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await visits(page);
  await opens(page, 8);
  await page.getByTestId("reader-source").click();
  await page.getByTestId("reader-copy").click();
  await expect(reader(page).getByRole("status")).toHaveText("Copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Date: Wed, 18 Nov 2026[^]*butterf\r?\n$/);
});

for (const [language, colorScheme, width] of [["en", "light", 1440], ["en", "dark", 360], ["ja", "light", 360], ["ja", "dark", 1440]]) {
  test.describe(`${language}, ${colorScheme}, ${width} pixels`, () => {
    test.use({ locale: LOCALES[language], colorScheme, viewport: { width, height: 740 }, reducedMotion: "reduce" });

    test("axe finds nothing with the reader open, and nothing is wider than the page", async ({ page }) => {
      const lab = await visits(page);
      for (const number of [2, 4, 6]) {
        await opens(page, number);
        for (const tab of ["reader-decoded", "reader-source"]) {
          await page.getByTestId(tab).click();
          const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
          expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([]);
          expect(await lab.overflow()).toBeLessThanOrEqual(0);
          const panel = reader(page).getByRole("tabpanel");
          expect(await panel.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
        }
        await closes(page);
      }
    });
  });
}

test.describe("by touch", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  test("everything that can be pressed is at least 44 pixels high", async ({ page }) => {
    await visits(page);
    for (const hole of await holes(page).all()) {
      expect((await hole.boundingBox()).height).toBeGreaterThanOrEqual(44);
    }
    await opens(page, 6);
    for (const button of await reader(page).locator("button").all()) {
      expect((await button.boundingBox()).height).toBeGreaterThanOrEqual(44);
    }
  });
});
