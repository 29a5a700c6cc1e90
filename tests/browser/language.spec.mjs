// The words of the page come beside the program, in one language: the other one when somebody asks for it.
import { expect, test } from "@playwright/test";
import { Lab } from "./lab.mjs";

/** The languages whose words are asked for from now on. */
function asked(page) {
  const languages = [];
  page.on("request", (request) => {
    const words = /_(en|ja)\.txt$/.exec(request.url());
    if (words) languages.push(words[1]);
  });
  return languages;
}

test("a reader of one language fetches one, and the other once", async ({ page }) => {
  const languages = asked(page);
  const lab = await Lab.open(page);
  await page.waitForLoadState("networkidle");
  expect(languages).toEqual(["en"]);

  await lab.types("USER alice");
  await lab.prompt.fill("PASS wo");
  const rows = await lab.rows.count();
  for (const [language, title] of [
    ["ja", "ターミナル"],
    ["en", "Terminal"],
    ["ja", "ターミナル"],
  ]) {
    await lab.button(`lang-${language}`).click();
    await expect(page.locator("#terminal-title")).toHaveText(title);
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    // What one has done and what one is about to do stay.
    await expect(lab.rows).toHaveCount(rows);
    await expect(lab.prompt).toHaveValue("PASS wo");
  }
  expect(languages).toEqual(["en", "ja"]);
});

test("who chose a language gets it at the next visit, and no other", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("pop3lab.language", "ja"));
  const languages = asked(page);
  await Lab.open(page);
  await expect(page.locator("#terminal-title")).toHaveText("ターミナル");
  await page.waitForLoadState("networkidle");
  expect(languages).toEqual(["ja"]);
});

for (const [what, breaks] of [
  ["the network is gone", (route) => route.abort()],
  ["it is not found", (route) => route.fulfill({ status: 404, body: "no such file" })],
  ["it is of another version", (route) => route.fulfill({ body: "0123456789abcdef\0What\0is\0this" })],
]) {
  test(`where ${what} the other language is not shown, and can be asked for again`, async ({ page }) => {
    const lab = await Lab.open(page);
    await page.route("**/*_ja.txt", breaks);
    await lab.button("lang-ja").click();
    await expect(page.getByTestId("unfetched")).toContainText("could not be fetched");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await lab.types("NOOP");

    await page.unroute("**/*_ja.txt");
    await lab.button("lang-ja").click();
    await expect(page.locator("#terminal-title")).toHaveText("ターミナル");
    await expect(page.getByTestId("unfetched")).toBeEmpty();
  });
}

test("where a comparison is read the other language is fetched as well", async ({ page }) => {
  await page.goto("./#/compare");
  await page.getByTestId("lang-ja").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await expect(page.getByTestId("nav-compare")).toHaveText(/[ぁ-ヿ一-龯]/);
});

test("without any words the page explains itself", async ({ page }) => {
  await page.route("**/*_en.txt", (route) => route.abort());
  await page.goto("./");
  await expect(new Lab(page).errorPage).toContainText("could not start");
});
