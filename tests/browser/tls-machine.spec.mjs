// The machine of TLS: where both ends stand, and the ladder of the handshake.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

const TLS13 = [
  "ClientHello",
  "ServerHello",
  "ChangeCipherSpec",
  "EncryptedExtensions",
  "Certificate",
  "CertificateVerify",
  "Finished",
  "ChangeCipherSpec",
  "Finished",
];
const TLS12 = [
  "ClientHello",
  "ServerHello",
  "Certificate",
  "ServerKeyExchange",
  "ServerHelloDone",
  "ClientKeyExchange",
  "ChangeCipherSpec",
  "Finished",
  "ChangeCipherSpec",
  "Finished",
];

class Machine {
  constructor(lab) {
    this.lab = lab;
    this.all = lab.page.getByTestId("state-tls");
    this.messages = this.all.locator(".message");
    this.sent = this.all.locator(".message.sent");
    this.lamps = this.all.locator(".lamps code");
    this.agreed = lab.button("tls-agreed");
    this.broken = this.all.locator(".flight.broken");
  }

  static async on(page, road) {
    const lab = await Lab.open(page);
    await lab.button(`road-${road}`).click();
    await lab.settles();
    return new Machine(lab);
  }

  /** Chooses in the settings of security, with the pointer. */
  async sets(id, option) {
    await this.lab.page.locator("button[data-testid=security]").click();
    const field = this.lab.button(id);
    if (option === undefined) await field.check();
    else await field.selectOption({ label: option });
    // A fault leads to a question, which takes the settings' place and which Escape closes as well.
    await this.lab.settles();
    await this.lab.page.keyboard.press("Escape");
    await this.lab.settles();
  }

  names(messages = this.messages) {
    return messages.evaluateAll((all) => all.map((it) => it.dataset.message));
  }
}

async function isClean(page) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.target.join()) }))).toEqual([]);
}

test("postcards have one quiet line and no ladder", async ({ page }) => {
  const lab = await Lab.open(page);
  const machine = new Machine(lab);
  await expect(machine.all).toContainText("None. What is said here are postcards");
  await expect(machine.messages).toHaveCount(0);
  await isClean(page);
});

test("on 995 the ladder of TLS 1.3 is climbed, and sealing begins early on", async ({ page }) => {
  const machine = await Machine.on(page, "995");
  expect(await machine.names()).toEqual(TLS13);
  expect(await machine.names(machine.sent)).toEqual(TLS13);
  await expect(machine.lamps).toHaveText(["CONNECTED", "CONNECTED"]);
  await expect(machine.agreed).toContainText("TLS 1.3, TLS_AES_128_GCM_SHA256, x25519");
  await expect(machine.agreed).toContainText("Certificate verified.");
  const sealing = machine.messages.filter({ has: page.locator("svg") });
  expect(await machine.names(sealing)).toEqual(["EncryptedExtensions", "Finished"]);
  await expect(machine.all.locator(".flight")).toHaveCount(3);
  await expect(machine.all).toContainText("EncryptedExtensions (sent, sealed)");
  await isClean(page);
});

test("a client that offers TLS 1.2 climbs another ladder, with one flight more", async ({ page }) => {
  const machine = await Machine.on(page, "995");
  await machine.sets("tls-version", "TLS 1.2");
  expect(await machine.names(machine.sent)).toEqual(TLS12);
  await expect(machine.all.locator(".flight")).toHaveCount(4);
  await expect(machine.agreed).toContainText("TLS 1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
});

test.describe("on a page of 1440 by 900", () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test("a flight is one line, the wire stays in sight, and the ladder folds when the session goes on", async ({ page }) => {
    const machine = await Machine.on(page, "995");
    for (const version of ["TLS 1.3", "TLS 1.2"]) {
      await machine.sets("tls-version", version);
      for (const flight of await machine.all.locator(".flight").all()) {
        expect((await flight.boundingBox()).height).toBeLessThan(30);
      }
      expect((await machine.lab.wire.boundingBox()).height).toBeGreaterThan(120);
    }
    await machine.lab.prompt.focus();
    await machine.lab.types("USER alice");
    await expect(machine.messages.first()).toBeHidden();
    await expect(machine.agreed).toBeVisible();
  });
});

test("stepping back by packet shows the ladder growing", async ({ page }) => {
  const machine = await Machine.on(page, "995");
  const { lab } = machine;
  await lab.grain.selectOption({ index: 1 });
  const counts = [];
  do {
    counts.push(await machine.sent.count());
    if (counts.at(-1) === 1) await expect(machine.all).toContainText("The client offers TLS 1.3, TLS 1.2.");
    if (counts.at(-1) > 0) expect(await machine.names()).toEqual(TLS13);
    await lab.button("step-back").click();
    await lab.settles();
  } while (counts.at(-1) > 0);
  const grown = [...new Set(counts)].reverse();
  expect(grown).toEqual([0, 1, 7, 9]);
});

test("STLS begins with a loop in the picture and no ladder, and ends inside TLS", async ({ page }) => {
  const machine = await Machine.on(page, "stls");
  const loop = page.getByTestId("state-pop3").locator("svg.strip .edge text", { hasText: /^STLS$/ });
  await expect(machine.all).toContainText("postcards until STLS");
  await expect(machine.messages).toHaveCount(0);
  await expect(loop).toHaveCount(1);
  await machine.lab.prompt.focus();
  await machine.lab.types("STLS");
  expect(await machine.names(machine.sent)).toEqual(TLS13);
  await expect(loop).toHaveCount(1);
  await machine.lab.typesAll("CAPA", "USER alice");
  await expect(loop).toHaveCount(0);
  await expect(machine.lamps).toHaveText(["CONNECTED", "CONNECTED"]);
});

test("a fault ends the ladder with the alert of who gave up, and says why", async ({ page }) => {
  const machine = await Machine.on(page, "995");
  await machine.sets("fault-expired");
  await expect(machine.lamps).toHaveText(["FAILED", "FAILED"]);
  await expect(machine.broken).toContainText("The client gives up: alert 45 certificate_expired");
  await expect(machine.all.locator(".outcome")).toContainText("has expired");
  expect(await machine.names(machine.all.locator(".message.never"))).toEqual(["Finished"]);
  await isClean(page);
  const { lab } = machine;
  await lab.grain.selectOption({ index: 2 });
  await expect(lab.narration).toContainText("TLS fails at the server.");
  // The first step back leads from the end to the step that was told already.
  await lab.button("step-back").click();
  await lab.button("step-back").click();
  await expect(lab.narration).toContainText("TLS fails at the client.");
});

test.describe("on a narrow page, in Japanese", () => {
  test.use({ viewport: { width: 360, height: 740 }, locale: LOCALES.ja, reducedMotion: "reduce" });

  test("the ladder stands upright, and the strip of lamps has TLS", async ({ page }) => {
    const lab = await Lab.open(page);
    await expect(lab.button("lamps")).toContainText("TLS なし");
    await lab.button("road-995").click();
    await lab.settles();
    await expect(lab.button("lamps")).toContainText("TLS CONNECTED");
    await lab.shows("state");
    const machine = new Machine(lab);
    await expect(machine.agreed).toContainText("証明書は確認済みです。");
    const boxes = await machine.messages.evaluateAll((all) => all.map((it) => it.getBoundingClientRect().top));
    expect(new Set(boxes).size).toBe(TLS13.length);
    expect(await lab.overflow()).toBe(0);
    await isClean(page);
  });
});
