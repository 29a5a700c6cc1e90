// AUTH with the help of the page: every mechanism by the moves that are offered, its messages field by field, and the
// numbers behind them.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

const IN_THE_CLEAR = ["SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"];
const INSIDE_TLS = ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", ...IN_THE_CLEAR, "OAUTHBEARER", "XOAUTH2"];

const moves = (lab) => lab.button("next-moves");
const begin = (lab, mechanism) => moves(lab).getByRole("button", { name: `AUTH ${mechanism}`, exact: true });
const exchange = (lab) => lab.explain.getByTestId("exchange");
const card = (lab) => lab.explain.getByTestId("calculation");
const value = (lab, name) => card(lab).locator(`[data-name="${name}"] .calc-value`);

/** Begins AUTH and answers what is asked with what the page computes; how many responses that took. */
async function goesThrough(lab, mechanism, computed) {
  await begin(lab, mechanism).click();
  await lab.settles();
  let responses = 0;
  while ((await moves(lab).getByText(computed).count()) > 0) {
    await moves(lab).getByRole("button").filter({ hasText: computed }).click();
    await lab.settles();
    responses += 1;
  }
  return responses;
}

async function inTls(page) {
  const lab = await Lab.open(page);
  await lab.button("road-995").click();
  await expect(lab.rows.last()).toContainText("+OK POP3 Lab");
  await lab.settles();
  return lab;
}

for (const [language, computed] of [
  ["en", "response computed for you"],
  ["ja", "レスポンスは計算済み"],
]) {
  test.describe(`in ${language}`, () => {
    test.use({ locale: LOCALES[language] });

    for (const mechanism of INSIDE_TLS) {
      test(`${mechanism} is gone through inside TLS by what is offered`, async ({ page }) => {
        const lab = await inTls(page);
        expect(await goesThrough(lab, mechanism, computed)).toBeGreaterThan(0);
        expect(await lab.phase()).toBe("TRANSACTION");
        await expect(lab.explain.getByTestId("exposed")).toHaveCount(0);
      });
    }
  });
}

test("in the clear only what belongs there is offered, and with CAPA only what it lists", async ({ page }) => {
  const lab = await Lab.open(page);
  const names = () => moves(lab).locator(".mechanisms button").allInnerTexts();
  expect(await names()).toEqual(IN_THE_CLEAR);
  await lab.types("CAPA");
  expect(await names()).toEqual(IN_THE_CLEAR);
});

test("an empty line and an asterisk are offered as well, and cancel", async ({ page }) => {
  const lab = await Lab.open(page);
  await begin(lab, "CRAM-MD5").click();
  await lab.settles();
  await expect(moves(lab).getByRole("button", { name: "an empty line" })).toBeVisible();
  await moves(lab).getByRole("button", { name: "* cancels AUTH" }).click();
  await lab.settles();
  await expect(lab.rows.last()).toContainText("-ERR");
  expect(await lab.phase()).toBe("AUTHORIZATION");
});

test("the prompt completes the computed response", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.types("AUTH PLAIN");
  await expect(lab.ghost).toHaveText("AGFsaWNlAHdvbmRlcmxhbmQ=");
  await lab.presses("ArrowRight");
  await lab.presses("Enter");
  expect(await lab.phase()).toBe("TRANSACTION");
});

test("a response is read field by field, and what it gives away is marked", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.types("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=");
  await lab.rows.filter({ hasText: "AUTH PLAIN" }).click();
  expect(await exchange(lab).locator("dt").allInnerTexts()).toEqual(["alice", "wonderland"]);
  await expect(exchange(lab)).toContainText("base64 hides nothing");
  await expect(lab.explain.getByTestId("exposed")).toBeVisible();
});

test("what is no base64 is said to be none", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.typesAll("AUTH LOGIN", "alice!");
  await lab.rows.filter({ hasText: "alice!" }).click();
  await expect(exchange(lab)).toContainText("This line is not base64");
});

test("the card computes what was sent, and with the RFC's numbers the RFC's values", async ({ page }) => {
  const lab = await Lab.open(page);
  await goesThrough(lab, "SCRAM-SHA-1", "response computed for you");
  await card(lab).locator("summary").click();
  const signature = await value(lab, "v=").innerText();
  const last = lab.rows.filter({ hasText: `+ ${Buffer.from(`v=${signature}`).toString("base64")}` });
  await expect(last).toHaveCount(1);
  await lab.button("calc-example").click();
  await expect(value(lab, "SaltedPassword")).toHaveText("1d96ee3a529b5a5f9e47c01f229a2cb8a6e15f7d");
  await expect(value(lab, "p=")).toHaveText("v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
  await expect(value(lab, "v=")).toHaveText("rmF9pqV8S7suAoZWja4dJRkFsKQ=");
  await lab.button("calc-password").fill("crayon");
  await expect(value(lab, "p=")).not.toHaveText("v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
  await lab.button("calc-iterations").fill("many");
  await expect(card(lab)).toContainText("With this nothing can be computed.");
  await lab.button("calc-back").click();
  await expect(value(lab, "v=")).toHaveText(signature);
});

test("APOP and CRAM-MD5 have cards, reached by the keyboard", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.types("AUTH CRAM-MD5");
  await lab.tabsToAndPresses(card(lab).locator("summary"));
  await lab.tabsToAndPresses(lab.button("calc-example"));
  await expect(value(lab, "digest")).toHaveText("b913a602c7eda7a495b4e6e7334d3890");
  await lab.prompt.focus();
  await lab.types("*");
  await moves(lab).getByRole("button", { name: /^APOP/ }).click();
  await lab.settles();
  await lab.button("calc-example").click();
  await expect(value(lab, "digest")).toHaveText("c4c9334bac560ecc979e58001b3e22fb");
});

test("the notebook has the digest and its challenge, and the log what the server keeps", async ({ page }) => {
  const lab = await Lab.open(page);
  await goesThrough(lab, "CRAM-MD5", "response computed for you");
  const notebook = await lab.shows("ledger");
  await expect(notebook).toContainText("a digest of the challenge");
  await lab.shows("server-log");
  await lab.button("stored").locator("summary").click();
  await expect(lab.button("stored")).toContainText("For SCRAM-SHA-256-PLUS, SCRAM-SHA-256.");
  await expect(lab.button("stored")).toContainText("wonderland");
});

for (const [name, options] of Object.entries({
  wide: {},
  "at 360 pixels, dark, in Japanese": { viewport: { width: 360, height: 780 }, colorScheme: "dark", locale: LOCALES.ja },
})) {
  test.describe(name, () => {
    test.use(options);

    test("axe finds nothing in an exchange and on its card, and nothing is beyond the edge", async ({ page }) => {
      const lab = await Lab.open(page);
      await lab.prompt.focus();
      await lab.types("AUTH SCRAM-SHA-256 biwsbj1hbGljZSxyPXh5eg==");
      if (await lab.tab("explain").count()) await lab.tab("explain").click();
      await card(lab).locator("summary").click();
      await expect(value(lab, "SaltedPassword")).toBeVisible();
      const found = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(found.violations).toEqual([]);
      expect(await lab.overflow()).toBeLessThanOrEqual(0);
    });
  });
}
