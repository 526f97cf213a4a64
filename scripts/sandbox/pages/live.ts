/** The script of the live pages: shows changes, copies, and sends the commands of buttons and forms. */
export const liveScript = `
const byId = (id) => document.getElementById(id);
const keyOf = (element) => element && (element.id || element.dataset.copy || element.dataset.command || element.parentElement?.id);
let reading;

function refresh() {
  reading ??= read().finally(() => (reading = undefined));
  return reading;
}

async function read() {
  const response = await fetch(location.href);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const focused = part.contains(document.activeElement) && keyOf(document.activeElement);
    const open = [...part.querySelectorAll('details[open]')].map((each) => each.id);
    part.replaceChildren(...page.getElementById(part.id).childNodes);
    for (const each of open) byId(each)?.setAttribute('open', '');
    if (focused) [...part.querySelectorAll('button, summary, a, pre')].find((each) => keyOf(each) === focused)?.focus();
  }
}

let timer;
function say(text, ok) {
  const said = byId('said');
  said.setAttribute('role', ok ? 'status' : 'alert');
  said.textContent = text;
  said.className = ok ? 'toast' : 'toast bad';
  clearTimeout(timer);
  if (ok) timer = setTimeout(() => (said.textContent = ''), 6000);
}

/** An error stands below the field that it names, or else at the bottom of the window. */
function complain(form, text) {
  const name = text.split(' ')[0];
  const field = form?.elements[name];
  if (!field) return say(text, false);
  const note = document.createElement('span');
  note.className = 'error';
  note.id = 'error-' + name;
  note.setAttribute('role', 'alert');
  field.after(note);
  note.textContent = text.slice(name.length).trim().replace(/^is /, 'Enter ');
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', note.id);
  field.focus();
}

async function control(command, form) {
  for (const note of form?.querySelectorAll('.error') ?? []) note.remove();
  for (const field of form?.querySelectorAll('[aria-invalid]') ?? []) field.removeAttribute('aria-invalid');
  const response = await fetch('/sandbox/control', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(command),
  });
  const { detail, done } = await response.json();
  if (response.ok) say(done, true);
  else complain(form, detail);
  await refresh();
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  if (!button) return;
  const { command, copy, open } = button.dataset;
  if (open) byId(open).showModal();
  if (command) {
    button.closest('dialog')?.close();
    control(JSON.parse(command));
  }
  if (copy) navigator.clipboard.writeText(copy).then(() => say('Copied.', true), ({ message }) => say(message, false));
});

document.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-action]');
  if (!form) return;
  event.preventDefault();
  const command = { action: form.dataset.action };
  for (const { name, value, type } of form.elements)
    if (name && value !== '' && form.elements[name].checkVisibility())
      command[name] = type === 'number' || name === 'share' ? Number(value) : value;
  control(command, form);
});

new EventSource('/sandbox/changes').onmessage = refresh;
`;
