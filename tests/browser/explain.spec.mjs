// Every line can be asked what it means; a refusal says what would be legal, and types it.
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

const explain = (lab) => lab.page.getByTestId("explain");
const words = (lab) => explain(lab).locator("dt").allInnerTexts();
const selected = (lab) => lab.page.locator('[data-testid="row"][data-selected="true"]');

test("what has just been answered is explained without asking", async ({ page }) => {
  const lab = await Lab.open(page);
  await expect(explain(lab)).toContainText("a time stamp, new for each connection");
  await lab.logsIn();
  await lab.types("STAT");
  expect(await words(lab)).toEqual(["+OK", "8", "212581"]);
  await expect(selected(lab)).toHaveCount(1);
  await expect(selected(lab)).toContainText("+OK 8 212581");
});

test("a refusal names its rule and the shortest legal way, as buttons that go it", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.types("RETR 1");
  await expect(explain(lab)).toContainText("RETR is a command, but not in AUTHORIZATION. It belongs to TRANSACTION.");
  await explain(lab).getByRole("button", { name: "Send “USER alice”" }).click();
  await lab.settles();
  await lab.row(3).click();
  await explain(lab).getByRole("button", { name: "Send “PASS wonderland”" }).click();
  await lab.settles();
  expect(await lab.phase()).toBe("TRANSACTION");
});

test("unknown, not now and a bad argument are three explanations", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.types("EHLO me");
  await expect(explain(lab)).toContainText("A command that the server does not know is refused");
  await lab.types("NOOP");
  await expect(explain(lab)).toContainText("NOOP is a command, but not in AUTHORIZATION");
  await lab.types("USER");
  await expect(explain(lab)).toContainText("USER needs an argument that is not there");
});

test("a password that everyone has read is marked", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.rows.filter({ hasText: "PASS wonderland" }).click();
  expect(await words(lab)).toEqual(["PASS", "wonderland"]);
  await expect(page.getByTestId("exposed")).toBeVisible();
  await expect(explain(lab)).toContainText("AUTHORIZATION (name given) to TRANSACTION");
});

test("arrows move the selection in the terminal, and it goes with the next command", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.types("USER alice");
  await lab.tabsTo(lab.terminal, "Shift+Tab");
  await lab.presses("ArrowUp");
  await expect(selected(lab)).toContainText("USER alice");
  await expect(explain(lab)).toContainText("A line that the client sent");
  await lab.presses("ArrowUp");
  await expect(selected(lab)).toContainText("+OK POP3 Lab");
  await lab.prompt.focus();
  await lab.types("PASS wonderland");
  await expect(selected(lab)).toContainText("the maildrop is yours");
});

test("in the past only what has happened is explained", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.stepsBack();
  await expect(selected(lab)).toContainText("PASS wonderland");
  await expect(explain(lab)).not.toContainText("The session went from");
});

test("a slip is answered by the page, and a second Enter sends it all the same", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.types("RERT 1");
  await expect(lab.hint).toContainText("There is no such command");
  await expect(lab.terminal).not.toContainText("RERT");
  await lab.presses("Enter");
  await expect(lab.terminal).toContainText("-ERR unknown command");
  await lab.types("DLEE 2");
  await lab.hint.getByRole("button", { name: "Send “DELE 2”" }).click();
  await lab.settles();
  expect(await lab.marks()).toEqual([2]);
});

test("help is answered by the page", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.types("help");
  await expect(lab.hint).toContainText("POP3 has no HELP");
  await expect(lab.hint).toContainText("RETR");
  await expect(lab.rows).toHaveCount(3);
});

test("Tab completes every command and every number", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await page.keyboard.type("uid");
  await lab.presses("Tab");
  await expect(lab.prompt).toHaveValue("uidL");
  await lab.prompt.fill("TOP 6");
  await expect(lab.prompt).toHaveValue("TOP 6");
  await lab.prompt.fill("list ");
  await expect(lab.ghost).toHaveText("1");
});

test.describe("in Japanese", () => {
  test.use({ locale: LOCALES.ja });

  test("a refusal is explained in Japanese", async ({ page }) => {
    const lab = await Lab.open(page);
    await lab.types("DELE 1");
    await expect(explain(lab)).toContainText("DELE は AUTHORIZATION では使えません");
    await expect(explain(lab).getByRole("button", { name: "「USER alice」を送信" })).toBeVisible();
  });
});
