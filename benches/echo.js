// Answers each line by appending it to a log of fixed height, with nothing between the key and the row.
const log = document.getElementById('log');
const input = document.querySelector('input');

// By CSSOM, since the page's policy allows no inline style.
Object.assign(log.style, { height: '25rem', overflowY: 'auto', fontFamily: 'monospace' });

document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  append('client', `C: ${input.value}`);
  append('server', `S: ${input.value}`);
  input.value = '';
  log.scrollTop = log.scrollHeight;
});
input.focus();

function append(from, text) {
  const row = document.createElement('div');
  row.dataset.from = from;
  row.textContent = text;
  log.append(row);
}
