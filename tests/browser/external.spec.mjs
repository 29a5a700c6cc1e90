// A certificate of the mail program: asked for, shown, read on the path or not, and AUTH EXTERNAL by it.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

const moves = (lab) => lab.button("next-moves");
const external = (lab) => moves(lab).getByRole("button", { name: "AUTH EXTERNAL", exact: true });
const ladder = (lab) => lab.page.getByTestId("state-tls").locator(".message").evaluateAll((all) => all.map((it) => it.dataset.message));
const person = (lab) => lab.page.locator('[data-testid="ledger-entry"][data-fact="person"]');

async function isClean(page) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.target)])).toEqual([]);
}

/** Follows a link, to where it ends with this. */
async function at(page, query, last) {
  await page.goto(`./#/lab?${query}`);
  const lab = new Lab(page);
  await expect(lab.row(-1)).toContainText(last, { timeout: 15_000 });
  await lab.settles();
  return lab;
}

for (const [language, words] of Object.entries({
  en: { none: "No name is asked for", alert: "alert 45 certificate_expired: it does not take the certificate" },
  ja: { none: "名前は指定されていません", alert: "アラート 45 certificate_expired を送って、やめました。このメールソフトが示した証明書" },
})) {
  test.describe(`in ${language}`, () => {
    test.use({ locale: LOCALES[language] });

    test("settings, moves and Explain lead through AUTH EXTERNAL", async ({ page }) => {
      const lab = await Lab.open(page);
      await lab.button("road-995").click();
      await lab.settles();
      await expect(external(lab)).toHaveCount(0);
      await page.locator("button[data-testid=security]").click();
      await lab.button("client-certificate").selectOption({ index: 1 });
      await lab.settles();
      // It is there, and nobody wants to see it.
      await expect(external(lab)).toHaveCount(0);
      await lab.button("asks").check();
      await lab.settles();
      await isClean(page);
      await page.keyboard.press("Escape");
      await external(lab).click();
      await lab.settles();
      await moves(lab).getByRole("button").first().click();
      await lab.settles();
      expect(await lab.phase()).toBe("TRANSACTION");
      await lab.row(-2).click();
      await expect(lab.explain.getByTestId("exchange")).toContainText(words.none);
      await expect(await lab.shows("server-log")).toContainText("user=<alice>, method=EXTERNAL");
      await isClean(page);
    });

    test("what has expired is refused by its alert", async ({ page }) => {
      for (const version of ["1.2", "1.3"]) {
        const lab = await at(page, `road=995&cert=expired&tls=${version}`, words.alert);
        expect(await ladder(lab)).toContain("CertificateRequest");
        await page.goto("about:blank");
      }
    });
  });
}

test("a set piece logs in by a certificate, and under TLS 1.2 the notebook has the name in it", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.plays("external");
  await expect(lab.row(-1)).toContainText("+OK the maildrop is yours");
  expect(await lab.said()).toContain("C: AUTH EXTERNAL =");
  const sheet = await lab.shows("ledger");
  await expect(person(lab)).toContainText("alice@pop3lab.example");
  await expect(sheet).not.toContainText("wonderland");
  await isClean(page);
});

test("under TLS 1.3 the same is sealed", async ({ page }) => {
  const lab = await at(page, "road=995&cert=own&cmd=AUTH%20EXTERNAL%20%3D", "+OK the maildrop is yours");
  await lab.shows("ledger");
  await expect(lab.page.locator('[data-testid="ledger-hidden"][data-fact="certificate"]')).toBeVisible();
  await expect(person(lab)).toHaveCount(0);
});

test("the ladder has what was asked for and what was shown, or that there was nothing", async ({ page }) => {
  const shown = await ladder(await at(page, "road=995&cert=own", "+OK POP3 Lab"));
  expect(shown.slice(3)).toEqual([
    ...["EncryptedExtensions", "CertificateRequest", "Certificate", "CertificateVerify", "Finished"],
    ...["ChangeCipherSpec", "Certificate", "CertificateVerify", "Finished"],
  ]);
  await page.goto("about:blank");
  const lab = await at(page, "road=995&cert=none&tls=1.2", "+OK POP3 Lab");
  expect((await ladder(lab)).slice(2, 8)).toEqual([
    ...["Certificate", "ServerKeyExchange", "CertificateRequest", "ServerHelloDone"],
    ...["Certificate (empty)", "ClientKeyExchange"],
  ]);
  await expect(external(lab)).toHaveCount(0);
});

test("after STLS it is the same, and on a narrow page too", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  const lab = await at(page, "road=stls&cert=own&cmd=STLS|AUTH%20EXTERNAL%20%3D", "+OK the maildrop is yours");
  await page.locator("button[data-testid=security]").click();
  await expect(lab.button("client-certificate")).toHaveValue(/valid/);
  expect(await lab.overflow()).toBeLessThanOrEqual(0);
});
