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
    this.place = page.getByTestId("timeline").locator("p").filter({ has: page.getByTestId("place") });
    this.errorPage = page.getByTestId("error-page");
    this.explain = page.getByTestId("explain");
    this.mailbox = page.getByTestId("mailbox");
    this.wire = page.getByTestId("wire");
    this.segments = page.getByTestId("segment");
    this.openedSegment = page.getByTestId("segment-opened");
    this.serverLog = page.getByTestId("server-log");
    this.narration = page.getByTestId("narration");
    this.grain = page.getByTestId("grain");
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

  /**
   * What an action leads to is on the page: the terminal in the next frame, what comments on it when the browser is
   * idle after that, and so each slice of a long answer. The page has asked for that before we do here.
   */
  settles() {
    return this.page.evaluate(async () => {
      const frame = () => new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done, { timeout: 200 })));
      const seen = () => {
        const rows = document.querySelectorAll('[data-testid="row"]');
        const place = document.querySelector('[data-testid="place"]');
        return [rows.length, rows[rows.length - 1]?.textContent, place?.textContent].join();
      };
      let before;
      await frame();
      do {
        before = seen();
        await frame();
      } while (seen() !== before);
    });
  }

  tab(name) {
    return this.page.getByTestId(`tab-${name}`);
  }

  /** Chooses the panel of that name, and gives it. */
  async shows(name) {
    await this.tab(name).click();
    const panel = this.page.getByTestId(name);
    await expect(panel).toBeVisible();
    return panel;
  }

  /** The same with the keyboard alone; the focus is on the tab then. */
  async tabsToAndShows(name) {
    await this.tabsTo(this.page.locator('[role="tab"][aria-selected="true"]'), "Shift+Tab");
    while ((await this.tab(name).getAttribute("aria-selected")) !== "true") await this.presses("ArrowRight");
  }

  /** Plays a set piece, with the pointer. */
  async plays(name) {
    await this.button("set-pieces").click();
    await this.button(`set-piece-${name}`).click();
    await this.settles();
  }

  /** Delivers one of the letters that lie ready. */
  async delivers(letter) {
    await this.shows("mailbox");
    await this.button("deliver").click();
    await this.button(`letter-${letter}`).click();
    await this.settles();
  }

  /** The rows of the terminal as text: whose each is and what it says, without times, padlocks and buttons. */
  async said() {
    return this.rows.evaluateAll((rows) =>
      rows.map((row) => {
        const parts = [...row.childNodes].slice(1).filter((node) => node.nodeName !== "BUTTON");
        return parts.map((node) => node.textContent).join("");
      }),
    );
  }

  /** The session as it is copied, line by line. */
  async copies() {
    await this.button("copy-session").click();
    await expect(this.page.locator(".terminal-panel .title-bar [role=status]")).not.toBeEmpty();
    return (await this.page.evaluate(() => navigator.clipboard.readText())).split("\n").slice(0, -1);
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
    return (await this.reads("state")).phase;
  }

  /** The messages that the server holds: number, unique-id, whether it is marked. */
  async messages() {
    return (await this.reads("mailbox")).messages;
  }

  /** The numbers of the marked messages. */
  async marks() {
    return (await this.reads("mailbox")).marks;
  }

  /** Everything that the panels say at this moment, without what is hidden from a screen reader. */
  facts() {
    return this.reads("state", "mailbox");
  }

  /** What these panels and the timeline say. A panel that is behind a tab is brought forth and put back. */
  reads(...panels) {
    return this.page.evaluate(async (panels) => {
      const one = (id) => document.querySelector(`[data-testid="${id}"]`);
      const all = (id) => [...document.querySelectorAll(`[data-testid="${id}"]`)];
      const said = (element) => {
        const copy = element.cloneNode(true);
        for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
        return copy.textContent.replaceAll(/\s+/g, " ").trim();
      };
      const states = (id) => [...one(id).querySelectorAll(".lamps code")].map((code) => code.textContent);
      const comes = async (id) => {
        while (!one(id)) await new Promise((done) => setTimeout(done));
      };
      const read = {
        state: () => ({
          phase: states("state-pop3")[0],
          tcp: states("state-tcp"),
          said: [said(one("state-pop3")), said(one("state-tcp"))],
          moves: [...one("next-moves").querySelectorAll("button")].map(said),
        }),
        mailbox: () => {
          const messages = all("message").map((message) => ({
            number: message.firstElementChild.textContent,
            uid: message.dataset.uid,
            marked: message.dataset.marked === "true",
          }));
          return {
            messages,
            marks: messages.filter((message) => message.marked).map((message) => Number(message.number)),
            mailbox: said(one("mailbox")),
            locked: one("mailbox").querySelector("[data-locked]").dataset.locked === "true",
            downloads: all("download").length,
          };
        },
      };
      const slider = one("timeline-slider");
      const facts = {
        line: Number(slider.value),
        lines: Number(slider.max),
        row: all("row").length > 0 ? said(all("row").at(-1)) : "",
      };
      const chosen = document.querySelector('[role="tab"][aria-selected="true"]').dataset.testid;
      for (const panel of panels) {
        if (!one(panel)) one(`tab-${panel}`).click();
        await comes(panel);
        Object.assign(facts, read[panel]());
      }
      if (one(chosen).getAttribute("aria-selected") !== "true") one(chosen).click();
      await comes(chosen.replace("tab-", ""));
      return facts;
    }, panels);
  }
}
