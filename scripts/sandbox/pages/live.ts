/** The script of the live pages: shows changes, and sends the commands of buttons and forms. */
export const liveScript = `
const live = document.getElementById('live');
const said = document.getElementById('said');

async function refresh() {
  const response = await fetch(location.href);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const focused = document.activeElement?.id;
  const open = [...live.querySelectorAll('details[open]')].map((each) => each.id);
  live.replaceChildren(...page.getElementById('live').childNodes);
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (focused) document.getElementById(focused)?.focus();
  const clock = document.getElementById('clock');
  if (clock) clock.textContent = page.getElementById('clock').textContent;
}

function say(text, isGood) {
  said.hidden = false;
  said.textContent = text;
  said.className = 'notice toast ' + (isGood ? 'good' : 'bad');
}

/** A problem stands below the field with whose name it begins, or else below the form. */
function complain(form, text) {
  const named = [...form.elements].find(({ name }) => name && text.startsWith(name + ' '));
  const problem = document.createElement('p');
  problem.className = 'problem bad small';
  problem.setAttribute('role', 'alert');
  problem.textContent = text;
  (named?.closest('label') ?? form.lastElementChild).after(problem);
  named?.setAttribute('aria-invalid', 'true');
  named?.focus();
}

async function control(command, form) {
  for (const each of form?.querySelectorAll('.problem') ?? []) each.remove();
  for (const each of form?.elements ?? []) each.removeAttribute('aria-invalid');
  const response = await fetch('/sandbox/control', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(command),
  });
  const { detail, done } = await response.json();
  if (form && !response.ok) complain(form, detail);
  else say(done ?? detail, response.ok);
  await refresh();
}

/** Calls the API, as a program would. */
async function call({ method, path, key, body, done }) {
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  const response = await fetch(path, { method, headers, body: JSON.stringify(body) }).catch((error) => ({
    json: () => ({ detail: String(error) }),
  }));
  const { detail = response.status } = await response.json().catch(() => ({}));
  say(response.ok ? done : 'The call failed: ' + detail, response.ok);
  await refresh();
}

document.addEventListener('click', async ({ target }) => {
  const button = target.closest('button');
  const { command, request, copy, ask } = button?.dataset ?? {};
  if (command) control(JSON.parse(command));
  if (request) call(JSON.parse(request));
  if (ask) document.getElementById(ask).showModal();
  if (copy === undefined) return;
  await navigator.clipboard.writeText(copy);
  say('Copied.', true);
});

document.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-action]');
  if (!form) return;
  event.preventDefault();
  // A field that is not shown belongs to another choice.
  const fields = [...new FormData(form)].filter(([name, value]) => value !== '' && form.elements[name].offsetParent);
  const isNumber = (name) => 'numbers' in form.dataset && ['status', 'ms', 'share', 'retryAfter'].includes(name);
  const read = ([name, value]) => [name, isNumber(name) ? Number(value) : value];
  control({ action: form.dataset.action, ...Object.fromEntries(fields.map(read)) }, form);
});

new EventSource('/sandbox/changes').onmessage = refresh;
`;
