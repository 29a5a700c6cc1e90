// A panic of the engine: the page says so, keeps the session, and begins again.
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

const WORDS = {
  en: { title: "The engine has stopped", copy: "Copy the session", copied: "Copied.", again: "Start again" },
  ja: {
    title: "エンジンが停止しました",
    copy: "セッションをコピー",
    copied: "コピーしました。",
    again: "最初からやり直す",
  },
};

/** Asks the engine to panic. */
async function drills(page) {
  await page.evaluate(() => window.dispatchEvent(new CustomEvent("pop3lab:drill")));
}

for (const language of ["en", "ja"]) {
  test.describe(language, () => {
    test.use({ locale: LOCALES[language] });

    test("after a panic the session can be copied and begun again", async ({ page, context }) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      const words = WORDS[language];
      const lab = await Lab.open(page);
      await lab.logsIn();
      await lab.types("DELE 2");
      await drills(page);

      await expect(lab.errorPage).toBeVisible();
      await expect(lab.errorPage.getByRole("heading", { level: 1, name: words.title })).toBeFocused();
      // Where it was: the function's number, which `cargo xtask size` has a name for, and its place in the program.
      await expect(lab.errorPage).toContainText(/RuntimeError: unreachable\n.*wasm-function\[\d+\]:0x[0-9a-f]+/);
      await expect(lab.errorPage).toContainText("DELE 2");
      await expect(lab.prompt).toHaveCount(0);

      await lab.tabsTo(lab.button("copy-session"));
      await expect(lab.button("copy-session")).toHaveText(words.copy);
      await page.keyboard.press("Enter");
      await expect(lab.errorPage.getByRole("status")).toHaveText(words.copied);
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied.split("\n")).toEqual(
        expect.arrayContaining([
          "C: USER alice",
          "C: PASS wonderland",
          expect.stringMatching(/^S: \+OK the maildrop is yours/),
          "C: DELE 2",
          expect.stringMatching(/^S: \+OK message 2 marked/),
        ]),
      );

      await lab.errorPage.getByRole("button", { name: words.again }).press("Enter");
      await lab.isOpen();
      await expect(lab.errorPage).toHaveCount(0);
      await lab.logsIn();
      expect(await lab.marks()).toEqual([]);
      await lab.settles();
      await expect(lab.errorPage).toHaveCount(0);
    });
  });
}

/** The program that traps as soon as its one function, `f`, is called. */
const TRAP = [
  0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0, 10, 5, 1, 3, 0, 0, 0x0b,
];

for (const [where, call] of [
  ["an event", () => {
    addEventListener("trapped", window.trap, { once: true });
    dispatchEvent(new Event("trapped"));
  }],
  ["a timer", () => void setTimeout(window.trap)],
  ["a frame", () => void requestAnimationFrame(window.trap)],
  ["an idle moment", () => void requestIdleCallback(window.trap)],
  ["a promise", () => void Promise.resolve().then(window.trap)],
]) {
  test(`a trap in ${where} is explained`, async ({ page }) => {
    const lab = await Lab.open(page);
    await page.evaluate(async (octets) => {
      const { instance } = await WebAssembly.instantiate(new Uint8Array(octets));
      window.trap = instance.exports.f;
    }, TRAP);
    await page.evaluate(call);
    await expect(lab.errorPage).toContainText("unreachable");
  });
}

test("it is said in the language that was chosen, not the browser's", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.button("lang-ja").press("Enter");
  await drills(page);
  await expect(lab.errorPage.getByRole("heading", { level: 1 })).toHaveText(WORDS.ja.title);
  await expect(lab.errorPage).toHaveAttribute("lang", "ja");
});

test("starting again leaves the address's hash behind", async ({ page }) => {
  const lab = await Lab.open(page, "./#/lab");
  await drills(page);
  await lab.errorPage.getByRole("button", { name: WORDS.en.again }).press("Enter");
  await lab.isOpen();
  expect(new URL(page.url()).hash).toBe("");
});

test("the copy holds the session as it went, without what was forked away", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  while (!(await lab.facts()).row.includes("now send PASS")) await lab.stepsBack();
  await lab.tabsTo(lab.prompt, "Shift+Tab");
  await lab.types("PASS looking-glass");
  await drills(page);
  const session = (await lab.errorPage.locator("pre").last().textContent()).split("\n");
  const sent = session.filter((line) => line.startsWith("C: "));
  expect(sent).toEqual(["C: USER alice", "C: PASS looking-glass"]);
  expect(session.findLast((line) => line.startsWith("S: "))).toMatch(/^S: -ERR \[AUTH\]/);
});
