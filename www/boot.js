// Starts the engine, and outlives it: keeps what is typed before it arrives, keeps the session as text,
// and explains itself when the engine cannot start or breaks.

const WORDS = {
  en: {
    crash: 'The engine has stopped',
    crashText: 'Something went wrong inside POP3 Lab. Your session up to here is kept below.',
    start: 'The engine could not start',
    startText: 'POP3 Lab needs WebAssembly. Please use a recent browser, or allow WebAssembly for this site.',
    copy: 'Copy the session',
    copied: 'Copied.',
    again: 'Start again',
    details: 'What happened',
    session: 'The session so far',
    none: '(nothing yet)',
  },
  ja: {
    crash: 'エンジンが停止しました',
    crashText: 'POP3 Lab の中で問題が起きました。ここまでのセッションは下に残っています。',
    start: 'エンジンを起動できませんでした',
    startText: 'POP3 Lab には WebAssembly が必要です。新しいブラウザーを使うか、このサイトで WebAssembly を許可してください。',
    copy: 'セッションをコピー',
    copied: 'コピーしました。',
    again: '最初からやり直す',
    details: 'エラーの内容',
    session: 'ここまでのセッション',
    none: '（まだありません）',
  },
};

/** What was typed before the engine arrived, and the words it speaks; the engine reads it when it mounts. */
const shell = {
  lines: [],
  language: languageOfPage(),
  words: {},
  get text() { return prompt.value; },
  get focused() { return document.activeElement === prompt; },
};
window.pop3labShell = shell;

/** The session as lines, and what is being done. A panic poisons the engine's memory: they are kept out here. */
let session = [];
let doing = '';
let over = false;

// The shell is the lab's: whoever comes for the comparison sees the head alone until it is there.
if (location.hash.startsWith('#/compare')) document.querySelector('.shell').classList.add('elsewhere');

const form = document.getElementById('shell-form');
const prompt = document.getElementById('shell-prompt');
form.addEventListener('submit', (event) => {
  event.preventDefault();
  shell.lines.push(prompt.value);
  prompt.value = '';
  document.getElementById('shell-wait').textContent = `(${shell.lines.length})`;
});
if (!matchMedia('(pointer: coarse)').matches && window.top === window) prompt.focus();

window.addEventListener('pop3lab:doing', (event) => { doing = event.detail; });
window.addEventListener('pop3lab:session', (event) => {
  // How many lines stay as they are, then the others.
  const [known, ...lines] = event.detail.split('\n');
  session = session.slice(0, Number(known)).concat(lines);
  doing = '';
});
// A program that was built to be changed says why it panicked. The published one just ends: what it leaves is where it was, in
// numbers that `cargo xtask size` has names for.
window.addEventListener('pop3lab:crash', (event) => explain('crash', event.detail));
window.addEventListener('error', (event) => ended(event.error));
window.addEventListener('unhandledrejection', (event) => ended(event.reason));
Error.stackTraceLimit = 50;

// Trunk names the hashed files in these links.
const script = document.querySelector('link[rel="modulepreload"]').href;
const program = document.querySelector('link[rel="preload"][href$=".wasm"]').href;

/** Fetches the words of a language. They lie beside the program and are named after it: the two are never of different versions. */
async function fetchWords(language) {
  const response = await fetch(program.replace('_bg.wasm', `_${language}.txt`));
  if (!response.ok) throw new Error(`${response.status}: ${response.url}`);
  shell.words[language] = await response.text();
}

window.addEventListener('pop3lab:fetch', async (event) => {
  // Where it fails, the engine sees that the words are not there.
  await fetchWords(event.detail).catch(() => {});
  window.dispatchEvent(new CustomEvent('pop3lab:fetched'));
});

try {
  // The program is under way already, by its link: the words come with it, and before it.
  const [{ default: init }] = await Promise.all([import(script), fetchWords(shell.language)]);
  await init({ module_or_path: program });
} catch (error) {
  ended(error);
  explain('start', String(error));
}

/** Explains an error if it is one that ends the engine. */
function ended(error) {
  if (!(window.WebAssembly && error instanceof WebAssembly.RuntimeError)) return;
  // Some browsers begin the stack with the error itself.
  explain('crash', `${error}\n${String(error.stack).replace(`${error}\n`, '')}`);
}

/** Covers the page with what happened, the session to copy, and a way to begin again. */
function explain(what, message) {
  if (over) return;
  over = true;
  const language = languageOfPage();
  const words = WORDS[language];
  const copied = element('span', { role: 'status' });
  const text = [...session, doing].filter(Boolean).join('\n');
  const copy = element('button', { type: 'button', class: 'button', 'data-testid': 'copy-session' }, words.copy);
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // No clipboard here: select the text, so that a keystroke copies it.
      getSelection().selectAllChildren(document.getElementById('crash-session'));
      if (!document.execCommand('copy')) return;
    }
    copied.textContent = words.copied;
  });
  const again = element('button', { type: 'button', class: 'button strong' }, words.again);
  // Without the hash: whatever it asked for may be what broke the engine.
  again.addEventListener('click', () => location.replace(location.pathname + location.search));
  const page = element('main', { class: 'error-page', 'data-testid': 'error-page', lang: language });
  page.append(
    element('h1', { id: 'crash-title', tabindex: '-1' }, words[what]),
    element('p', {}, words[`${what}Text`]),
    element('p', { class: 'group' }, again, copy, copied),
    element('h2', {}, words.details),
    element('pre', { tabindex: '0' }, message),
    element('h2', {}, words.session),
    element('pre', { id: 'crash-session', tabindex: '0' }, text || words.none),
  );
  document.body.replaceChildren(page);
  document.getElementById('crash-title').focus();
}

function languageOfPage() {
  let chosen;
  try {
    chosen = localStorage.getItem('pop3lab.language');
  } catch {
    // Storage is forbidden: ask the browser below.
  }
  const tags = [chosen, ...navigator.languages].filter(Boolean);
  const known = tags.map((tag) => tag.split('-')[0]).find((tag) => tag in WORDS);
  return known ?? 'en';
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
