// The timeline: back and on by line, packet and phase, playing, going on from the past, undo and redo.
import { expect, test } from "@playwright/test";
import { Lab, LOCALES } from "./lab.mjs";

const GRAINS = ["line", "packet", "phase"];
const STAMP = "+OK POP3 Lab at your service";

async function stepsBy(lab, grain) {
  await lab.grain.selectOption({ index: GRAINS.indexOf(grain) });
}

async function clicks(lab, id) {
  await lab.button(id).click();
  await lab.settles();
}

/** Whether each of these buttons is idle. */
async function idle(lab, ...ids) {
  return Promise.all(ids.map(async (id) => (await lab.button(id).getAttribute("aria-disabled")) === "true"));
}

/** From the start to the end: what is told at every step. After the last one there may be some silence. */
async function walks(lab) {
  await clicks(lab, "step-first");
  const told = [];
  while (!(await idle(lab, "step-forward"))[0]) {
    await clicks(lab, "step-forward");
    told.push(await lab.narration.innerText());
  }
  return told.filter((sentence, at) => sentence !== told[at - 1]);
}

const TOLD = {
  en: {
    line: [/^Connecting to port 110/, /^Connected\.$/, /^The server answers: \+OK POP3 Lab/, /^The client says: USER alice$/, /^The server answers: \+OK now send PASS$/],
    packet: [
      "The client sends a segment: SYN",
      "At the server arrives: SYN",
      "The server sends a segment: SYN ACK",
      "At the client arrives: SYN ACK",
      "The client sends a segment: ACK",
      "At the server arrives: ACK",
      `The server sends a segment: ${STAMP}`,
    ],
    phase: [
      "Connecting to port 110",
      "The session begins in AUTHORIZATION.",
      "From AUTHORIZATION (nobody yet) to AUTHORIZATION (name given): USER was answered with +OK.",
    ],
    place: { line: "Line 1 of 5, 0 ms", packet: "Packet step 1 of 16, 0 ms", phase: "Phase 1 of 3, 0 ms" },
  },
  ja: {
    line: [/^ポート 110 に接続しています/, /^接続しました。$/, /^サーバーの応答: \+OK POP3 Lab/, /^クライアントの行: USER alice$/, /^サーバーの応答: \+OK now send PASS$/],
    packet: [
      "クライアントがセグメントを送りました: SYN",
      "サーバーに届きました: SYN",
      "サーバーがセグメントを送りました: SYN ACK",
      "クライアントに届きました: SYN ACK",
      "クライアントがセグメントを送りました: ACK",
      "サーバーに届きました: ACK",
      `サーバーがセグメントを送りました: ${STAMP}`,
    ],
    phase: ["ポート 110 に接続しています", "セッションが AUTHORIZATION で始まりました。", "USER に +OK と応答した"],
    place: { line: "1 / 5 行、0 ミリ秒", packet: "パケット 1 / 16、0 ミリ秒", phase: "フェーズ 1 / 3、0 ミリ秒" },
  },
};

for (const [language, words] of Object.entries(TOLD)) {
  test.describe(language, () => {
    test.use({ locale: LOCALES[language] });

    for (const grain of GRAINS) {
      test(`by ${grain}, every step is told in a sentence, and back is the same way`, async ({ page }) => {
        const lab = await Lab.open(page);
        await lab.types("USER alice");
        await stepsBy(lab, grain);
        const end = [await lab.place.innerText(), await lab.said()];
        const told = await walks(lab);
        for (const [at, sentence] of words[grain].entries()) {
          if (sentence instanceof RegExp) expect(told[at]).toMatch(sentence);
          else expect(told[at]).toContain(sentence);
        }
        expect([await lab.place.innerText(), await lab.said()]).toEqual(end);
        expect(await idle(lab, "step-forward", "step-last", "step-back", "step-first")).toEqual([true, true, false, false]);

        const back = [];
        while (!(await idle(lab, "step-back"))[0]) {
          back.push(await lab.narration.innerText());
          await clicks(lab, "step-back");
        }
        expect(back.reverse()).toEqual(told);
        expect(await idle(lab, "step-forward", "step-last", "step-back", "step-first")).toEqual([false, false, true, true]);
        await expect(lab.narration).toBeEmpty();
        await expect(lab.rows).toHaveCount(0);
        await clicks(lab, "step-forward");
        await expect(lab.place).toContainText(words.place[grain]);
        await expect(lab.slider).toHaveAttribute("aria-valuetext", words.place[grain]);
        await clicks(lab, "step-last");
        expect([await lab.place.innerText(), await lab.said()]).toEqual(end);
      });
    }
  });
}

test("what is stepped to is told aloud, and what is typed only by the terminal", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.types("USER alice");
  await expect(lab.narration).toHaveRole("status");
  await expect(lab.narration).toHaveAttribute("aria-live", "off");
  await lab.stepsBack();
  await expect(lab.narration).toHaveAttribute("aria-live", "polite");
  await lab.tabsTo(lab.prompt, "Shift+Tab");
  await lab.types("USER erin");
  await expect(lab.narration).toHaveAttribute("aria-live", "off");
});

test("the slider goes anywhere with pointer and keys, in steps of the grain", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.slider.focus();
  await lab.presses("Home");
  await expect(lab.rows).toHaveCount(0);
  await lab.presses("ArrowRight");
  await expect(lab.place).toContainText("Line 1 of 7");
  await lab.presses("End");
  await expect(lab.place).not.toContainText("the past");
  await expect(lab.rows).toHaveCount(7);
  await lab.slider.fill("4");
  await expect(lab.row(-1)).toContainText("C: USER alice");
  await expect(lab.rows).toHaveCount(4);

  await stepsBy(lab, "phase");
  await expect(lab.slider).toHaveAttribute("max", "4");
  await lab.slider.fill("3");
  await expect(lab.place).toContainText("Phase 3 of 4");
  expect(await lab.phase()).toBe("AUTHORIZATION (name given)");
  // In the middle of it with the pointer.
  const { x, y, width, height } = await lab.slider.boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
  await expect(lab.place).toContainText("Phase 2 of 4");
});

test("a session plays from its start to its end by itself", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await stepsBy(lab, "packet");
  await page.getByTestId("speed").selectOption("4");
  await lab.button("play").click();
  await expect(lab.button("play")).toHaveText("Pause");
  await expect(lab.place).toContainText("the past");
  // Silent meanwhile: a sentence for each step would never be heard out.
  await expect(lab.narration).toHaveAttribute("aria-live", "off");
  await expect(lab.button("play")).toHaveText("Play", { timeout: 15_000 });
  await expect(lab.place).not.toContainText("the past");
  await expect(lab.rows).toHaveCount(7);
});

test("what plays can be held, stepped and let go on", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.button("play").click();
  await expect(lab.place).toContainText("Line 2 of 7");
  await lab.button("play").click();
  await expect(lab.button("play")).toHaveText("Play");
  const held = await lab.place.innerText();
  await page.waitForTimeout(1_000);
  expect(await lab.place.innerText()).toBe(held);
  await clicks(lab, "step-forward");
  await clicks(lab, "step-forward");
  await expect(lab.place).toContainText("Line 4 of 7");
  // From here, not from the start.
  await lab.button("play").click();
  await expect(lab.place).toContainText("Line 5 of 7");
  await clicks(lab, "step-first");
  await expect(lab.button("play")).toHaveText("Play");
  await page.waitForTimeout(900);
  await expect(lab.place).toContainText("Line 0 of 7");
});

test("typing while the session plays stops it there, and Enter goes on from there", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.button("play").click();
  await expect(lab.place).toContainText("Line 3 of 7");
  await lab.prompt.focus();
  await page.keyboard.type("USER erin");
  await expect(lab.button("play")).toHaveText("Play");
  await lab.presses("Enter");
  await expect(lab.hint).toContainText("What came after it never happened");
  const rows = await lab.said();
  expect(rows.slice(3)).toEqual(["C: USER erin", "S: +OK now send PASS"]);
});

test("Undo brings back the future that typing in the past has cost, and Redo takes it again", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.typesAll("DELE 1", "QUIT");
  const whole = [await lab.said(), await lab.facts()];
  await lab.slider.fill("7");
  const past = await lab.facts();
  await lab.prompt.focus();
  await lab.types("DELE 5");
  await expect(lab.hint).toContainText("Undo brings it back");
  const forked = [await lab.said(), await lab.facts()];
  expect(forked[0].slice(-2)).toEqual(["C: DELE 5", expect.stringContaining("message 5 marked")]);

  await clicks(lab, "undo");
  expect(await lab.facts()).toEqual(past);
  await clicks(lab, "step-last");
  expect([await lab.said(), await lab.facts()]).toEqual(whole);
  await clicks(lab, "redo");
  expect([await lab.said(), await lab.facts()]).toEqual(forked);
  expect(await idle(lab, "redo")).toEqual([true]);
});

test("Undo goes back line by line to the greeting, is idle there, and Redo goes all the way on", async ({ page }) => {
  const lab = await Lab.open(page);
  expect(await idle(lab, "undo", "redo")).toEqual([true, true]);
  for (const id of ["undo", "redo", "step-forward", "step-last"]) {
    await lab.button(id).press("Enter");
    await lab.settles();
    await expect(lab.button(id)).toBeFocused();
  }
  await expect(lab.rows).toHaveCount(3);

  const moments = [await lab.facts()];
  for (const line of ["USER alice", "PASS wonderland", "DELE 3", "RETR 1"]) {
    await lab.prompt.focus();
    await lab.types(line);
    moments.push(await lab.facts());
  }
  for (const moment of moments.slice(0, -1).reverse()) {
    await clicks(lab, "undo");
    expect(await lab.facts()).toEqual(moment);
  }
  expect(await idle(lab, "undo", "redo")).toEqual([true, false]);
  for (const moment of moments.slice(1)) {
    await clicks(lab, "redo");
    expect(await lab.facts()).toEqual(moment);
  }
  expect(await idle(lab, "undo", "redo")).toEqual([false, true]);
  // Something new: what was taken back is gone.
  await clicks(lab, "undo");
  await lab.prompt.focus();
  await lab.types("NOOP");
  expect(await idle(lab, "redo")).toEqual([true]);
});

test("starting over, a dropped line and a delivery can be taken back", async ({ page }) => {
  const lab = await Lab.open(page);
  await lab.logsIn();
  await lab.types("DELE 2");
  for (const id of ["start-over", "drop-line", "disconnect", "let-time-pass"]) {
    await test.step(id, async () => {
      const before = [await lab.said(), await lab.facts()];
      await clicks(lab, id);
      expect(await lab.said()).not.toEqual(before[0]);
      await clicks(lab, "undo");
      expect([await lab.said(), await lab.facts()]).toEqual(before);
    });
  }
  const before = await lab.facts();
  await lab.delivers("note");
  expect((await lab.messages()).length).toBe(9);
  await clicks(lab, "undo");
  expect(await lab.facts()).toEqual(before);
});

test("a session typed while stepping about in time has exactly the rows that it should have", async ({ page }) => {
  test.setTimeout(90_000);
  const lab = await Lab.open(page);
  await lab.logsIn();
  // The same on every run.
  let seed = 110;
  const dice = (sides) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * sides);
  };
  const POOL = [
    ["NOOP", "+OK still here"],
    ["LIST 3", /^\+OK 3 \d+$/],
    ["NOOP 1", /^-ERR/],
    ["UIDL 2", /^\+OK 2 /],
    ["XYZZY", /^-ERR/],
  ];
  const first = await lab.said();
  const login = first.length;
  let rows = first.map((row) => row.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const patterns = (rows) => rows.map((row) => expect.stringMatching(row));
  for (let turn = 0; turn < 14; turn += 1) {
    // To somewhere between the login and the end, by the slider or by steps.
    const place = login + dice(rows.length - login + 1);
    if (dice(2) === 0) await lab.slider.fill(String(place));
    else while ((await lab.facts()).line > place) await clicks(lab, "step-back");
    await lab.settles();
    expect(await lab.said()).toEqual(patterns(rows.slice(0, place)));

    const [line, answer] = POOL[dice(POOL.length)];
    const past = (await lab.place.innerText()).includes("the past");
    await lab.prompt.focus();
    await lab.types(line);
    const before = rows;
    // A command that was under way is answered first.
    const kept = place + ((place - login) % 2);
    const said = typeof answer === "string" ? `^S: ${answer.replace("+", "\\+")}$` : `^S: ${answer.source.slice(1)}`;
    rows = [...rows.slice(0, kept), `^C: ${line}$`, said];
    expect(await lab.said(), `turn ${turn}: ${line} at ${place}`).toEqual(patterns(rows));
    await expect(lab.hint).toContainText(past ? "never happened" : /^$/);
    if (dice(3) === 0) {
      const after = await lab.said();
      await clicks(lab, "undo");
      if (past) await clicks(lab, "step-last");
      expect(await lab.said()).toEqual(patterns(before));
      await clicks(lab, "redo");
      expect(await lab.said()).toEqual(after);
    }
  }
  // And the whole of it can be walked through again.
  const all = await lab.said();
  await clicks(lab, "step-first");
  await clicks(lab, "step-last");
  expect(await lab.said()).toEqual(all);
});
