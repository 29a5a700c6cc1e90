// The log of the session: folding, copying, and mail that stays text.
import { expect, test } from "@playwright/test";
import { Lab } from "./lab.mjs";

test.beforeEach(async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const lab = await Lab.open(page);
  await lab.logsIn();
});

/** Opens what is folded, and the beginning that a very long session keeps back. */
async function opensAll(lab) {
  while ((await lab.terminal.getByRole("button").count()) > 0) {
    await lab.terminal.getByRole("button").first().press("Enter");
    await lab.settles();
  }
}

test("a long answer is folded and opens whole", async ({ page }) => {
  const lab = new Lab(page);
  await lab.types("RETR 7");
  expect(await lab.rows.count()).toBeLessThan(40);
  await expect(lab.row(-2)).toContainText("S:");
  await opensAll(lab);
  expect(await lab.rows.count()).toBeGreaterThan(1000);
  await expect(lab.row(0)).toContainText("110");
});

test("mail is text: nothing in it becomes an element of the page", async ({ page }) => {
  const lab = new Lab(page);
  await lab.types("RETR 6");
  await opensAll(lab);
  await expect(lab.terminal).toContainText("<html");
  const elements = await lab.terminal.evaluate((log) => [
    ...new Set([...log.querySelectorAll("*")].map((element) => element.localName)),
  ]);
  expect(elements.filter((name) => !["div", "span", "svg", "path", "button"].includes(name))).toEqual([]);
});

test("the prompt stays where it is while the transcript grows", async ({ page }) => {
  const lab = new Lab(page);
  const before = await lab.prompt.boundingBox();
  await lab.typesAll("LIST", "RETR 7", "UIDL");
  expect(await lab.prompt.boundingBox()).toEqual(before);
  await expect(lab.row(-1)).toBeInViewport();
});

test("rows are copied as lines that can be read", async ({ page }) => {
  const lab = new Lab(page);
  await lab.types("STAT");
  const copied = await page.evaluate(() => {
    getSelection().selectAllChildren(document.querySelector('[data-testid="terminal"]'));
    return getSelection().toString();
  });
  expect(copied).toMatch(/^C:[ \t]?STAT$/m);
  expect(copied).toMatch(/^S:[ \t]?\+OK 8 212581$/m);
});

test("rows say in words whose they are and that they are in the clear", async ({ page }) => {
  const lab = new Lab(page);
  await lab.types("STAT");
  await expect(lab.row(-2)).toContainText("C:");
  await expect(lab.row(-2)).toHaveAttribute("data-from", "client");
  await expect(lab.row(-1)).toContainText("S:");
  await expect(lab.row(-1)).toHaveAttribute("data-from", "server");
  await expect(lab.row(-1)).toHaveAttribute("data-secure", "false");
  await expect(lab.row(-1).getByRole("img", { name: "in the clear" })).toBeAttached();
});

test("the session is copied whole, what is folded as well", async ({ page }) => {
  const lab = new Lab(page);
  await lab.typesAll("RETR 7", "STAT");
  expect(await lab.rows.count()).toBeLessThan(60);
  const copied = await lab.copies();
  await expect(page.locator(".terminal-panel .title-bar [role=status]")).toHaveText("Copied.");
  expect(copied[0]).toBe("= Connecting to port 110 …");
  expect(copied.at(-1)).toBe("S: +OK 8 212581");
  await opensAll(lab);
  const said = await lab.said();
  expect(said.length).toBeGreaterThan(2_000);
  expect(copied.map((line) => line.replace(/^= /, ""))).toEqual(said);
  // In the past, what is seen there; and the word goes with the next line.
  await lab.slider.fill("5");
  await expect(page.locator(".terminal-panel .title-bar [role=status]")).toBeEmpty();
  expect((await lab.copies()).at(-1)).toBe("S: +OK now send PASS");
});

test("a very long answer opens in helpings, and the focus stays in the terminal", async ({ page }) => {
  const lab = new Lab(page);
  await lab.types("RETR 7");
  const more = lab.terminal.getByRole("button");
  const offered = async () => (await more.textContent()).match(/\d+/g).map(Number);
  const [helping, hidden] = await offered();
  const before = await lab.rows.count();
  expect(hidden).toBeGreaterThan(2 * helping);
  await more.press("Enter");
  await lab.settles();
  expect(await offered()).toEqual([helping, hidden - helping]);
  expect(await lab.rows.count()).toBe(before + helping);
  await expect(lab.terminal).toBeFocused();
  await opensAll(lab);
  await expect(more).toHaveCount(0);
});
