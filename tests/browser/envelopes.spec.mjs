// TLS on the wire: postcards and envelopes, what the path sees of them, and what is inside for who has the key.
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

test.use({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });

/** Takes a road and waits until it has come to rest. */
async function takes(lab, road) {
  await lab.button(`road-${road}`).click();
  await lab.settles();
  await lab.prompt.focus();
}

/** The cards of the latest connection: what the path sees, whether it is sealed, and what is inside. */
async function cards(lab) {
  const all = await lab.segments.evaluateAll((rows) =>
    rows.map((row) => ({
      seen: row.querySelector(".card-text").textContent,
      sealed: row.dataset.sealed === "true",
      inside: row.querySelector(".inside-text")?.textContent ?? "",
    })),
  );
  return all.slice(all.findLastIndex((card) => card.seen === "SYN"));
}

/** Opens the latest segment whose row has this text. */
async function opens(lab, text) {
  await lab.segments.filter({ hasText: text }).last().locator(".card").click();
  await expect(lab.openedSegment).toBeVisible();
}

const inside = (lab) => lab.page.getByTestId("segment-inside");

test("on 110 nothing is sealed", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await expect(lab.segments.and(page.locator('[data-sealed="true"]'))).toHaveCount(0);
  await opens(lab, "PASS wonderland");
  await expect(inside(lab)).toHaveCount(0);
});

test("on 995 the handshake has its names, and then there are seals and lengths", async ({ page }) => {
  const lab = await Lab.open(page);
  await takes(lab, "995");
  await lab.typesAll("USER alice", "PASS wonderland");
  const seen = await cards(lab);
  const carrying = seen.filter((card) => !/^[A-Z ]+$/.test(card.seen));
  expect(carrying[0]).toEqual({ seen: "ClientHello", sealed: false, inside: "" });
  expect(carrying[1].seen).toMatch(/^ServerHello · ChangeCipherSpec · sealed: \d+ octets$/);
  expect(carrying[1].inside).toContain("EncryptedExtensions · Certificate · CertificateVerify · Finished");
  expect(carrying.slice(1).every((card) => card.sealed)).toBe(true);
  const pass = carrying.find((card) => card.inside.includes("PASS wonderland"));
  // 17 octets of text, one of type, 16 of tag, 5 of header.
  expect(pass.seen).toBe("sealed: 39 octets");
  expect(pass.inside).toContain("for those who have the key");
  expect(seen.some((card) => card.seen.includes("wonderland"))).toBe(false);
  // The seal is pressed once at each end.
  expect(await lab.segments.and(page.locator(".pressed")).count()).toBe(2);
});

test("STLS: postcards, and then envelopes", async ({ page }) => {
  const lab = await Lab.open(page);
  await takes(lab, "stls");
  await lab.typesAll("CAPA", "STLS", "USER alice");
  const seen = await cards(lab);
  const at = (text) => seen.findIndex((card) => card.seen.startsWith(text));
  expect(at("STLS")).toBeGreaterThan(0);
  expect(at("ClientHello")).toBeGreaterThan(at("STLS"));
  expect(seen.slice(0, at("ClientHello") + 1).every((card) => !card.sealed)).toBe(true);
  expect(at("USER alice")).toBe(-1);
  expect(seen.some((card) => card.sealed && card.inside.includes("USER alice"))).toBe(true);
});

test("a ClientHello tells everybody the host's name", async ({ page }) => {
  const lab = await Lab.open(page);
  await takes(lab, "995");
  await opens(lab, "ClientHello");
  await expect(inside(lab)).toHaveCount(0);
  await expect(lab.openedSegment.getByRole("option").filter({ hasText: /^Host name .*\./ })).toHaveCount(1);
  await expect(lab.openedSegment.getByRole("option", { selected: true })).toContainText("TLS record");
});

test("a sealed record shows the path ciphertext, and its text apart from that", async ({ page }) => {
  const lab = await Lab.open(page);
  await takes(lab, "995");
  await lab.typesAll("USER alice", "PASS wonderland");
  await opens(lab, "PASS wonderland");
  const [path, own] = [lab.openedSegment.getByRole("listbox").first(), inside(lab)];
  await expect(path).toContainText("Ciphertext");
  await expect(path).not.toContainText("wonderland");
  await expect(own).toContainText("for those who have the key");
  const line = own.getByRole("option").filter({ hasText: "Text PASS wonderland" });
  await line.click();
  await expect(line).toHaveAttribute("aria-selected", "true");
  const text = (await own.locator(".octets .lit").allInnerTexts()).map((octet) => parseInt(octet, 16));
  expect(String.fromCharCode(...text)).toBe("PASS wonderland");
  // And back: an octet of the dump chooses its field.
  await own.locator(".octets span[data-note]").last().click();
  await expect(own.getByRole("option", { selected: true })).toContainText("Line end");
});

test("what the server seals in TLS 1.3 can be read down to its certificate", async ({ page }) => {
  const lab = await Lab.open(page);
  await takes(lab, "995");
  await opens(lab, "EncryptedExtensions");
  await expect(inside(lab).getByRole("option").filter({ hasText: /Certificate/ }).first()).toBeAttached();
  await expect(inside(lab).getByRole("option").filter({ hasText: /Serial number/ }).first()).toBeAttached();
});

test("with the keyboard alone", async ({ page }) => {
  const lab = await Lab.open(page);
  await takes(lab, "995");
  await lab.tabsTo(page.locator(".wire-way"));
  await lab.presses("ArrowUp");
  await lab.presses("Enter");
  await expect(lab.openedSegment).toBeVisible();
  await lab.presses("Enter");
  await expect(lab.openedSegment).toHaveCount(0);
  // The greeting came in an envelope.
  const greeting = lab.segments.filter({ hasText: "+OK POP3 Lab" }).last().locator(".card");
  while (!(await greeting.evaluate((card) => card === document.activeElement))) await lab.presses("ArrowUp");
  await lab.presses("Enter");
  const list = inside(lab).getByRole("listbox");
  await lab.tabsTo(list);
  await lab.presses("End");
  await expect(inside(lab).getByRole("option").last()).toHaveAttribute("aria-selected", "true");
  await lab.presses("Escape");
  await expect(lab.openedSegment).toHaveCount(0);
  await expect(greeting).toBeFocused();
});

test("each step by packet says what the path sees", async ({ page }) => {
  const lab = await Lab.open(page);
  await takes(lab, "995");
  await lab.types("NOOP");
  await lab.grain.selectOption({ index: 1 });
  const told = new Set();
  for (let count = 0; count < 30; count += 1) {
    await lab.button("step-back").click();
    await lab.settles();
    told.add(await lab.narration.innerText());
  }
  const all = [...told].join("\n");
  expect(all).toContain("The client sends ClientHello");
  expect(all).toMatch(/The client sends an envelope of \d+ octets/);
});

test("Explain says what the path saw of a line", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.types("USER alice");
  await expect(page.getByTestId("enveloped")).toHaveCount(0);
  await takes(lab, "995");
  await lab.typesAll("USER alice", "PASS wonderland");
  await lab.rows.filter({ hasText: "C: PASS wonderland" }).last().click();
  await expect(page.getByTestId("enveloped")).toContainText("an envelope of 39 octets");
});

test.describe("in Japanese", () => {
  test.use({ locale: LOCALES.ja });

  test("envelopes and their insides speak Japanese", async ({ page }) => {
    const lab = await Lab.open(page);
    await takes(lab, "995");
    await lab.typesAll("USER alice", "PASS wonderland");
    await expect(lab.segments.filter({ hasText: "PASS wonderland" }).last()).toContainText("39 オクテット");
    await opens(lab, "PASS wonderland");
    await expect(inside(lab)).toContainText("鍵を持つ");
  });
});

test.describe("360 pixels wide", () => {
  test.use({ viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true });

  test("an envelope can be opened, and nothing is beyond the edge", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.button("road-995").tap();
    await lab.settles();
    await lab.shows("wire");
    await lab.segments.filter({ hasText: "+OK POP3 Lab" }).last().locator(".card").tap();
    await expect(inside(lab)).toBeAttached();
    expect(await lab.overflow()).toBeLessThanOrEqual(0);
    await inside(lab).getByRole("option").last().tap();
    await expect(inside(lab).getByRole("option").last()).toHaveAttribute("aria-selected", "true");
  });
});
