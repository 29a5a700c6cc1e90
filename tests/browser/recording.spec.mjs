// A recording of `serve --capture` is opened: what real mail programs said is said again, and all that is no recording is told.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { readFileSync } from "node:fs";
import { Lab, LOCALES } from "./lab.mjs";

const CURL = readFileSync(new URL("../recording/curl.txt", import.meta.url), "utf8");
const file = (text, name = "session.txt") => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

/** Chooses a file as a person does. */
const opens = async (lab, text, name) => {
  await lab.button("recording").setInputFiles(file(text, name));
  await lab.settles();
};

const WORDS = {
  en: {
    played: "5 real connections, played again",
    same: "Every answer is the same.",
    leftOut: "Left out: 1 ",
    differs: "On connection 1 something else was recorded: +OK 999 octets",
    none: "That is no recording of serve --capture in which somebody connects",
    line: "Line 3 of that recording means nothing here",
  },
  ja: {
    played: "本物の接続 5 件を",
    same: "応答はすべて記録と同じです。",
    leftOut: "1 件は除きました",
    differs: "接続 1 では、記録の応答が違います: +OK 999 octets",
    none: "接続を含む serve --capture の記録ではないか",
    line: "記録の 3 行目を解釈できないため",
  },
};

for (const [language, locale] of Object.entries(LOCALES)) {
  const words = WORDS[language];
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test("what curl did is on the page line by line, and one goes on from the middle of it", async ({ page }) => {
      const elsewhere = [];
      const lab = await Lab.open(page);
      const own = new URL(page.url()).origin;
      page.on("request", (request) => request.url().startsWith(own) || elsewhere.push(request.url()));
      const before = await lab.said();
      await opens(lab, CURL);
      await expect(lab.hint).toContainText(words.played);
      await expect(lab.hint).toContainText(words.same);
      await expect(lab.hint).toContainText(words.leftOut);
      await expect(lab.hint).toHaveAttribute("data-tone", "plain");
      const said = await lab.said();
      const recorded = CURL.split("\n").flatMap((line) => line.match(/^[\d.]+ \d+ (C: .*)$/)?.[1] ?? []);
      expect(said.filter((row) => row.startsWith("C: "))).toEqual(recorded);
      await expect(lab.terminal).toContainText("S: -ERR [AUTH] wrong name or password");
      await expect(page.locator('[data-testid="row"][data-from="client"]').last()).toHaveAttribute("data-secure", "true");
      // The mailbox is that of the recording, and what was removed is gone.
      await lab.shows("mailbox");
      await expect(page.getByTestId("message")).toHaveCount(1);
      // Back, into the first session, and on in another way.
      await page.getByTestId("timeline-slider").fill("0");
      for (let step = 0; step < 40; step += 1) {
        await lab.button("step-forward").click();
        await lab.settles();
        if ((await lab.row(-1).textContent()).includes("+OK the maildrop is yours")) break;
      }
      await expect(page.getByTestId("message")).toHaveCount(2);
      await lab.prompt.fill("DELE 2");
      await lab.prompt.press("Enter");
      await lab.settles();
      await expect(lab.row(-1)).toContainText("+OK message 2 marked");
      // And all of it can be taken back, to the session that was there before.
      for (let turn = 0; turn < 2; turn += 1) {
        await lab.button("undo").click();
        await lab.settles();
      }
      expect(await lab.said()).toEqual(before);
      expect(elsewhere).toEqual([]);
    });

    test("what was answered otherwise is said", async ({ page }) => {
      const lab = await Lab.open(page);
      await opens(lab, CURL.replace("S: +OK 170 octets", "S: +OK 999 octets"));
      await expect(lab.hint).toContainText(words.differs);
      await expect(lab.hint).toHaveAttribute("data-tone", "warning");
    });

    test("what is no recording is told, and nothing is lost for it", async ({ page }) => {
      const lab = await Lab.open(page);
      await lab.types("USER alice");
      await lab.settles();
      const before = await lab.said();
      for (const [text, told] of [
        ["From: bob@example.org\n\nHello\n", words.none],
        ["POP3 Lab recording 1\ndate 0\ncolour blue\n", words.line],
        ["POP3 Lab recording 1\ndate 0\n", words.none],
        ["", words.none],
      ]) {
        await opens(lab, text);
        await expect(lab.hint).toContainText(told);
        expect(await lab.said()).toEqual(before);
      }
    });

    test("the keyboard opens it, the focus is seen, and axe finds nothing", async ({ page }) => {
      const lab = await Lab.open(page);
      const input = lab.button("recording");
      await lab.tabsTo(input, "Shift+Tab");
      const outline = await input.evaluate((held) => getComputedStyle(held.parentElement).outlineStyle);
      expect(outline).toBe("solid");
      // Chromium now and then takes Enter and opens nothing: whoever sits before it presses once more.
      let chooser;
      await expect(async () => {
        const choosing = page.waitForEvent("filechooser", { timeout: 1_000 });
        await page.keyboard.press("Enter");
        chooser = await choosing;
      }).toPass();
      await chooser.setFiles(file(CURL));
      await expect(lab.hint).toContainText(words.played);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });
  });
}

test("a recording bent in every tenth line never breaks the page", async ({ page }) => {
  const lab = await Lab.open(page);
  const lines = CURL.split("\n");
  for (let at = 0; at < lines.length; at += 10) {
    await opens(lab, [...lines.slice(0, at), lines[at].split("").reverse().join(""), ...lines.slice(at + 1)].join("\n"));
    await expect(lab.errorPage).toHaveCount(0);
    await expect(lab.hint).not.toBeEmpty();
  }
});
