// The prompt: history, suggestions, pastes, input methods, and a browser that keeps nothing.
import { expect, test } from "@playwright/test";
import { Lab } from "./lab.mjs";

const PASTE = process.platform === "darwin" ? "Meta+V" : "Control+V";

/** Puts text on the clipboard and pastes it where the focus is. */
async function pastes(lab, text) {
  await lab.page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await lab.presses(PASTE);
}

const kept = (page) => page.evaluate(() => JSON.stringify({ ...localStorage }));

test.beforeEach(({ context }) => context.grantPermissions(["clipboard-read", "clipboard-write"]));

test.describe("history", () => {
  test("goes up to what was sent and down to what was under way", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.typesAll("CAPA", "USER alice", "NOOP");
    await page.keyboard.type("STA");
    for (const line of ["NOOP", "USER alice", "CAPA", "CAPA"]) {
      await lab.presses("ArrowUp");
      await expect(lab.prompt).toHaveValue(line);
    }
    for (const line of ["USER alice", "NOOP", "STA", "STA"]) {
      await lab.presses("ArrowDown");
      await expect(lab.prompt).toHaveValue(line);
    }
  });

  test("is kept between visits, but no line with a secret", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.typesAll("USER alice", "PASS wonderland", "STAT", "QUIT");
    await lab.tabsToAndPresses(lab.button("connect"));
    await lab.tabsTo(lab.prompt);
    await lab.typesAll("APOP alice c4c9334bac560ecc979e58001b3e22fb", "pass looking-glass", "AUTH PLAIN AGEAYg==");
    expect(await kept(page)).not.toMatch(/wonderland|looking-glass|c4c9334bac560ecc|AGEAYg/);

    await page.reload();
    await lab.isOpen();
    for (const line of ["QUIT", "STAT", "USER alice"]) {
      await lab.presses("ArrowUp");
      await expect(lab.prompt).toHaveValue(line);
    }
  });

  test("has secrets during the visit", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.typesAll("USER alice", "PASS wonderland");
    await lab.presses("ArrowUp");
    await expect(lab.prompt).toHaveValue("PASS wonderland");
  });
});

test.describe("the suggestion", () => {
  test("is there from the first moment and is taken with Right", async ({ page }) => {
    const lab = await Lab.open(page);
    await expect(lab.ghost).toHaveText("USER alice");
    await lab.presses("ArrowRight");
    await expect(lab.prompt).toHaveValue("USER alice");
    await lab.presses("Enter");
    await expect(lab.ghost).toHaveText("PASS wonderland");
  });

  test("completes what was begun with Tab, in the case in which it was begun", async ({ page }) => {
    const lab = await Lab.open(page);
    await page.keyboard.type("us");
    await expect(lab.ghost).toHaveText("ER alice");
    await lab.presses("Tab");
    await expect(lab.prompt).toHaveValue("usER alice");
    await expect(lab.prompt).toBeFocused();
    await lab.presses("Enter");
    await expect(lab.row(-1)).toContainText("+OK");
  });

  test("leaves Tab alone on an empty prompt, and where nothing fits", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.presses("Tab");
    await expect(lab.prompt).not.toBeFocused();
    await lab.tabsTo(lab.prompt, "Shift+Tab");
    await page.keyboard.type("XYZZY");
    await lab.presses("Tab");
    await expect(lab.prompt).not.toBeFocused();
    await expect(lab.prompt).toHaveValue("XYZZY");
  });

  test("leaves Right alone in the middle of a line", async ({ page }) => {
    const lab = await Lab.open(page);
    await page.keyboard.type("US");
    await page.keyboard.press("Home");
    await lab.presses("ArrowRight");
    await expect(lab.prompt).toHaveValue("US");
  });

  test("is told to a screen reader", async ({ page }) => {
    const lab = await Lab.open(page);
    await expect(lab.prompt).toHaveAccessibleDescription(/USER alice/);
  });
});

test.describe("a paste", () => {
  test("of several lines goes out as one write", async ({ page }) => {
    const lab = await Lab.open(page);
    await pastes(lab, "USER alice\nPASS wonderland\nSTAT");
    const rows = await lab.rows.evaluateAll((rows) => rows.slice(-6).map((row) => row.dataset.from));
    expect(rows).toEqual(["client", "client", "client", "server", "server", "server"]);
    await expect(lab.row(-1)).toContainText("+OK 8 ");
    expect(await lab.phase()).toBe("TRANSACTION");
  });

  test("joins what stands in the prompt", async ({ page }) => {
    const lab = await Lab.open(page);
    await page.keyboard.type("US");
    await pastes(lab, "ER alice\r\nPASS wonderland\r\n");
    await expect(lab.prompt).toHaveValue("");
    expect(await lab.phase()).toBe("TRANSACTION");
  });

  test("of one line waits for Enter", async ({ page }) => {
    const lab = await Lab.open(page);
    await pastes(lab, "USER alice");
    await expect(lab.prompt).toHaveValue("USER alice");
    await expect(lab.rows).toHaveCount(3);
  });

  test("that is far too large is refused, and nothing is lost", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.logsIn();
    const before = await lab.facts();
    await page.keyboard.type("RETR");
    for (const text of ["NOOP\n".repeat(70_000), "x".repeat(300_000)]) {
      await pastes(lab, text);
      await expect(lab.hint).toContainText("too much to paste");
      await expect(lab.prompt).toHaveValue("RETR");
      expect(await lab.facts()).toEqual(before);
    }
    await page.keyboard.type(" 1");
    await lab.presses("Enter");
    await expect(lab.hint).toBeEmpty();
    expect((await lab.facts()).downloads).toBe(1);
  });

  test("of hundreds of commands is answered, every one", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.logsIn();
    const { lines } = await lab.facts();
    await pastes(lab, "NOOP\r\n".repeat(300));
    expect((await lab.facts()).lines).toBe(lines + 600);
  });
});

test.describe("an input method", () => {
  /** Composes as Chromium does when an input method is at work. */
  async function composes(page, ...texts) {
    const client = await page.context().newCDPSession(page);
    for (const text of texts) {
      await client.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    }
    return client;
  }

  test("has Enter to itself while it composes", async ({ page }) => {
    const lab = await Lab.open(page);
    const client = await composes(page, "う", "うせ", "うせｒ");
    await expect(lab.prompt).toHaveValue("うせｒ");
    await lab.presses("Enter");
    await expect(lab.rows).toHaveCount(3);
    await expect(lab.hint).toBeEmpty();
    await client.send("Input.insertText", { text: "USER" });
    await expect(lab.prompt).toHaveValue(/USER$/);
    await expect(lab.rows).toHaveCount(3);
  });

  test("ends a composition with an Enter that sends nothing, also where the browser only says 229", async ({ page }) => {
    const lab = await Lab.open(page);
    await page.keyboard.type("USER alice");
    for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
      const stopped = await lab.prompt.evaluate((prompt, init) => {
        const event = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init });
        return !prompt.dispatchEvent(event);
      }, init);
      expect(stopped).toBe(true);
    }
    await expect(lab.rows).toHaveCount(3);
    await lab.presses("Enter");
    await expect(lab.row(-1)).toContainText("+OK");
  });

  test("neither completes nor looks back while it composes", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.types("CAPA");
    await composes(page, "ｕ", "ｕｓ");
    for (const key of ["ArrowUp", "ArrowRight"]) await lab.presses(key);
    await expect(lab.prompt).toHaveValue("ｕｓ");
  });

  test("may leave full-width letters: they are explained, and one button sends the narrow line", async ({ page }) => {
    const lab = await Lab.open(page);
    await page.keyboard.insertText("ＵＳＥＲ　ａｌｉｃｅ");
    await lab.presses("Enter");
    await expect(lab.rows).toHaveCount(3);
    await expect(lab.hint).toContainText("full-width");
    await expect(lab.prompt).toHaveValue("ＵＳＥＲ　ａｌｉｃｅ");
    await lab.hint.getByRole("button", { name: "USER alice" }).press("Enter");
    await expect(lab.row(-2)).toContainText("USER alice");
    await expect(lab.row(-1)).toContainText("+OK");
    await expect(lab.prompt).toHaveValue("");
    await expect(lab.hint).toBeEmpty();
    // The button is gone; the next line is typed where the last one was.
    await expect(lab.prompt).toBeFocused();
  });
});

test.describe("any line can be sent", () => {
  test("in lower case", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.typesAll("user alice", "pass wonderland", "stat");
    await expect(lab.row(-1)).toContainText("+OK 8 ");
  });

  test("with letters beyond ASCII", async ({ page }) => {
    const lab = await Lab.open(page);
    await page.keyboard.insertText("USER ålicé 猫 🐈");
    await lab.presses("Enter");
    await expect(lab.row(-2)).toContainText("USER ålicé 猫 🐈");
    await expect(lab.row(-1)).toHaveAttribute("data-from", "server");
    await lab.typesAll("USER alice", "PASS wonderland");
    expect(await lab.phase()).toBe("TRANSACTION");
  });

  test("of any length", async ({ page }) => {
    const lab = await Lab.open(page);
    await page.keyboard.insertText(`USER ${"a".repeat(20_000)}`);
    await lab.presses("Enter");
    await expect(lab.row(-2)).toContainText("more octets");
    await expect(lab.row(-1)).toContainText("-ERR");
    expect(await lab.overflow()).toBe(0);
    await lab.typesAll("USER alice", "PASS wonderland");
    expect(await lab.phase()).toBe("TRANSACTION");
  });

  test("and an empty one as well", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.presses("Enter");
    await expect(lab.rows).toHaveCount(5);
    await expect(lab.row(-1)).toContainText("-ERR");
  });
});

test.describe("without storage", () => {
  const works = async (page) => {
    const lab = await Lab.open(page);
    await lab.logsIn();
    await lab.presses("ArrowUp");
    await expect(lab.prompt).toHaveValue("PASS wonderland");
    await lab.button("lang-ja").press("Enter");
    await lab.button("theme").press("Enter");
    await expect(page.locator("html")).toHaveAttribute("lang", "ja");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  };

  test("that is forbidden the page works", async ({ page }) => {
    await page.addInitScript(() => {
      const forbidden = () => {
        throw new DOMException("The operation is insecure.", "SecurityError");
      };
      Object.defineProperty(window, "localStorage", { get: forbidden });
    });
    await works(page);
  });

  test("that is full the page works", async ({ page }) => {
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      };
    });
    await works(page);
  });

  test("that holds nonsense the page works", async ({ page }) => {
    await page.addInitScript(() => {
      for (const key of ["history", "language", "theme"]) localStorage.setItem(`pop3lab.${key}`, "\u0000{nonsense");
    });
    const lab = await Lab.open(page);
    await lab.logsIn();
  });
});

test("what was chosen is kept between visits", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.button("lang-ja").press("Enter");
  await lab.button("theme").press("Enter");
  await lab.button("theme").press("Enter");
  await page.reload();
  await lab.isOpen();
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(lab.button("lang-ja")).toHaveAttribute("aria-pressed", "true");
});
