// The eavesdropper's notebook: what somebody on the path knows on each road, and what TLS keeps from them.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

const SESSION = ["USER alice", "PASS wonderland", "LIST", "RETR 1"];

/** The notebook as the tests read it. */
class Notebook {
  constructor(lab) {
    this.lab = lab;
    this.panel = lab.page.getByTestId("ledger");
    // The sheet of the latest connection.
    this.sheet = lab.page.getByTestId("ledger-connection").first();
  }

  static async open(page) {
    return new Notebook(await Lab.open(page));
  }

  entry(fact) {
    return this.sheet.locator(`[data-testid="ledger-entry"][data-fact="${fact}"]`);
  }

  hidden(fact) {
    return this.sheet.locator(`[data-testid="ledger-hidden"][data-fact="${fact}"]`);
  }

  async takes(road) {
    await this.lab.button(`road-${road}`).click();
    await this.lab.settles();
  }

  async types(...lines) {
    await this.lab.prompt.focus();
    await this.lab.typesAll(...lines);
  }

  shows() {
    return this.lab.shows("ledger");
  }
}

async function isClean(page) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.target)])).toEqual([]);
}

test("on port 110 the name, the password and the subject stand there", async ({ page }) => {
  const notebook = await Notebook.open(page);
  await notebook.types(...SESSION);
  await notebook.shows();
  await expect(notebook.entry("user-name")).toContainText("alice");
  await expect(notebook.entry("password")).toContainText("wonderland");
  await expect(notebook.entry("messages")).toContainText("Subject");
  await expect(notebook.entry("sizes")).toContainText("8 messages");
  await expect(notebook.lab.page.getByTestId("ledger-hidden")).toHaveCount(0);
  // Nothing on the page is louder than the password.
  const size = (locator) => locator.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  const loudest = await size(notebook.entry("password").locator("code"));
  const others = await notebook.panel.locator("code, span, dt, dd, h3, h4").evaluateAll((all) =>
    all.filter((it) => !it.closest(".loud")).map((it) => parseFloat(getComputedStyle(it).fontSize)),
  );
  expect(loudest).toBeGreaterThan(Math.max(...others));
});

test("on port 995 the host and the sizes stand there, and the rest is struck through", async ({ page }) => {
  const notebook = await Notebook.open(page);
  await notebook.takes("995");
  await notebook.types(...SESSION);
  await notebook.shows();
  await expect(notebook.entry("server-name")).toContainText("pop3lab.example");
  await expect(notebook.entry("records")).toContainText("octets");
  await expect(notebook.entry("guesses").last()).toContainText("answered in about");
  for (const fact of ["user-name", "password", "login", "banner", "sizes", "messages", "certificate"]) {
    const line = notebook.sheet.locator(`[data-about="${fact}"]`);
    await expect(notebook.hidden(fact), fact).toContainText("sealed, nobody on the path can read it");
    await expect(line.locator("s"), fact).toHaveCSS("text-decoration-line", "line-through");
  }
  const text = await notebook.panel.textContent();
  expect(text).not.toContain("alice");
  expect(text).not.toContain("wonderland");
});

test("a session in the clear and a sealed one have the same lines", async ({ page }) => {
  const notebook = await Notebook.open(page);
  const lines = () => notebook.sheet.locator(".note-line").evaluateAll((all) => all.map((it) => it.dataset.about));
  await notebook.shows();
  const clear = await lines();
  await notebook.takes("995");
  const sealed = await lines();
  expect(clear).toEqual(expect.arrayContaining(["user-name", "password", "sizes", "messages"]));
  expect(sealed.filter((about) => clear.includes(about))).toEqual(clear.filter((about) => about !== "stamp"));
});

test("with STLS the first half can be read and the second cannot", async ({ page }) => {
  const notebook = await Notebook.open(page);
  await notebook.takes("stls");
  await notebook.types("CAPA", "STLS", "CAPA", ...SESSION);
  await notebook.shows();
  await expect(notebook.entry("banner")).toContainText("POP3 Lab");
  await expect(notebook.entry("capabilities")).toContainText("STLS");
  await expect(notebook.entry("stls")).toHaveCount(2);
  await expect(notebook.hidden("user-name")).toBeVisible();
  await expect(notebook.hidden("password")).toBeVisible();
  await expect(notebook.panel).not.toContainText("wonderland");
});

test("the certificate is read under TLS 1.2 and not under 1.3", async ({ page }) => {
  const notebook = await Notebook.open(page);
  await notebook.takes("995");
  await notebook.shows();
  await expect(notebook.hidden("certificate")).toBeVisible();
  await notebook.lab.button("security").click();
  await notebook.lab.button("tls-version").selectOption("TLS 1.2");
  await notebook.lab.settles();
  await page.keyboard.press("Escape");
  await expect(notebook.entry("certificate")).toContainText("pop3lab.example");
  await expect(notebook.entry("agreed").first()).toContainText("TLS 1.2");
  await expect(notebook.hidden("certificate")).toHaveCount(0);
});

test("stepping back takes entries away, stepping on brings them back, and news are read out", async ({ page }) => {
  const notebook = await Notebook.open(page);
  await notebook.types("USER alice", "PASS wonderland");
  await notebook.shows();
  await expect(notebook.sheet.locator(".newest")).toHaveAttribute("data-about", "login");
  const news = page.getByTestId("ledger-news");
  await expect(news).toHaveAttribute("aria-live", "off");
  for (let count = 0; count < 2; count += 1) await notebook.lab.button("step-back").click();
  await expect(notebook.entry("user-name")).toContainText("alice");
  await expect(notebook.entry("password")).toHaveCount(0);
  await expect(news).toHaveAttribute("aria-live", "polite");
  await notebook.lab.button("step-first").click();
  await expect(notebook.panel).toContainText("Still a blank page.");
  await expect(page.getByTestId("ledger-entry")).toHaveCount(0);
  await notebook.lab.button("step-last").click();
  await expect(notebook.entry("password")).toContainText("wonderland");
  await expect(news).toContainText("Login");
});

test("a fork forgets what never happened", async ({ page }) => {
  const notebook = await Notebook.open(page);
  await notebook.types("USER alice", "PASS wonderland");
  await notebook.shows();
  for (let count = 0; count < 2; count += 1) await notebook.lab.button("step-back").click();
  await notebook.types("PASS guess");
  await expect(notebook.entry("password")).toContainText("guess");
  await expect(notebook.panel).not.toContainText("wonderland");
  await notebook.lab.button("undo").click();
  await expect(notebook.entry("password")).toHaveCount(0);
  await notebook.lab.button("step-last").click();
  await expect(notebook.entry("password")).toContainText("wonderland");
});

test("the packet of an entry is opened on the wire, with the keyboard as well", async ({ page }) => {
  const notebook = await Notebook.open(page);
  await notebook.types("USER alice", "PASS wonderland");
  await notebook.shows();
  const packet = notebook.entry("password").getByRole("button");
  const number = (await packet.textContent()).replace("packet ", "");
  await packet.focus();
  await notebook.lab.presses("Enter");
  await expect(notebook.lab.openedSegment).toContainText(`Segment ${number}`);
  await expect(notebook.lab.openedSegment).toContainText("PASS wonderland");
  await expect(notebook.lab.openedSegment.getByRole("listbox").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(notebook.lab.openedSegment).toHaveCount(0);
  await notebook.shows();
  await notebook.lab.shows("wire");
  await expect(notebook.lab.openedSegment).toHaveCount(0);
});

test("hostile mail is text", async ({ page }) => {
  const notebook = await Notebook.open(page);
  await notebook.lab.delivers("hostile");
  await notebook.types("USER alice", "PASS wonderland", "RETR 9", "USER <img src=x onerror=alert(1)>");
  await notebook.shows();
  await expect(notebook.entry("messages")).toContainText("Message 9");
  expect(await notebook.panel.locator("img, script, style, iframe, a").count()).toBe(0);
});

test("ten thousand sizes are summed up, and more of them can be had", async ({ page }) => {
  const notebook = await Notebook.open(page);
  await notebook.lab.plays("huge");
  await notebook.types("LIST");
  await expect(async () => {
    await notebook.lab.settles();
    await notebook.shows();
    await expect(notebook.entry("sizes")).toContainText("10000 messages", { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(notebook.panel).not.toContainText("Still reading");
  const items = notebook.entry("sizes").getByRole("listitem");
  await expect(items).toHaveCount(5);
  await notebook.entry("sizes").locator("[data-more]").press("Enter");
  await expect(items).toHaveCount(105);
  await expect(notebook.entry("sizes").locator("[data-more]")).toBeFocused();
});

for (const [name, viewport, locale, colorScheme] of [
  ["wide", { width: 1440, height: 900 }, LOCALES.en, "light"],
  ["narrow, dark, in Japanese", { width: 360, height: 740 }, LOCALES.ja, "dark"],
]) {
  test.describe(name, () => {
    test.use({ viewport, locale, colorScheme, reducedMotion: "reduce" });

    test("nothing is cut off, and axe finds nothing", async ({ page }) => {
      test.setTimeout(120_000);
      const notebook = await Notebook.open(page);
      await notebook.types(...SESSION);
      await notebook.shows();
      await isClean(page);
      expect(await notebook.lab.overflow()).toBeLessThanOrEqual(0);
      await notebook.takes("995");
      await notebook.types(...SESSION);
      await notebook.shows();
      await expect(notebook.hidden("password")).toBeVisible();
      await isClean(page);
      expect(await notebook.lab.overflow()).toBeLessThanOrEqual(0);
      const beyond = await notebook.panel.evaluate((panel) => panel.scrollWidth - panel.clientWidth);
      expect(beyond).toBe(0);
      await notebook.lab.button("step-first").click();
      await isClean(page);
    });
  });
}

test.describe("in Japanese", () => {
  test.use({ locale: LOCALES.ja });

  test("the notebook is in Japanese", async ({ page }) => {
    const notebook = await Notebook.open(page);
    await notebook.types(...SESSION);
    await notebook.shows();
    await expect(notebook.lab.tab("ledger")).toHaveText("ノート");
    await expect(notebook.sheet).toContainText("パスワード");
    await expect(notebook.entry("password").getByRole("button")).toContainText("パケット");
  });
});

test.describe("with forced colours", () => {
  test.use({ forcedColors: "active" });

  test("what is sealed is still struck through, and said", async ({ page }) => {
    const notebook = await Notebook.open(page);
    await notebook.takes("995");
    await notebook.shows();
    await expect(notebook.sheet.locator('[data-about="password"] s')).toHaveCSS("text-decoration-line", "line-through");
    await expect(notebook.hidden("password")).toContainText("sealed");
    await isClean(page);
  });
});
