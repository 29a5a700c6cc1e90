// The three roads with the keyboard alone, in both languages; the settings of TLS; and where TLS goes wrong.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

test.use({ viewport: { width: 1440, height: 900 } });

const WORDS = {
  en: { up: "TLS is up: TLS 1.3", silence: "Nothing comes.", old: "alert 40 handshake_failure", plain: "is not TLS", shrug: "does not offer STLS" },
  ja: { up: "TLS が始まりました。TLS 1.3", silence: "何も届きません。", old: "アラート 40 handshake_failure", plain: "TLS ではありません", shrug: "STLS に対応していません" },
};

/** Takes a road with the keyboard alone. */
async function takes(lab, road) {
  await lab.button(`road-${road}`).focus();
  await lab.page.keyboard.press("Enter");
  await lab.settles();
  await expect(lab.button(`road-${road}`)).toHaveAttribute("aria-pressed", "true");
}

/** Accepts what the prompt suggests, and sends it. */
async function accepts(lab, line) {
  await lab.prompt.focus();
  await expect(lab.ghost).toHaveText(line);
  await lab.page.keyboard.press("ArrowRight");
  await lab.page.keyboard.press("Enter");
  await lab.settles();
}

/** Which of the latest rows of the protocol went sealed. */
const sealed = (lab, count) =>
  lab.rows.evaluateAll((rows, count) => {
    const lines = rows.filter((row) => row.dataset.secure !== undefined);
    return lines.slice(-count).map((row) => row.dataset.secure);
  }, count);

for (const [language, locale] of Object.entries(LOCALES)) {
  const words = WORDS[language];
  test.describe(`in ${language}`, () => {
    test.use({ locale });

    test("on 110 every line is a postcard", async ({ page }) => {
      const lab = await Lab.open(page);
      await expect(lab.button("road-110")).toHaveAttribute("aria-pressed", "true");
      await accepts(lab, "USER alice");
      await accepts(lab, "PASS wonderland");
      expect(await sealed(lab, 4)).toEqual(["false", "false", "false", "false"]);
      await expect(page.getByTestId("exposed")).toHaveCount(0);
      await lab.rows.filter({ hasText: "PASS wonderland" }).click();
      await expect(page.getByTestId("exposed")).toBeVisible();
    });

    test("on the road of STLS the prompt leads through CAPA, STLS and CAPA", async ({ page }) => {
      const lab = await Lab.open(page);
      await takes(lab, "stls");
      for (const line of ["CAPA", "STLS", "CAPA", "USER alice", "PASS wonderland"]) await accepts(lab, line);
      await expect(lab.terminal).toContainText(words.up);
      expect(await sealed(lab, 4)).toEqual(["true", "true", "true", "true"]);
      await expect(lab.rows.filter({ hasText: "+OK Begin TLS negotiation" })).toHaveAttribute("data-secure", "false");
      await lab.rows.filter({ hasText: "PASS wonderland" }).click();
      await expect(page.getByTestId("exposed")).toHaveCount(0);
      await expect(page.getByTestId("enveloped")).toBeVisible();
    });

    test("on 995 the greeting is sealed already", async ({ page }) => {
      const lab = await Lab.open(page);
      await takes(lab, "995");
      await expect(lab.terminal).toContainText(words.up);
      await expect(lab.rows.filter({ hasText: "+OK POP3 Lab" }).last()).toHaveAttribute("data-secure", "true");
      await accepts(lab, "USER alice");
      await accepts(lab, "PASS wonderland");
      expect(await sealed(lab, 5)).toEqual(["true", "true", "true", "true", "true"]);
    });

    test("where TLS does not come about, the page says why", async ({ page }) => {
      const lab = await Lab.open(page);
      await lab.button("security").click();
      await lab.button("port").selectOption({ index: 1 });
      await page.keyboard.press("Escape");
      await expect(lab.hint).toContainText(words.silence);
      await lab.prompt.fill("USER alice");
      await lab.prompt.press("Enter");
      // The server's alert is no line of POP3, and is shown as it is.
      await expect(lab.rows.filter({ hasText: "S:" }).last()).toContainText("2");
      await lab.plays("tls-at-110");
      await expect(lab.row(-1)).toContainText(words.plain);
      await lab.plays("old-client");
      await expect(lab.row(-1)).toContainText(words.old);
      await lab.plays("stls-missing");
      await expect(lab.terminal).toContainText(words.shrug);
      await expect(lab.rows.filter({ hasText: "PASS wonderland" })).toHaveAttribute("data-secure", "false");
      await lab.plays("behind-stls");
      await lab.rows.filter({ hasText: "PASS wonderland" }).click();
      await expect(page.getByTestId("discarded")).toBeVisible();
    });
  });
}

test("the settings are reached and changed with the keyboard, and undone", async ({ page }) => {
  const lab = await Lab.open(page);
  await takes(lab, "995");
  await lab.button("security").focus();
  await page.keyboard.press("Enter");
  await lab.button("tls-version").focus();
  await lab.button("tls-version").selectOption({ label: "TLS 1.2" });
  await page.keyboard.press("Escape");
  await lab.settles();
  await expect(lab.row(-2)).toContainText("TLS 1.2");
  await lab.button("security").click();
  await lab.button("stls-offered").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await takes(lab, "stls");
  await lab.prompt.fill("STLS");
  await lab.prompt.press("Enter");
  await expect(lab.row(-1)).toContainText("-ERR STLS is not offered here");
  await lab.button("undo").click();
  await expect(lab.row(-1)).toContainText("+OK POP3 Lab");
});

test("a road keeps the mailbox, and dropping the line inside TLS rubs out the marks", async ({ page }) => {
  const lab = await Lab.open(page);
  await takes(lab, "995");
  for (const line of ["USER alice", "PASS wonderland", "DELE 1", "QUIT"]) {
    await lab.prompt.fill(line);
    await lab.prompt.press("Enter");
    await lab.settles();
  }
  await takes(lab, "110");
  await lab.prompt.fill("USER alice");
  await lab.prompt.press("Enter");
  await lab.prompt.fill("PASS wonderland");
  await lab.prompt.press("Enter");
  await expect(lab.row(-1)).toContainText("7 messages");
});

test("the certificate is made for the server's name, and what is no name is not taken", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.button("security").click();
  await lab.button("host").fill("not a name");
  await lab.button("host").press("Enter");
  await expect(lab.button("host")).toHaveValue("pop3lab.example");
  await lab.button("host").fill("mail.school.example");
  await lab.button("host").press("Enter");
  await page.keyboard.press("Escape");
  await expect(lab.row(2)).toContainText("@mail.school.example>");
  await takes(lab, "995");
  await expect(lab.terminal).toContainText(WORDS.en.up);
  await expect(lab.row(-1)).toContainText("@mail.school.example>");
  await lab.button("security").click();
  await lab.button("fault-other-host").check();
  await expect(page.getByTestId("question-wrong")).toContainText("mail.school.example");
});

test("a link takes a road", async ({ page }) => {
  await page.goto("./#/lab?road=995&cmd=USER%20alice|PASS%20wonderland");
  const lab = new Lab(page);
  await expect(lab.row(-1)).toContainText("+OK the maildrop is yours", { timeout: 15_000 });
  await expect(lab.row(-1)).toHaveAttribute("data-secure", "true");
  await expect(lab.button("road-995")).toHaveAttribute("aria-pressed", "true");
});

for (const [name, options] of [
  ["wide", { viewport: { width: 1440, height: 900 } }],
  ["narrow, dark, in Japanese", { viewport: { width: 360, height: 740 }, colorScheme: "dark", locale: "ja-JP" }],
]) {
  test.describe(name, () => {
    test.use(options);
    test("axe finds nothing on any road, nor in the settings", async ({ page }) => {
      const lab = await Lab.open(page);
      for (const road of ["stls", "995"]) {
        await takes(lab, road);
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
      }
      await lab.button("security").press("Enter");
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wider).toBe(false);
    });
  });
}
