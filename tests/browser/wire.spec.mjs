// The wire: every segment as a card that can be opened, what the link does to them, and the pace.
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

test.use({ viewport: { width: 1440, height: 900 } });

/** The cards: which way, what stands on each, and where each is. */
function cards(lab) {
  return lab.segments.evaluateAll((cards) =>
    cards.map((card) => [
      card.querySelector(".card > .unseen").textContent.trim(),
      card.querySelector(".card-text").textContent,
      card.dataset.flight,
    ]),
  );
}

/** The greeting with its stamp, which the seed decides. */
const greeting = (lab) => lab.row(2).innerText();

/** Puts a value into one of the inputs of the link, as a person does: the input is left afterwards. */
async function sets(lab, id, value) {
  await lab.button(id).fill(value);
  await lab.button(id).blur();
  await lab.settles();
}

/** The octets that are lit, as text. */
const lit = (lab) => lab.openedSegment.locator(".octets .lit").allInnerTexts();
const chosen = (lab) => lab.openedSegment.getByRole("option", { selected: true });

/** How many animations move. */
const moving = (page) =>
  page.evaluate(() => document.getAnimations().filter((held) => held.playState === "running").length);

test.describe("still", () => {
  test.use({ reducedMotion: "reduce" });

  test("a handshake and a greeting are five cards, which way and at what time", async ({ page }) => {
    const lab = await Lab.open(page);
    const [to, from] = ["Client to server:", "Server to client:"];
    expect(await cards(lab)).toEqual([
      [to, "SYN", "arrived"],
      [from, "SYN ACK", "arrived"],
      [to, "ACK", "arrived"],
      [from, expect.stringContaining("+OK POP3 Lab"), "arrived"],
      [to, "ACK", "arrived"],
    ]);
    await expect(lab.segments.first()).toContainText("0 ms");
    await expect(lab.segments.nth(1)).toContainText("20 ms");
  });

  test("in the past only what has been sent is on the wire", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.slider.fill("1");
    await expect(lab.segments).toHaveCount(0);
    await expect(lab.wire).toContainText("Nothing has been sent yet.");
    await lab.grain.selectOption({ index: 1 });
    await lab.slider.fill("3");
    expect((await cards(lab)).map(([, text, flight]) => [text, flight])).toEqual([
      ["SYN", "arrived"],
      ["SYN ACK", "flying"],
    ]);
  });

  test("on a line that loses 30 % some cards are lost, and sent again, and no line is missing", async ({ page }) => {
    const lab = await Lab.open(page);
    await sets(lab, "loss", "30");
    await expect(lab.row(-1)).toContainText("From now on a round trip takes 40 ms, and 30 % of all segments are lost.");
    await lab.prompt.focus();
    await lab.logsIn();
    await lab.types("LIST");
    await expect(lab.row(-1)).toContainText("S: .");
    const lost = lab.segments.and(page.locator('[data-flight="lost"]'));
    await expect(lost.first()).toContainText("lost");
    await expect(lab.segments.filter({ hasText: "again" }).first()).toBeAttached();
    expect((await lab.said()).filter((row) => /^S: \d \d+$/.test(row))).toHaveLength(8);
  });

  test("a card opens into its fields and its octets, each shown where the other is", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.segments.first().getByRole("button").click();
    await expect(lab.segments.first().getByRole("button")).toHaveAttribute("aria-expanded", "true");
    await expect(lab.openedSegment).toContainText("Segment 1, ");
    const fields = lab.openedSegment.getByRole("listbox", { name: "Fields of the segment" });
    await expect(fields.getByRole("option").filter({ hasText: "Destination port 110" })).toBeVisible();
    await expect(fields.getByRole("option").filter({ hasText: /^Checksum 0x[0-9a-f]{4} \(right\)$/ })).toHaveCount(1);

    // From the field to its octets: port 110 is 00 6e.
    await fields.getByRole("option").filter({ hasText: "Destination port" }).click();
    expect(await lit(lab)).toEqual(["00", "6e"]);
    await expect(lab.openedSegment).toContainText("Octets 22 to 23");
    // And from an octet to its field: the first one has the version in it.
    const octet = (at) => lab.openedSegment.locator(".octets span[data-note]").nth(at);
    await octet(20).click();
    await expect(chosen(lab)).toContainText("Source port");
    expect((await lit(lab)).length).toBe(2);
    await octet(9).click();
    await expect(chosen(lab)).toContainText(/^Protocol/);
    expect(await lit(lab)).toEqual(["06"]);
    // All octets are there.
    const octets = await lab.openedSegment.locator(".octets span[data-note]").count();
    await expect(lab.openedSegment.getByRole("heading")).toHaveText(`Segment 1, ${octets} octets`);
  });

  test("the fields are walked through with the keyboard, and Escape closes the segment", async ({ page }) => {
    const lab = await Lab.open(page);
    const card = lab.segments.nth(3).getByRole("button");
    await card.focus();
    await lab.presses("Enter");
    const fields = lab.openedSegment.getByRole("listbox");
    await lab.tabsTo(fields);
    await expect(chosen(lab)).toContainText("IPv4 header");
    expect((await lit(lab)).length).toBe(20);
    await lab.presses("ArrowDown");
    await lab.presses("ArrowDown");
    await expect(chosen(lab)).toHaveText(/^Version 4$/);
    await expect(fields).toHaveAttribute("aria-activedescendant", await chosen(lab).getAttribute("id"));
    await lab.presses("ArrowUp");
    await expect(chosen(lab)).toContainText("Version and header length");
    await lab.presses("End");
    await expect(chosen(lab)).toContainText("Line end");
    expect(await lit(lab)).toEqual(["0d", "0a"]);
    await lab.presses("ArrowDown");
    await expect(chosen(lab)).toContainText("Line end");
    await lab.presses("Home");
    await expect(chosen(lab)).toContainText("IPv4 header");
    await lab.presses("Escape");
    await expect(lab.openedSegment).toHaveCount(0);
  });

  test("the chosen field and its octets are scrolled to", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.segments.nth(3).getByRole("button").click();
    await lab.openedSegment.getByRole("listbox").focus();
    await lab.presses("End");
    await expect(chosen(lab)).toContainText("Line end");
    await expect(chosen(lab)).toBeInViewport();
    await expect(lab.openedSegment.locator(".octets .lit").last()).toBeInViewport();
    await lab.presses("Home");
    await expect(chosen(lab)).toBeInViewport();
  });

  test("a closed segment gives the focus back to its card", async ({ page }) => {
    const lab = await Lab.open(page);
    const card = lab.segments.nth(1).getByRole("button");
    for (const closes of [() => lab.presses("Escape"), () => lab.openedSegment.getByRole("button", { name: "Close" }).press("Enter")]) {
      await card.focus();
      await lab.presses("Enter");
      await lab.tabsTo(lab.openedSegment.getByRole("listbox"));
      await closes();
      await expect(lab.openedSegment).toHaveCount(0);
      await expect(card).toBeFocused();
    }
  });

  test("the same card closes what it opened, and another session closes it too", async ({ page }) => {
    const lab = await Lab.open(page);
    const card = lab.segments.first().getByRole("button");
    for (const visible of [true, false, true]) {
      await card.press("Enter");
      await expect(lab.openedSegment).toBeVisible({ visible });
    }
    await lab.button("start-over").click();
    await expect(lab.openedSegment).toHaveCount(0);
  });

  test("round trip and loss take numbers, and refuse everything else", async ({ page }) => {
    const lab = await Lab.open(page);
    for (const [id, good, bad, kept] of [
      ["rtt", "1000", ["99999", "-5", "", "1.5"], "1000"],
      ["loss", "7", ["101", "61", "-1", "", "0.5"], "7"],
    ]) {
      await sets(lab, id, good);
      await expect(lab.button(id)).toHaveValue(kept);
      const { lines } = await lab.reads("state");
      for (const value of bad) {
        await sets(lab, id, value);
        await expect(lab.button(id), `${id}: ${value}`).toHaveValue(kept);
      }
      expect((await lab.reads("state")).lines).toBe(lines);
    }
    await expect(lab.row(-1)).toContainText("a round trip takes 1000 ms, and 7 % of all segments are lost.");
    await lab.prompt.focus();
    await lab.types("CAPA");
    const time = async (row) => parseInt(await lab.row(row).locator(".at").innerText(), 10);
    const asked = lab.rows.and(page.locator('[data-from="client"]'));
    await expect(asked).toHaveCount(1);
    expect((await time(-1)) - parseInt(await asked.locator(".at").innerText(), 10)).toBeGreaterThanOrEqual(1000);
  });

  test("the seed decides the session's stamp: the same seed, the same greeting", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.types("USER alice");
    const usual = await greeting(lab);
    await sets(lab, "seed", "7");
    await expect(lab.rows).toHaveCount(3);
    const seventh = await greeting(lab);
    expect(seventh).not.toBe(usual);
    await sets(lab, "seed", "8");
    expect(await greeting(lab)).not.toBe(seventh);
    await sets(lab, "seed", "7");
    expect(await greeting(lab)).toBe(seventh);
    for (const value of ["-1", "", "99999999999999"]) {
      await sets(lab, "seed", value);
      await expect(lab.button("seed"), value).toHaveValue("7");
      expect(await greeting(lab)).toBe(seventh);
    }
    // Three times another seed, and the session before them.
    for (let count = 0; count < 3; count += 1) await lab.button("undo").click();
    await lab.settles();
    expect((await lab.said()).slice(-2)[0]).toBe("C: USER alice");
    expect(await greeting(lab)).toBe(usual);
  });

  test("the die begins anew with another seed", async ({ page }) => {
    const lab = await Lab.open(page);
    const seen = new Set();
    for (let count = 0; count < 3; count += 1) {
      seen.add(`${await lab.button("seed").inputValue()} ${await greeting(lab)}`);
      await lab.button("die").click();
      await lab.settles();
    }
    expect(seen.size).toBe(3);
    await expect(lab.rows).toHaveCount(3);
  });

  test("with reduced motion nothing moves: the end is there at once", async ({ page }) => {
    const lab = await Lab.open(page);
    await page.keyboard.type("USER alice");
    await page.keyboard.press("Enter");
    await expect(lab.row(-1)).toContainText("now send PASS");
    expect((await cards(lab)).at(-1)).toEqual(["Client to server:", "ACK", "arrived"]);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  test("with reduced motion the watch pace shows steps, but nothing slides", async ({ page }) => {
    const lab = await Lab.open(page);
    await page.getByTestId("pace").selectOption("watch");
    await page.getByTestId("speed").selectOption("¼");
    await lab.prompt.focus();
    await page.keyboard.type("USER alice");
    await page.keyboard.press("Enter");
    let moved = 0;
    for (let count = 0; count < 10; count += 1) {
      moved = Math.max(moved, await moving(page));
      await page.waitForTimeout(80);
    }
    expect(moved).toBe(0);
    await lab.presses("Shift");
    await expect(lab.row(-1)).toContainText("now send PASS");
  });
});

test("at once: the answer is in the terminal while its card still flies", async ({ page }) => {
  const lab = await Lab.open(page);
  await expect(lab.segments.and(page.locator('[data-flight="flying"]'))).toHaveCount(0);
  await page.getByTestId("speed").selectOption("¼");
  await lab.prompt.focus();
  await page.keyboard.type("USER alice");
  await page.keyboard.press("Enter");
  await expect(lab.segments.last()).toContainText("USER alice");
  await expect(lab.segments.last()).toHaveAttribute("data-flight", "flying");
  expect((await lab.said()).slice(-2)).toEqual(["C: USER alice", "S: +OK now send PASS"]);
  expect(await moving(page)).toBeGreaterThan(0);
  // Then it arrives, and its answer, and the acknowledgement.
  await expect(lab.segments.filter({ hasText: "now send PASS" })).toBeAttached();
  await expect(lab.segments.last()).toContainText("ACK");
  await expect(lab.segments.and(page.locator('[data-flight="flying"]'))).toHaveCount(0);
});

test("at once: a key lets the cards arrive", async ({ page }) => {
  const lab = await Lab.open(page);
  await page.getByTestId("speed").selectOption("¼");
  await lab.prompt.focus();
  await lab.types("USER alice");
  await expect(lab.segments.last()).toHaveAttribute("data-flight", "flying");
  await lab.presses("Shift");
  await expect(lab.segments.and(page.locator('[data-flight="flying"]'))).toHaveCount(0, { timeout: 500 });
  await expect(lab.segments.filter({ hasText: "now send PASS" })).toHaveCount(1);
});

test("watch: rows come one after the other, and a key goes to the end", async ({ page }) => {
  const lab = await Lab.open(page);
  await page.getByTestId("pace").selectOption("watch");
  await page.getByTestId("speed").selectOption("¼");
  await lab.prompt.focus();
  await page.keyboard.type("USER alice");
  await page.keyboard.press("Enter");
  await expect(lab.row(-1)).toContainText("C: USER alice", { timeout: 500 });
  await expect(lab.segments.last()).toContainText("USER alice");
  await expect(lab.segments.last()).toHaveAttribute("data-flight", "flying");
  await expect(lab.rows).toHaveCount(4);
  // This is no past in which one would fork.
  await expect(lab.place).not.toContainText("the past");
  await expect(lab.row(-1)).toContainText("S: +OK now send PASS");

  await page.keyboard.type("PASS wonderland");
  await page.keyboard.press("Enter");
  await expect(lab.row(-1)).toContainText("C: PASS wonderland");
  // The first key of the next line: whatever still moves is at its end.
  await page.keyboard.press("S");
  await expect(lab.row(-1)).toContainText("the maildrop is yours", { timeout: 400 });
  await page.keyboard.type("TAT");
  await page.keyboard.press("Enter");
  await expect(lab.row(-1)).toContainText("C: STAT");
  await expect(lab.hint).toBeEmpty();
  await expect(lab.row(-1)).toContainText("+OK 8 ");
  await expect(lab.segments.and(page.locator('[data-flight="flying"]'))).toHaveCount(0);
});

test("watch: a faster speed is faster, and a long answer is over in time", async ({ page }) => {
  test.setTimeout(60_000);
  const lab = await Lab.open(page);
  await page.getByTestId("pace").selectOption("watch");
  await page.getByTestId("speed").selectOption("4");
  await lab.prompt.focus();
  await lab.types("USER alice");
  await expect(lab.row(-1)).toContainText("now send PASS", { timeout: 1_000 });
  await lab.types("PASS wonderland");
  await lab.types("RETR 7");
  await expect(lab.row(-1)).toContainText("S: .", { timeout: 15_000 });
});

test.describe("in Japanese", () => {
  test.use({ locale: LOCALES.ja, reducedMotion: "reduce" });

  test("the wire and the fields speak Japanese", async ({ page }) => {
    const lab = await Lab.open(page);
    await expect(lab.segments.first()).toContainText("クライアントからサーバーへ:");
    await lab.segments.first().getByRole("button").click();
    await expect(lab.openedSegment.getByRole("option").filter({ hasText: "宛先ポート 110" })).toBeVisible();
    await expect(lab.openedSegment).toContainText("正しい");
  });
});
