// A whole session with the keyboard alone, in both languages; and the same session once more backwards.
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

/** What the page says in either language. */
const WORDS = {
  en: { given: "AUTHORIZATION (name given)", past: "the past", looking: "You are looking at the past", forked: "never happened" },
  ja: { given: "AUTHORIZATION (名前受付済み)", past: "過去", looking: "過去", forked: "なかったことになります" },
};

const ALL = ["1", "2", "3", "4", "5", "6", "7", "8"];
const NO_SESSION = Array(7).fill("–");

/** Each line, its answer, and what is different after it. */
const SESSION = [
  ["USER alice", "+OK", { phase: "given" }],
  ["PASS looking-glass", "-ERR [AUTH]", { phase: "AUTHORIZATION" }],
  ["USER alice", "+OK", { phase: "given" }],
  ["PASS wonderland", "+OK", { phase: "TRANSACTION", numbers: ALL, locked: true }],
  ["STAT", "+OK 8 ", {}],
  ["LIST", ".", {}],
  ["UIDL", ".", {}],
  ["TOP 7 10", ".", {}],
  ["RETR 1", ".", { downloads: 1 }],
  ["DELE 2", "+OK", { marks: [2] }],
  ["DELE 3", "+OK", { marks: [2, 3] }],
  ["RSET", "+OK", { marks: [] }],
  ["DELE 3", "+OK", { marks: [3] }],
  ["QUIT", "", { phase: "CLOSED", numbers: NO_SESSION, locked: false, marks: [] }],
];

for (const language of ["en", "ja"]) {
  test.describe(language, () => {
    test.use({ locale: LOCALES[language] });
    const words = WORDS[language];
    const phaseOf = (facts) => (facts.phase === "given" ? words.given : facts.phase);

    test("a session is typed with the keyboard alone, then walked back to its start and on to its end", async ({ page }) => {
      test.setTimeout(120_000);
      const lab = await Lab.open(page);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(lab.prompt).toBeFocused();
      await lab.tabsToAndShows("mailbox");
      await lab.tabsTo(lab.prompt, "Shift+Tab");

      let now = { phase: "AUTHORIZATION", numbers: Array(8).fill("–"), locked: false, marks: [], downloads: 0 };
      const check = (facts, wanted) => {
        expect(facts.phase).toBe(phaseOf(wanted));
        expect(facts.marks).toEqual(wanted.marks);
        expect(facts.messages.map((message) => message.number)).toEqual(wanted.numbers);
        expect(facts.locked).toBe(wanted.locked);
      };
      check(await lab.facts(), now);

      // What is true once each line is answered, and how many lines there are then.
      const moments = [];
      for (const [line, answer, change] of SESSION) {
        await test.step(line, async () => {
          await lab.types(line);
          const facts = await lab.facts();
          now = { ...now, ...change };
          check(facts, now);
          expect(facts.downloads).toBe(now.downloads);
          expect(facts.said.join()).toContain(line === "QUIT" ? "UPDATE" : phaseOf(now));
          expect(facts.row).toContain(answer);
          expect(facts.tcp).toEqual(line === "QUIT" ? ["CLOSED", "TIME-WAIT"] : ["ESTABLISHED", "ESTABLISHED"]);
          expect(facts.moves.length > 0).toBe(true);
          moments.push({ line, at: facts.lines, facts });
        });
      }
      const gone = moments.at(-2).facts.messages[2];
      expect(gone.marked).toBe(true);
      expect((await lab.messages()).map((message) => message.uid)).not.toContain(gone.uid);

      // Tab to the button, Enter, and back to the prompt.
      await lab.tabsToAndPresses(lab.button("connect"));
      await lab.tabsTo(lab.prompt);
      await lab.typesAll("USER alice", "PASS wonderland", "LIST");
      const end = await lab.facts();
      check(end, { ...now, phase: "TRANSACTION", numbers: ALL.slice(0, 7), locked: true });
      expect(end.messages.map((message) => message.uid)).not.toContain(gone.uid);

      // Back to the start, a line at a time.
      const seen = new Map();
      for (let line = end.lines; line > 0; ) {
        await lab.stepsBack();
        const facts = await lab.facts();
        expect(line - facts.line).toBeLessThanOrEqual(1);
        expect(facts.lines).toBe(end.lines);
        line = facts.line;
        seen.set(line, facts);
      }
      seen.delete(end.lines);
      await expect(lab.place).toContainText(words.past);
      await expect(lab.prompt).toHaveAccessibleDescription(new RegExp(words.looking));
      const start = seen.get(0);
      expect([start.phase, start.tcp, start.row]).toEqual([undefined, [], ""]);
      expect([...seen.keys()]).toEqual(Array.from({ length: end.lines }, (_, index) => end.lines - 1 - index));

      for (const { line, at, facts } of moments.slice(0, -1)) {
        await test.step(`back at ${line}`, () => {
          const { phase, tcp, said, marks, messages, locked, row } = facts;
          expect(seen.get(at)).toMatchObject({ phase, tcp, said, marks, messages, locked, row });
        });
      }
      // At the goodbye the server is in UPDATE, and has removed what was marked.
      const goodbye = seen.get(moments.at(-1).at - 1);
      expect(goodbye.row).toContain("+OK goodbye, 1 message");
      expect(goodbye.phase).toBe("UPDATE");
      expect(goodbye.messages).toHaveLength(7);
      const quit = seen.get(moments.at(-1).at - 2);
      expect([quit.phase, quit.marks]).toEqual(["TRANSACTION", [3]]);
      // Between two answers nothing is seen but what was before and what was after.
      for (const [index, { at }] of moments.entries()) {
        const marks = [moments[index].facts.marks, moments[index + 1]?.facts.marks ?? []];
        for (let line = at; line < (moments[index + 1]?.at ?? end.lines); line += 1) {
          expect(marks).toContainEqual(seen.get(line).marks);
        }
      }

      // Forward to the end: the same at every line.
      for (let line = 0; line < end.lines; ) {
        await lab.stepsForward();
        const facts = await lab.facts();
        expect(facts.line).toBe(line + 1);
        line = facts.line;
        if (line < end.lines) expect(facts).toEqual(seen.get(line));
      }
      while ((await lab.button("step-forward").getAttribute("aria-disabled")) === "false") await lab.stepsForward();
      expect(await lab.facts()).toEqual(end);
      await expect(lab.place).not.toContainText(words.past);
      await expect(lab.prompt).not.toHaveAccessibleDescription(new RegExp(words.looking));
    });

    test("a dropped line removes nothing and rubs out every mark", async ({ page }) => {
      const lab = await Lab.open(page);
      await lab.logsIn();
      const held = await lab.messages();
      await lab.typesAll("DELE 1", "DELE 8");
      expect(await lab.marks()).toEqual([1, 8]);
      await lab.tabsToAndPresses(lab.button("drop-line"));
      const dropped = await lab.facts();
      expect(dropped).toMatchObject({ phase: "CLOSED", tcp: ["CLOSED", "CLOSED"], marks: [], locked: false });
      expect(dropped.messages.map(({ uid }) => uid)).toEqual(held.map(({ uid }) => uid));

      await lab.tabsToAndPresses(lab.button("connect"));
      await lab.tabsTo(lab.prompt);
      await lab.logsIn();
      expect(await lab.messages()).toEqual(held);
    });

    test("a line typed in the past starts from there, and the page says so", async ({ page }) => {
      const lab = await Lab.open(page);
      await lab.logsIn();
      await lab.typesAll("DELE 1", "DELE 2", "QUIT");
      await expect(lab.hint).toBeEmpty();
      while (!(await lab.facts()).row.includes("message 1 marked")) await lab.stepsBack();
      expect(await lab.marks()).toEqual([1]);

      await lab.tabsTo(lab.prompt, "Shift+Tab");
      await lab.types("DELE 5");
      await expect(lab.hint).toContainText(words.forked);
      expect(await lab.marks()).toEqual([1, 5]);
      expect(await lab.phase()).toBe("TRANSACTION");
      await expect(lab.terminal).not.toContainText("DELE 2");
      await expect(lab.terminal).not.toContainText("goodbye");
      const { line, lines } = await lab.facts();
      expect(line).toBe(lines);

      // Nothing of it is left ahead either, and the note goes with the next line.
      await lab.tabsTo(lab.prompt);
      await lab.types("NOOP");
      await expect(lab.hint).toBeEmpty();
    });
  });
}

test("marks vanish when the client closes without QUIT", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.types("DELE 4");
  await lab.tabsToAndPresses(lab.button("disconnect"));
  expect(await lab.facts()).toMatchObject({ phase: "CLOSED", marks: [], locked: false });
  expect(await lab.messages()).toHaveLength(8);
});

test("starting over brings back the mail that was removed", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.typesAll("DELE 4", "QUIT");
  expect(await lab.messages()).toHaveLength(7);
  await lab.tabsToAndPresses(lab.button("start-over"));
  expect(await lab.messages()).toHaveLength(8);
  expect(await lab.facts()).toMatchObject({ lines: 3, downloads: 0, phase: "AUTHORIZATION" });
});

test("the moves that are offered type their command", async ({ page }) => {
  const lab = await Lab.open(page);
  const moves = lab.button("next-moves");
  await lab.tabsToAndPresses(moves.getByRole("button", { name: "USER alice" }));
  await lab.tabsToAndPresses(moves.getByRole("button", { name: "PASS wonderland" }));
  expect(await lab.phase()).toBe("TRANSACTION");
  await expect(lab.rows.and(lab.page.locator('[data-from="client"]')).last()).toContainText("PASS wonderland");
});
