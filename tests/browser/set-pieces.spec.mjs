// Each set piece, from its button to what can be seen in it, and back to the session that was left for it.
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

/**
 * What each shows: its last rows, the hint, what Explain says, the mailbox (where it is: how many messages,
 * who has the lock, how many were fetched), the last line of the server's log, and where the session stands.
 */
const PIECES = {
  locked: {
    rows: ["C: PASS wonderland", /^S: -ERR \[IN-USE\]/],
    hint: "Your phone has the mailbox open.",
    explain: ["-ERR", "The password was right, but another session holds the lock of the mailbox."],
    mailbox: { locked: true, downloads: 0, says: "Another session has it open and locked." },
    log: "pop3-login: Mailbox is locked by another session: user=<alice>, method=PLAIN, session=2",
    phase: "AUTHORIZATION",
  },
  dropped: {
    rows: [/^S: 8 \d+$/, "S: ."],
    has: ["C: DELE 2", "The line was dropped. The server learns of it by a reset."],
    hint: "Two messages were marked, then the line broke.",
    explain: ["."],
    mailbox: { locked: true, downloads: 0, says: "Your session has it open and locked." },
    log: "pop3-login: Login: user=<alice>, method=PLAIN, session=2",
    logged: "the connection broke: nothing was removed",
    phase: "TRANSACTION",
  },
  cable: {
    rows: ["C: PASS wonderland", /^S: -ERR \[IN-USE\]/],
    has: ["Your cable is cut. Neither side notices yet.", "You are back, on another network with another address."],
    hint: "The server does not notice and keeps the lock.",
    explain: ["The password was right, but another session holds the lock of the mailbox."],
    mailbox: { locked: true, downloads: 0, says: "Another session has it open and locked." },
    // The session that the server believes in has marked one.
    marks: [1],
    log: "pop3-login: Mailbox is locked by another session: user=<alice>, method=PLAIN, session=2",
    phase: "AUTHORIZATION",
  },
  idle: {
    rows: ["Time passes: 601 seconds.", "The server closed the connection."],
    hint: "After ten silent minutes the server closes the connection.",
    explain: ["+OK"],
    mailbox: { locked: false, downloads: 0, says: "No session has it open." },
    log: "top=0, retr=0, del=0",
    logged: "silent for too long: nothing was removed",
    phase: "CLOSED",
  },
  unreachable: {
    rows: ["Connecting to port 110 …", "No answer. The server was not reached."],
    hint: "Nobody answers at that address.",
    explain: ["Choose a line in the terminal"],
    mailbox: { locked: false, downloads: 0, says: "No session has it open." },
    log: "Nothing yet.",
  },
  "closed-port": {
    rows: ["Connecting to port 111 …", "Refused: nothing listens on that port."],
    hint: "The host is there, but nothing listens on port 111.",
    explain: ["Choose a line in the terminal"],
    mailbox: { locked: false, downloads: 0, says: "No session has it open." },
    log: "Nothing yet.",
  },
  lossy: {
    rows: ["S: ."],
    has: ["C: RETR 2"],
    hint: "One segment in five is lost, and TCP sends it again.",
    explain: ["."],
    mailbox: { locked: true, downloads: 1, says: "Your session has it open and locked." },
    log: "pop3-login: Login: user=<alice>, method=PLAIN, session=1",
    phase: "TRANSACTION",
  },
  dots: {
    rows: ["S: .."],
    has: ["S: ...", "S: ....hidden files", "S: ..profile"],
    hint: "The message has lines with a single dot.",
    explain: ["."],
    mailbox: { locked: true, downloads: 1, says: "Your session has it open and locked." },
    log: "pop3-login: Login: user=<alice>, method=PLAIN, session=1",
    phase: "TRANSACTION",
  },
  huge: {
    rows: ["C: STAT", /^S: \+OK 10000 1\d{7}$/],
    hint: "Zoe keeps everything.",
    explain: ["+OK", "10000"],
    // The others wait behind a button; STAT has counted them all.
    mailbox: { messages: 100, locked: true, downloads: 0, says: "On the server: zoe" },
    log: "pop3-login: Login: user=<zoe>, method=PLAIN, session=1",
    phase: "TRANSACTION",
  },
};

/** A session that one would not like to lose. */
async function began(page) {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.typesAll("DELE 2", "RETR 1");
  return lab;
}

async function isFolded(lab) {
  return (await lab.terminal.getByRole("button", { name: "more" }).count()) > 0;
}

/** Opens what is folded. */
async function opens(lab) {
  while (await isFolded(lab)) {
    await lab.terminal.getByRole("button", { name: "more" }).first().press("Enter");
    await lab.settles();
  }
}

for (const [name, piece] of Object.entries(PIECES)) {
  test(`${name}: it is played, seen, and taken back`, async ({ page }) => {
    test.setTimeout(60_000);
    const lab = await began(page);
    const before = [await lab.said(), await lab.facts()];
    await lab.plays(name);
    await expect(lab.hint).toContainText(piece.hint);
    await expect(lab.hint).toHaveAttribute("data-tone", "plain");
    await expect(lab.button("set-piece-locked")).toBeHidden();
    for (const words of piece.explain) await expect(lab.explain).toContainText(words);

    await opens(lab);
    const rows = await lab.said();
    if (name === "dots") expect(rows).toEqual(expect.arrayContaining(piece.rows));
    else for (const [at, row] of piece.rows.entries()) expect(rows.at(at - piece.rows.length)).toMatch(row);
    expect(rows).toEqual(expect.arrayContaining(piece.has ?? []));
    expect(rows).not.toContain("C: DELE 3");

    const facts = await lab.facts();
    expect(facts.phase).toBe(piece.phase);
    expect(facts.marks).toEqual(piece.marks ?? []);
    expect(facts.messages).toHaveLength(piece.mailbox.messages ?? 8);
    expect(facts).toMatchObject({ locked: piece.mailbox.locked, downloads: piece.mailbox.downloads });
    expect(facts.mailbox).toContain(piece.mailbox.says);
    const log = await lab.shows("server-log");
    await expect(log.locator("li, .empty").last()).toContainText(piece.log);
    if (piece.logged) await expect(log).toContainText(piece.logged);

    await lab.button("undo").click();
    await lab.settles();
    expect([await lab.said(), await lab.facts()]).toEqual(before);
    await expect(lab.hint).toBeEmpty();
  });
}

test("locked: what the phone does is told apart from what one does oneself", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.plays("locked");
  const rows = await lab.said();
  expect(rows).toEqual(expect.arrayContaining(["phone C: PASS wonderland", "C: PASS wonderland"]));
});

test("cable: once time has passed the mailbox can be opened again, and nothing is gone", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.plays("cable");
  await lab.button("let-time-pass").click();
  await lab.settles();
  expect(await lab.said()).toContain("Time passes: 601 seconds.");
  // The new session was silent for as long.
  await lab.button("connect").first().click();
  await lab.prompt.focus();
  await lab.logsIn();
  await expect(lab.row(-1)).toContainText("+OK the maildrop is yours");
  const { messages, marks } = await lab.facts();
  expect([messages.length, marks]).toEqual([8, []]);
});

test("lossy: the wire has what was lost, and what was sent again", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.plays("lossy");
  await expect(page.getByTestId("rtt")).toHaveValue("600");
  await expect(page.getByTestId("loss")).toHaveValue("20");
  await expect(lab.segments.and(page.locator('[data-flight="lost"]')).first()).toContainText("lost");
  await expect(lab.segments.filter({ hasText: "again" }).first()).toBeAttached();
});

test("one set piece leaves nothing in the next", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.plays("huge");
  await lab.plays("dropped");
  await expect(page.getByTestId("wire")).toBeVisible();
  expect((await lab.messages()).length).toBe(8);
  await lab.button("start-over").click();
  await lab.settles();
  expect(await lab.said()).toHaveLength(3);
});

test("huge: a list of 10 000 lines and a message of 10 MB leave the page usable, and are copied whole", async ({ page, context }) => {
  test.setTimeout(120_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const lab = await Lab.open(page);
  await lab.plays("huge");
  await lab.prompt.focus();
  await lab.types("LIST");
  await expect(lab.row(-1)).toContainText("S: .");
  expect(await lab.rows.count()).toBeLessThan(100);
  const more = lab.terminal.getByRole("button", { name: /^Show \d+ of 9990 more lines$/ });
  await more.click();
  await expect(more).toHaveCount(0);
  await expect(lab.terminal.getByRole("button", { name: /^Show \d+ of [89]\d\d\d more lines$/ })).toBeVisible();
  await lab.prompt.focus();

  await page.keyboard.type("RETR 1");
  await page.keyboard.press("Enter");
  // What is typed while the answer goes on is on the screen at once, and answered when its turn has come.
  await page.keyboard.type("NOOP");
  await expect(lab.prompt).toHaveValue("NOOP", { timeout: 2_000 });
  await page.keyboard.press("Enter");
  await expect(lab.row(-1)).toContainText("+OK", { timeout: 60_000 });
  await expect(lab.row(-2)).toContainText("NOOP", { timeout: 60_000 });
  await lab.settles();
  expect(await lab.rows.count()).toBeLessThan(2_000);
  expect((await lab.reads("mailbox")).downloads).toBe(1);

  const copied = await lab.copies();
  const listed = copied.indexOf("C: LIST");
  expect(copied[listed + 1]).toMatch(/^S: \+OK 10000 /);
  expect(copied[listed + 10_001]).toMatch(/^S: 10000 \d+$/);
  expect(copied[listed + 10_002]).toBe("S: .");
  expect(copied.slice(-3)).toEqual(["S: .", "C: NOOP", "S: +OK still here"]);
  expect(copied.filter((line) => line.startsWith("S: The attic holds")).length).toBe(Math.floor(10_000_000 / 78) + 1);
});

test.describe("in Japanese", () => {
  test.use({ locale: LOCALES.ja });

  for (const [name, words] of Object.entries({
    locked: {
      title: "別の端末がメールボックスをロック中",
      row: "-ERR [IN-USE]",
      hint: "スマートフォンがメールボックスを開いています。",
      explain: "別のセッションがメールボックスをロックしています。",
      log: "管理者には理由が分かりますが",
    },
    unreachable: {
      title: "サーバーに届かない",
      row: "応答がありません。相手に届きませんでした。",
      hint: "そのアドレスからは誰も答えません。",
      explain: "ターミナルの行を選ぶと",
      log: "まだ何もありません。",
    },
  })) {
    test(`${name} is told in Japanese`, async ({ page }) => {
      const lab = await Lab.open(page);
      await lab.button("set-pieces").click();
      await expect(lab.button(`set-piece-${name}`)).toContainText(words.title);
      await lab.button(`set-piece-${name}`).click();
      await expect(lab.row(-1)).toContainText(words.row);
      await expect(lab.hint).toContainText(words.hint);
      await expect(lab.explain).toContainText(words.explain);
      await expect(await lab.shows("server-log")).toContainText(words.log);
    });
  }
});

test("a scene leaves nothing behind for the next one, nor for a new start", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.plays("lossy");
  await expect(page.getByTestId("loss")).toHaveValue("20");
  await lab.plays("dots");
  await expect(page.getByTestId("loss")).toHaveValue("0");
  await lab.plays("lossy");
  await page.getByTestId("start-over").click();
  await expect(page.getByTestId("rtt")).toHaveValue("40");
  await expect(page.getByTestId("loss")).toHaveValue("0");
});
