// The page as a person meets it: what the tests press and what they read.
import { expect } from "@playwright/test";

/** The languages of the page, as a browser asks for them. */
export const LOCALES = { en: "en-US", ja: "ja-JP" };

export class Lab {
  constructor(page) {
    this.page = page;
    this.prompt = page.getByTestId("terminal-input");
    this.terminal = page.getByTestId("terminal");
    this.rows = page.getByTestId("row");
    this.hint = page.getByTestId("hint");
    this.ghost = page.getByTestId("ghost");
    this.slider = page.getByTestId("timeline-slider");
    this.place = page.getByTestId("timeline").locator("p");
    this.errorPage = page.getByTestId("error-page");
  }

  /** Opens the page and waits for the greeting. */
  static async open(page, address = "./") {
    await page.goto(address);
    const lab = new Lab(page);
    await lab.isOpen();
    return lab;
  }

  async isOpen() {
    await expect(this.row(2)).toContainText("+OK POP3 Lab", { timeout: 15_000 });
    // The rows may be seen a moment before the prompt has taken over the focus.
    const touch = await this.page.evaluate(() => matchMedia("(pointer: coarse)").matches);
    if (!touch) await expect(this.prompt).toBeFocused();
  }

  /** The row with this index; -1 is the latest. */
  row(index) {
    return this.rows.nth(index);
  }

  button(id) {
    return this.page.getByTestId(id);
  }

  /** The next frame: what an action leads to is on the page by then, whole. */
  settles() {
    return this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done())));
  }

  /** How many pixels of the page are beyond its right edge. */
  overflow() {
    return this.page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
  }

  /** Types a line and Enter wherever the focus is. */
  async types(line) {
    await this.page.keyboard.type(line);
    await this.presses("Enter");
  }

  async typesAll(...lines) {
    for (const line of lines) await this.types(line);
  }

  async presses(key) {
    await this.page.keyboard.press(key);
    await this.settles();
  }

  async logsIn() {
    await this.typesAll("USER alice", "PASS wonderland");
    expect(await this.phase()).toBe("TRANSACTION");
  }

  /** Moves the focus to an element with Tab, or with another key. */
  async tabsTo(locator, key = "Tab") {
    for (let count = 0; count < 60; count += 1) {
      if (await locator.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press(key);
    }
    throw new Error(`${locator} is not reached with ${key}`);
  }

  /** Tab to the button, Enter. */
  async tabsToAndPresses(locator) {
    await this.tabsTo(locator);
    await this.presses("Enter");
  }

  async stepsBack() {
    await this.tabsToAndPresses(this.button("step-back"));
  }

  async stepsForward() {
    await this.tabsToAndPresses(this.button("step-forward"));
  }

  /** Where the session stands, as the page says it: in words, not in the picture. */
  async phase() {
    return (await this.facts()).phase;
  }

  /** The messages that the server holds: number, unique-id, whether it is marked. */
  async messages() {
    return (await this.facts()).messages;
  }

  /** The numbers of the marked messages. */
  async marks() {
    return (await this.facts()).marks;
  }

  /** Everything that the panels say at this moment, without what is hidden from a screen reader. */
  facts() {
    return this.page.evaluate(() => {
      const one = (id) => document.querySelector(`[data-testid="${id}"]`);
      const all = (id) => [...document.querySelectorAll(`[data-testid="${id}"]`)];
      const said = (element) => {
        const copy = element.cloneNode(true);
        for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
        return copy.textContent.replaceAll(/\s+/g, " ").trim();
      };
      const states = (id) => [...one(id).querySelectorAll(".lamps code")].map((code) => code.textContent);
      const messages = all("message").map((message) => ({
        number: message.firstElementChild.textContent,
        uid: message.dataset.uid,
        marked: message.dataset.marked === "true",
      }));
      const slider = one("timeline-slider");
      return {
        line: Number(slider.value),
        lines: Number(slider.max),
        phase: states("state-pop3")[0],
        tcp: states("state-tcp"),
        said: [said(one("state-pop3")), said(one("state-tcp"))],
        moves: [...one("next-moves").querySelectorAll("button")].map(said),
        messages,
        marks: messages.filter((message) => message.marked).map((message) => Number(message.number)),
        mailbox: said(one("mailbox")),
        locked: one("mailbox").querySelector("[data-locked]").dataset.locked === "true",
        downloads: all("download").length,
        row: all("row").length > 0 ? said(all("row").at(-1)) : "",
      };
    });
  }
}
