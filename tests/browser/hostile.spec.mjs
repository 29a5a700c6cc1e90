// Mail that means harm is shown, and never obeyed; and what cannot be delivered is refused in words.
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

/** Elements that only mail could have brought. */
const FOREIGN = "script:not(head script):not(body > script), img, iframe, object, embed, style:not(head style), base, form:not(.prompt), [onerror], [onload]";

let harm;

test.beforeEach(async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  harm = [];
  page.on("dialog", (dialog) => {
    harm.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(process.env.POP3LAB_URL) && !request.url().startsWith("blob:")) harm.push(request.url());
  });
  page.on("pageerror", (error) => harm.push(String(error)));
});

test.afterEach(() => expect(harm).toEqual([]));

/** What of the mail is anywhere on the page as an element: nothing. */
async function isHarmless(lab) {
  const { page } = lab;
  await expect(page.locator(FOREIGN)).toHaveCount(0);
  const links = await page.locator("a[href]").evaluateAll((links) => links.map((link) => link.protocol));
  expect(links.filter((protocol) => !["http:", "https:", "mailto:"].includes(protocol))).toEqual([]);
  await expect(page).toHaveTitle("POP3 Lab");
}

/** Delivers with the session closed and fetches in a new one. */
async function fetches(lab, number) {
  await lab.prompt.focus();
  await lab.logsIn();
  await lab.types(`RETR ${number}`);
  await expect(lab.row(-1)).toContainText("S: .");
}

async function opensAll(lab) {
  const more = lab.terminal.getByRole("button", { name: "more" });
  while ((await more.count()) > 0) {
    await more.first().press("Enter");
    await lab.settles();
  }
}

test("the hostile letter arrives as text, in every panel", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.delivers("hostile");
  await expect(lab.row(-1)).toContainText("New mail arrived at the server for alice.");
  await expect(lab.mailbox.getByTestId("message").last()).toContainText("<script>alert(1)</script> I never took them");
  await isHarmless(lab);
  await fetches(lab, 9);
  await opensAll(lab);
  await expect(lab.mailbox.getByTestId("download")).toContainText("<script>alert(1)</script>");
  for (const text of ["S:   <script>alert(1)</script>", "S:   <img src=x onerror=alert(1)>", `S: <p title=3D"this is never closed`]) {
    expect(await lab.said()).toContain(text);
  }
  await isHarmless(lab);

  // Control octets, octets that are no letters, and marks of direction are shown by their names.
  const marks = lab.terminal.locator(".mark");
  for (const name of ["ESC", "NUL", "FF", "C3", "U+202E"]) await expect(marks.getByText(name, { exact: true }).first()).toBeAttached();
  const text = await lab.terminal.innerText();
  // eslint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0000\u001b\u202e]/);

  // The long line is cut, and says by how much.
  const long = lab.rows.filter({ hasText: "aaaaaaaaaa" });
  await expect(long.locator(".mark")).toHaveText("… and 95904 more octets");
  expect(await lab.overflow()).toBeLessThanOrEqual(0);

  // Explain, the wire and a segment of it.
  await lab.rows.filter({ hasText: "<img src=x onerror=alert(1)>" }).first().click();
  await expect(lab.explain).toContainText("<img src=x onerror=alert(1)>");
  await isHarmless(lab);
  await lab.shows("wire");
  await lab.segments.last().getByRole("button").press("Enter");
  await isHarmless(lab);
  await lab.shows("server-log");
  await isHarmless(lab);
});

test("stepped through by packet, the hostile letter is told and drawn as text", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.delivers("hostile");
  await lab.shows("wire");
  await lab.prompt.focus();
  await lab.logsIn();
  await lab.types("TOP 9 30");
  await lab.grain.selectOption({ index: 0 });
  for (let count = 0; count < 25; count += 1) {
    await lab.button("step-back").click();
    await lab.settles();
    await isHarmless(lab);
  }
  await expect(lab.narration).toContainText("The answer goes on:");
});

test("the copy of a session holds the hostile letter whole, as text", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.delivers("hostile");
  await fetches(lab, 9);
  const copied = await lab.copies();
  expect(copied).toContain("S:   <script>alert(1)</script>");
  expect(copied).toContain("S:   <img src=x onerror=alert(1)>");
  expect(copied).toContain(`S: ${"a".repeat(100_000)}`);
  expect(copied.at(-1)).toBe("S: .");
});

test("a session under way does not see the new letter; the next one does", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.delivers("note");
  expect((await lab.messages()).at(-1).number).toBe("–");
  await lab.prompt.focus();
  await lab.types("RETR 9");
  await expect(lab.row(-1)).toContainText("-ERR");
  await lab.types("QUIT");
  await lab.button("connect").first().click();
  await lab.prompt.focus();
  await lab.logsIn();
  await lab.types("RETR 9");
  expect((await lab.reads("mailbox")).downloads).toBe(1);
});

test("a file with hostile octets is delivered as it is", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.shows("mailbox");
  await lab.button("deliver").click();
  const octets = Buffer.concat([
    Buffer.from("Subject: </title><script>alert(2)</script>\r\nFrom: \u202eevil\r\n\r\n"),
    Buffer.from([0x00, 0x1b, 0x5b, 0x32, 0x4a, 0xff, 0xfe, 0x0d, 0x0a]),
    Buffer.from(".\r\n..\r\n<svg onload=alert(2)>\r\nno line end at the end"),
  ]);
  await page.getByTestId("letter-file").setInputFiles({ name: "<img src=x>.eml", mimeType: "message/rfc822", buffer: octets });
  await expect(lab.row(-1)).toContainText("New mail arrived");
  await expect(lab.mailbox.getByTestId("message").last()).toContainText("</title><script>alert(2)</script>");
  await isHarmless(lab);
  await page.keyboard.press("Escape");
  // Its header has an octet beyond ASCII in it: that is for those who ask for it (RFC 6856 section 2).
  await lab.prompt.focus();
  await lab.types("UTF8");
  await fetches(lab, 9);
  const rows = await lab.said();
  const from = rows.indexOf("C: RETR 9");
  expect(rows.slice(from + 2)).toEqual([
    "S: Subject: </title><script>alert(2)</script>",
    "S: From: U+202Eevil",
    "S: ",
    "S: NULESC[2JFFFE",
    "S: ..",
    "S: ...",
    "S: <svg onload=alert(2)>",
    "S: no line end at the end",
    "S: .",
  ]);
  await isHarmless(lab);
});

for (const [language, empty, large] of [
  ["en", "That file could not be read, or is empty. Nothing was delivered.", "That file is too large: 20 MB is the limit."],
  ["ja", "ファイルを読めないか、中身が空です。何も届けていません。", "ファイルが大きすぎます。上限は 20 MB です。"],
]) {
  test.describe(language, () => {
    test.use({ locale: LOCALES[language] });

    test("an empty file and one that is too large are refused in words, and the next one is taken", async ({ page }) => {
      const lab = await Lab.open(page);
      await lab.shows("mailbox");
      await lab.button("deliver").click();
      const said = page.locator("#letters [role=status]");
      const file = page.getByTestId("letter-file");
      await file.setInputFiles({ name: "empty.eml", mimeType: "message/rfc822", buffer: Buffer.alloc(0) });
      await expect(said).toHaveText(empty);
      // Made on the page: so many octets are long on their way there.
      await file.evaluate((input) => {
        const chosen = new DataTransfer();
        chosen.items.add(new File([new Uint8Array(20_000_001)], "large.eml"));
        input.files = chosen.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
      await expect(said).toContainText(large);
      await expect(lab.rows).toHaveCount(3);
      expect(await lab.messages()).toHaveLength(8);
      await file.setInputFiles({ name: "note.eml", mimeType: "message/rfc822", buffer: Buffer.from("Subject: hello\r\n\r\nhello\r\n") });
      await expect(lab.rows).toHaveCount(4);
      await expect(said).toBeEmpty();
      expect(await lab.messages()).toHaveLength(9);
    });
  });
}
