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

async function control(command) {
  const response = await fetch('/sandbox/control', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(command),
  });
  const { detail, done } = await response.json();
  said.hidden = false;
  said.textContent = done ?? detail;
  said.className = response.ok ? 'notice good' : 'notice bad';
  await refresh();
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-command]');
  if (button) control(JSON.parse(button.dataset.command));
});

document.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-action]');
  if (!form) return;
  event.preventDefault();
  const fields = [...new FormData(form)].filter(([, value]) => value !== '');
  const numbers = new Set(['status', 'ms', 'share', 'retryAfter']);
  const read = ([name, value]) => [name, form.dataset.action === 'fault' && numbers.has(name) ? Number(value) : value];
  control({ action: form.dataset.action, ...Object.fromEntries(fields.map(read)) });
});

new EventSource('/sandbox/changes').onmessage = refresh;
`;
