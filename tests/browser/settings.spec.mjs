// What one chooses lasts: between visits, and where the browser keeps nothing, until the page is left.
import { expect, test } from "@playwright/test";
import { Lab } from "./lab.mjs";

async function chooses(lab) {
  await lab.button("lang-ja").click();
  await lab.button("theme").click();
  await lab.button("theme").click();
  await lab.button("pace").selectOption("watch");
  await lab.button("speed").selectOption("4");
}

async function isChosen(lab, chosen) {
  const root = lab.page.locator("html");
  await expect(root).toHaveAttribute("lang", chosen ? "ja" : "en");
  await expect(root).toHaveAttribute("data-theme", chosen ? "dark" : "system");
  await expect(lab.button("pace")).toHaveValue(chosen ? "watch" : "at-once");
  await expect(lab.button("speed")).toHaveValue(chosen ? "4" : "1");
}

/** They not only stand there: the next command comes at that pace, in that language. */
async function isAtWork(lab) {
  await lab.prompt.focus();
  await lab.page.keyboard.type("USER alice");
  await lab.page.keyboard.press("Enter");
  await expect(lab.row(-1)).toContainText("now send PASS");
  await expect(lab.place).toContainText("行");
}

test("language, theme, pace and speed last over a reload", async ({ page }) => {
  const lab = await Lab.open(page);
  await isChosen(lab, false);
  await chooses(lab);
  await isChosen(lab, true);
  await page.reload();
  await lab.isOpen();
  await isChosen(lab, true);
  await isAtWork(lab);
});

for (const [what, breaks] of [
  [
    "forbidden",
    () =>
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      }),
  ],
  [
    "full",
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      };
    },
  ],
  [
    "broken in every way",
    () => {
      for (const name of ["getItem", "setItem", "removeItem", "key"]) {
        Storage.prototype[name] = () => {
          throw new DOMException("No.", "UnknownError");
        };
      }
    },
  ],
]) {
  test(`where storage is ${what} they work until the page is left`, async ({ page }) => {
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.addInitScript(breaks);
    const lab = await Lab.open(page);
    await isChosen(lab, false);
    await chooses(lab);
    await isChosen(lab, true);
    await isAtWork(lab);
    await page.reload();
    await lab.isOpen();
    await isChosen(lab, false);
    expect(errors).toEqual([]);
  });
}

test("nonsense that is kept is passed over", async ({ page }) => {
  await page.addInitScript(() => {
    for (const key of ["language", "theme", "pace", "speed"]) localStorage.setItem(`pop3lab.${key}`, "\u0000{nonsense");
  });
  const lab = await Lab.open(page);
  await isChosen(lab, false);
});
