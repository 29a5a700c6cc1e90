// Links: the address types lines, and says what is wrong with it.
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

const LOGIN = "#/lab?cmd=USER%20alice|PASS%20wonderland|STAT";

/** Goes to another hash of the page that is open, as a link on it does. */
async function follows(lab, hash) {
  await lab.page.evaluate((hash) => (location.hash = hash), hash);
  await lab.settles();
}

test("a link types its lines", async ({ page }) => {
  const lab = await Lab.open(page, `./${LOGIN}`);
  await expect(lab.row(-1)).toContainText("+OK 8 212581");
  expect(await lab.phase()).toBe("TRANSACTION");
  await expect(lab.hint).toBeEmpty();
  await expect(lab.explain).toContainText("8");
  // And one goes on typing from there.
  await lab.types("DELE 1");
  expect(await lab.marks()).toEqual([1]);
});

test("a link that changes begins anew, and Undo brings back what was there", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.types("USER erin");
  const before = await lab.said();
  await follows(lab, LOGIN);
  await expect(lab.row(-1)).toContainText("+OK 8 212581");
  await expect(lab.terminal).not.toContainText("erin");
  await lab.button("undo").click();
  await lab.settles();
  expect(await lab.said()).toEqual(before);
});

test("a bar, a plus and letters beyond ASCII can be written in a link, and no line end makes two lines", async ({ page }) => {
  const lab = await Lab.open(page, "./#/lab?cmd=USER+%E5%A4%AA%E9%83%8E|PASS%20a%7Cb%2Bc|NOOP%0D%0ADELE%201");
  await expect.poll(async () => (await lab.said()).filter((row) => row.startsWith("C: "))).toEqual([
    "C: USER 太郎",
    "C: PASS a|b+c",
    "C: NOOPDELE 1",
  ]);
});

for (const hash of ["#", "#/", "#/lab", "#/lab?", "#/lab?cmd="]) {
  test(`${hash} is the lab as it is`, async ({ page }) => {
    const lab = await Lab.open(page, `./${hash}`);
    await expect(lab.rows).toHaveCount(3);
    await expect(lab.hint).toBeEmpty();
    expect((await lab.button("undo").getAttribute("aria-disabled")) === "true").toBe(true);
  });
}

const BROKEN = {
  "#/nowhere": { en: "There is no page “/nowhere”. This is the lab.", ja: "「/nowhere」というページはありません。" },
  "#/lab?rtt=5&cmd=STAT": { en: "The link asks for “rtt”, which the lab does not know.", ja: "「rtt」という設定は、このラボにはありません。" },
  "#/lab?cmd=STAT|USER%2": { en: "The link is broken at “USER%2”. Nothing was typed.", ja: "「USER%2」の部分が壊れています。" },
  "#/lab?cmd=%ff": { en: "The link is broken at “%ff”.", ja: "「%ff」の部分が壊れています。" },
  [`#/lab?cmd=${"NOOP|".repeat(201)}`]: { en: "200 lines of 2000 octets", ja: "200 行、1 行 2000 オクテット" },
  [`#/lab?cmd=${"a".repeat(2001)}`]: { en: "200 lines of 2000 octets", ja: "200 行、1 行 2000 オクテット" },
  "#/lab?cmd=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%": {
    en: "broken at “%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%”",
    ja: "「%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%」の部分が壊れています。",
  },
};

for (const [hash, words] of Object.entries(BROKEN)) {
  test(`${hash.slice(0, 40)} says what is wrong and types nothing`, async ({ page }) => {
    const lab = await Lab.open(page, `./${hash}`);
    await expect(lab.hint).toContainText(words.en);
    await expect(lab.hint).toHaveAttribute("data-tone", "warning");
    await expect(lab.rows).toHaveCount(3);
  });
}

test("a broken link leaves the session that is under way alone", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  const before = await lab.said();
  for (const hash of Object.keys(BROKEN)) {
    await follows(lab, hash);
    await expect(lab.hint).not.toBeEmpty();
    expect(await lab.said()).toEqual(before);
  }
});

test("nothing of a link becomes an element of the page", async ({ page }) => {
  page.on("dialog", () => expect("a dialog").toBe("never"));
  const lab = await Lab.open(page, "./#/%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E");
  await expect(lab.hint).toContainText("There is no page “/<img src=x onerror=alert(1)>”.");
  await expect(page.locator("img")).toHaveCount(0);
});

test.describe("in Japanese", () => {
  test.use({ locale: LOCALES.ja });

  test("a broken link is told in Japanese, each by what is wrong with it", async ({ page }) => {
    const lab = await Lab.open(page);
    for (const [hash, words] of Object.entries(BROKEN)) {
      await follows(lab, hash);
      await expect(lab.hint).toContainText(words.ja);
    }
    await expect(lab.rows).toHaveCount(3);
    await follows(lab, LOGIN);
    await expect(lab.row(-1)).toContainText("+OK 8 212581");
    await expect(lab.hint).toBeEmpty();
  });
});
