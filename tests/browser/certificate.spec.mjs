// A server that is not believed: the mail program's question, the sheet of certificates, and what going on costs.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

/** Each fault, with what is said of it and how many certificates are drawn; a gap counts as well. */
const FAULTS = [
  ["expired", /has expired/, 3],
  ["not-yet-valid", /will be valid from/, 3],
  ["other-host", /is for pop\.elsewhere\.example, but .* asked for pop3lab\.example/, 3],
  ["by-address", /bare address 192\.0\.2\.110/, 3],
  ["self-signed", /signed its certificate itself/, 2],
  ["unknown-authority", /Root Nobody Asked For/, 4],
  ["missing-intermediate", /POP3 Lab Intermediate, whose own certificate the server forgot/, 3],
  ["wrong-clock", /The clock is wrong, not the certificate/, 3],
];

const question = (page) => page.getByTestId("certificate-question");
const sheet = (page) => page.getByTestId("certificate");

/** Chooses a fault in the settings with the keyboard; the question is there then. */
async function meets(page, fault) {
  const lab = await Lab.open(page);
  await lab.tabsTo(lab.button("security"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await lab.tabsTo(lab.button("fault-none"));
  // The nth arrow would meet the faults before it: the choice itself takes a space.
  await lab.button(`fault-${fault}`).focus();
  await page.keyboard.press("Space");
  await expect(question(page)).toBeVisible();
  await lab.settles();
  return lab;
}

async function isClean(page) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([]);
}

for (const [fault, says, cards] of FAULTS) {
  test(`${fault}: the question says what is wrong, and going on opens a line with an exception`, async ({ page }) => {
    const lab = await meets(page, fault);
    await expect(question(page)).toHaveRole("alertdialog");
    await expect(question(page)).toHaveAccessibleDescription(says);
    await expect(page.getByTestId("question-cancel")).toBeFocused();
    await lab.tabsToAndPresses(page.getByTestId("question-look"));
    await expect(sheet(page)).toBeVisible();
    expect(await sheet(page).locator(".card-of").count()).toBe(cards);
    const flaws = sheet(page).getByTestId("certificate-flaw");
    for (const flaw of await flaws.all()) await expect(flaw).toContainText(says);
    expect(await flaws.count()).toBe(fault === "wrong-clock" ? 2 : 1);
    await page.keyboard.press("Escape");
    await expect(sheet(page)).toHaveCount(0);
    await expect(page.getByTestId("question-look")).toBeFocused();
    await lab.tabsToAndPresses(page.getByTestId("question-continue"));
    await expect(question(page)).toHaveCount(0);
    await expect(lab.prompt).toBeFocused();
    await expect(lab.rows.last()).toHaveAttribute("data-trust", "exception");
    await expect(lab.terminal).toContainText("Sealed, but to whom? You accepted this certificate yourself.");
    await lab.logsIn();
    // One turn: the exception goes with the connection. What was answered is not asked again.
    for (let turns = 0; turns < 3; turns += 1) await lab.tabsToAndPresses(lab.button("undo"));
    await expect(lab.rows.last()).toContainText("does not trust this server");
    await expect(question(page)).toHaveCount(0);
  });
}

test("Escape is the safe answer: nothing is sent, and the row still leads to the certificate and back to the question", async ({ page }) => {
  const lab = await meets(page, "self-signed");
  await page.keyboard.press("Escape");
  await expect(question(page)).toHaveCount(0);
  await expect(lab.prompt).toBeFocused();
  await expect(lab.rows.last()).toContainText("no password was sent");
  await lab.tabsToAndPresses(lab.rows.last().getByRole("button"));
  await expect(sheet(page)).toContainText("The mail program refused it.");
  await lab.tabsToAndPresses(page.getByTestId("certificate-decide"));
  await expect(sheet(page)).toHaveCount(0);
  await expect(page.getByTestId("question-cancel")).toBeFocused();
  await lab.presses("Enter");
  await expect(question(page)).toHaveCount(0);
  await expect(lab.rows.last().getByRole("button")).toBeFocused();
});

test("a wrong clock is set right, and the certificate is good", async ({ page }) => {
  const lab = await meets(page, "wrong-clock");
  await lab.tabsToAndPresses(page.getByTestId("question-look"));
  await expect(sheet(page)).toContainText("this computer’s clock: 2020-");
  await page.keyboard.press("Escape");
  await lab.tabsToAndPresses(page.getByTestId("question-clock"));
  await expect(lab.terminal).toContainText("The certificate was verified.");
  await expect(lab.rows.last()).not.toHaveAttribute("data-trust");
  await lab.logsIn();
});

test("a certificate that is believed can be looked at, in the past too, octet by octet", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const lab = await Lab.open(page);
  await lab.button("road-995").click();
  await lab.settles();
  const copied = await lab.copies();
  expect(copied.at(-2)).toMatch(/The certificate was verified\. From here on everything is sealed\.$/);
  await lab.stepsBack();
  await lab.tabsToAndPresses(lab.rows.last().getByRole("button"));
  await expect(sheet(page)).toHaveRole("dialog");
  await expect(sheet(page)).toContainText("an authority that this computer holds vouches for it");
  await expect(page.getByTestId("certificate-decide")).toHaveCount(0);
  await expect(page.getByTestId("certificate-flaw")).toHaveCount(0);
  await expect(sheet(page).locator(".card-of h3")).toHaveText([
    /^POP3 Lab Root held by this computer/,
    /^POP3 Lab Intermediate sent by the server/,
    /^pop3lab\.example sent by the server/,
  ]);
  const leaf = sheet(page).locator(".card-of").last();
  await lab.tabsToAndPresses(leaf.getByTestId("certificate-octets"));
  const fields = leaf.getByRole("listbox");
  await lab.tabsTo(fields);
  for (let count = 0; count < 12; count += 1) await page.keyboard.press("ArrowDown");
  await expect(leaf.getByRole("option").nth(12)).toHaveAttribute("aria-selected", "true");
  await expect(leaf.locator(".octets .lit").first()).toBeVisible();
  const octet = leaf.locator(".octets [data-note]").nth(30);
  const note = await octet.getAttribute("data-note");
  await octet.click();
  await expect(leaf.getByRole("option").nth(Number(note))).toHaveAttribute("aria-selected", "true");
  await leaf.getByTestId("certificate-copy").click();
  await expect(leaf.getByRole("status")).toHaveText("Copied.");
  const pem = await page.evaluate(() => navigator.clipboard.readText());
  expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----\r?\nMII[^-]+-----END CERTIFICATE-----\r?\n$/);
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toHaveCount(0);
});

test("what nobody looked at says so on each row", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.button("security").click();
  await lab.button("verify").uncheck();
  await page.keyboard.press("Escape");
  await lab.button("road-995").click();
  await lab.settles();
  await expect(lab.rows.last()).toHaveAttribute("data-trust", "unchecked");
  await expect(lab.rows.last().getByRole("img")).toHaveAccessibleName(/nobody looked/);
});

for (const [language, colorScheme, width] of [["en", "light", 1440], ["en", "dark", 360], ["ja", "light", 360], ["ja", "dark", 1440]]) {
  test.describe(`${language}, ${colorScheme}, ${width} pixels`, () => {
    test.use({ locale: LOCALES[language], colorScheme, viewport: { width, height: 740 }, reducedMotion: "reduce" });

    test("axe finds nothing, and nothing is wider than the page", async ({ page }) => {
      test.setTimeout(90_000);
      const lab = await meets(page, "missing-intermediate");
      const fits = async (place) => {
        expect(await lab.overflow()).toBeLessThanOrEqual(0);
        expect(await place.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
      };
      await isClean(page);
      await fits(question(page).locator(".question-text"));
      for (const answer of await question(page).locator("button").all()) await expect(answer).toBeInViewport({ ratio: 1 });
      await page.getByTestId("question-look").click();
      await page.getByTestId("certificate-octets").first().click();
      await isClean(page);
      await fits(sheet(page).locator(".reader-panel"));
      await page.keyboard.press("Escape");
      await page.getByTestId("question-continue").click();
      await lab.settles();
      await isClean(page);
    });
  });
}

test.describe("with forced colours", () => {
  test.use({ forcedColors: "active", reducedMotion: "reduce" });

  test("axe finds nothing", async ({ page }) => {
    await meets(page, "wrong-clock");
    await isClean(page);
    await page.getByTestId("question-look").click();
    await isClean(page);
  });
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  test("everything that can be pressed is at least 44 pixels high", async ({ page }) => {
    await meets(page, "wrong-clock");
    const buttons = async (place) => {
      for (const button of await place.locator("button").all()) {
        expect((await button.boundingBox()).height).toBeGreaterThanOrEqual(44);
      }
    };
    await buttons(question(page));
    await page.getByTestId("question-look").click();
    await buttons(sheet(page));
  });
});
