import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { createClient } from 'nectar-openapi';
import type { Page } from 'puppeteer-core';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../scripts/cli/serve.ts';
import { curlOf, inviteCall } from '../../scripts/nectar/pages/samples.ts';
import { accessibilityFindings, colorsAlone, widthAlone } from '../docs/accessibility.ts';
import { programOf } from '../docs/source.ts';
import { useBrowser } from '../helpers/shared.ts';
import { localized, runSnippet } from '../helpers/snippets.ts';
import { useSandbox } from './running.ts';

const served = useSandbox();
const owner = 'dana.reyes@harborstreet.example';

const browser = useBrowser();

async function openTab(url: string): Promise<Page> {
  const context = await browser().createBrowserContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  await page.setViewport({ width: 1200, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    // The 404 or 410 of a dead link is expected, and the 400 of a refused command.
    if (message.type() === 'error' && !/status of 4(?:00|04|10)/.test(message.text()))
      problems.push(message.text());
  });
  onTestFinished(() => expect(problems).toEqual([]));
  await page.goto(url, { waitUntil: 'load' });
  return page;
}

const textOf = (page: Page) => page.evaluate(() => document.body.innerText);

/** Waits until a page shows a text, which it may get by itself. */
const shows = (page: Page, text: string) =>
  page.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text);

async function submit(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
  await Promise.all([page.waitForNavigation(), page.locator('button.main').click()]);
}

/** The receiver of the docs, as a process of its own. */
async function startReceiver() {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-receiver-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'receiver.mts');
  writeFileSync(file, localized(programOf('receiver.ts'), served.url));
  const receiver = spawn(process.execPath, [file], {
    env: { ...process.env, PORT: '0', NECTAR_WEBHOOK_SECRET: served.sandbox.webhookSecret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    receiver.kill();
    if (receiver.exitCode === null && receiver.signalCode === null) await once(receiver, 'close');
  });
  const lines = createInterface(receiver.stdout)[Symbol.asyncIterator]();
  const nextLine = async () => String((await lines.next()).value);
  const [, port] = /port: (\d+)/.exec(await nextLine()) ?? [];
  return { url: `http://127.0.0.1:${port}`, nextLine };
}

test('a person opens the mail, fails once, succeeds, and the receiver of the docs hears of it', async () => {
  const receiver = await startReceiver();
  await served.sandbox.setReceiver({ url: receiver.url });
  onTestFinished(() => served.sandbox.setReceiver(undefined));
  const nectar = createClient({ apiKey: served.sandbox.key, baseUrl: `${served.url}/v2` });
  const { id } = served.sandbox.connections.passwordIncorrect;

  const page = await openTab(`${served.url}/sandbox/mail`);
  const control = await openTab(served.url);
  expect(await textOf(page)).toContain('No mail yet');
  const invitation = await nectar.createReconnectInvitation(id, {
    allowedEmails: [owner],
    maxUses: 1,
    sendEmail: true,
  });
  // The pages follow by themselves.
  await shows(page, 'Please reconnect Cascadia Power');
  await shows(control, 'used 0 of 1');
  await Promise.all([page.waitForNavigation(), page.locator('article a').click()]);
  expect(await textOf(page)).toContain('Reconnect Cascadia Power');

  await submit(page, { password: 'wrong' });
  expect(await page.$eval('[role=alert]', ({ textContent }) => textContent)).toContain(
    'has refused this login',
  );
  expect((await nectar.getConnection(id)).status).toBe('PASSWORD_INCORRECT');
  await submit(page, { password: 'right-with-code' });
  expect(await textOf(page)).toContain('The portal has sent you a code');
  await submit(page, { code: '999999' });
  expect(
    await page.$eval(
      '[name=code] ~ *, label:has([name=code]) + [role=alert]',
      ({ textContent }) => textContent,
    ),
  ).toBe('The portal has refused this code.');
  // The password is still in the form.
  await submit(page, { code: '123456' });
  expect(await textOf(page)).toContain('Thank you');

  expect(await receiver.nextLine()).toContain(`${id} has changed: [ 'credentials', 'status' ]`);
  expect(await receiver.nextLine()).toBe(`${id} is CONNECTED.`);
  expect((await nectar.getInvitation(invitation.id)).status).toBe('FULFILLED');
  await shows(control, 'FULFILLED');
  await page.goto(invitation.invitationUrl);
  expect(await textOf(page)).toContain('This link has been used');
});

test('the recipe of the docs invites each owner once, and they reconnect', async () => {
  const receiver = await startReceiver();
  await served.sandbox.setReceiver({ url: receiver.url });
  onTestFinished(() => served.sandbox.setReceiver(undefined));
  // On this machine, no request is on its way for long.
  const code = programOf('reconnectCompany.ts').replace('120_000', '1');
  const run = () =>
    runSnippet({ place: 'reconnectCompany.ts', code }, `${served.url}/v2`, served.sandbox.key);
  expect((await run()).match(/is waiting for/g)).toHaveLength(4);
  expect((await run()).match(/has an invitation already/g)).toHaveLength(4);
  expect(
    served.sandbox
      .mails()
      .map(({ to }) => to)
      .sort(),
  ).toEqual([
    owner,
    'facilities@harborstreet.example',
    'lee.okafor@harborstreet.example',
    'sam.ito@harborstreet.example',
  ]);
  for (const { link } of served.sandbox.mails())
    expect(await served.sandbox.recipient(link).submit({ password: 'right' })).toBe('accepted');
  const lines = [];
  for (let line = 0; line < 8; line++) lines.push(await receiver.nextLine());
  expect(lines.filter((line) => line.endsWith('is CONNECTED.'))).toHaveLength(4);
  expect(await run()).toBe('');
});

test('a recipient without a mail verifies the address first, and a new connection is created', async () => {
  const nectar = createClient({ apiKey: served.sandbox.key, baseUrl: `${served.url}/v2` });
  const { invitationUrl } = await nectar.createConnectionInvitation(served.sandbox.company.id, {
    allowedEmails: [owner],
    prefill: { url: 'https://www.sounderagas.example', country: 'US' },
  });
  const page = await openTab(invitationUrl);
  await submit(page, { email: 'eve@example.com' });
  expect(await textOf(page)).toContain('not for this address');
  await submit(page, { email: owner });
  await Promise.all([page.waitForNavigation(), page.locator('main a').click()]);
  await Promise.all([page.waitForNavigation(), page.locator('article a').click()]);
  expect(await page.$eval('[name=url]', (input) => (input as HTMLInputElement).value)).toBe(
    'https://www.sounderagas.example',
  );
  await submit(page, { username: 'me', password: 'right' });
  expect(await textOf(page)).toContain('Thank you');
  expect(served.sandbox.allConnections().at(-1)).toMatchObject({ username: 'me', status: 'CONNECTED' });
});

test('the control page invites and revokes, and copies the code for it', async () => {
  const page = await openTab(served.url);
  await page
    .browserContext()
    .overridePermissions(served.url, ['clipboard-read', 'clipboard-sanitized-write']);
  const row = '#connections li';
  await page.locator(`${row} [data-command*=invite]`).click();
  await shows(page, `The invitation was sent to ${owner}.`);
  expect(served.sandbox.mails()).toMatchObject([{ to: owner }]);
  const copied = async (name: string) => {
    await page.locator(`${row} [aria-label="Copy the invitation of Cascadia Power with ${name}"]`).click();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await copied('curl')).toBe(
    curlOf(inviteCall(served.sandbox, served.url, served.sandbox.connections.passwordIncorrect)),
  );
  const code = await copied('TypeScript');
  expect(await runSnippet({ place: 'the control page', code }, served.url)).toMatch(/^ACTIVE http/);
  // What is open stays open, and keeps the focus, when the page follows.
  await page.locator('#invitations summary').click();
  await page.locator('#invitations [data-command*=revoke]').click();
  await shows(page, 'The invitation was revoked.');
  await page.waitForSelector('#invitations details[open] ::-p-text(revoked)');
  expect(served.sandbox.invitations().map(({ status }) => status)).toEqual(['ACTIVE', 'REVOKED']);
});

test('an error stands below its field, which has the focus', async () => {
  const page = await openTab(served.url);
  await page.setViewport({ width: 390, height: 900 });
  await page.locator('[name=url]').fill('ftp://a');
  await page.locator('[data-action=receiver] button').click();
  const error = await page.waitForSelector('[name=url]:focus[aria-invalid=true] + [role=alert]');
  expect(await error?.evaluate(({ textContent }) => textContent)).toBe(
    'Enter an address that begins with http:// or https://.',
  );
  await page.locator('[name=kind]').fill('status');
  await page.locator('[name=status]:not(select)').fill('99');
  await page.locator('[data-action=fault] button').click();
  await page.waitForSelector('[data-action=fault] [name=status]:focus + [role=alert]');
  expect(served.sandbox.faults.list()).toEqual([]);
  await page.locator('[name=status]:not(select)').fill('503');
  await page.locator('[data-action=fault] button').click();
  await shows(page, 'Pending faults');
  expect(served.sandbox.faults.list()).toEqual([{ kind: 'status', status: 503, retryAfter: 1 }]);
});

test('the control page breaks a connection, advances the clock, injects a fault, and resets after a question', async () => {
  const page = await openTab(served.url);
  await page.locator('[data-command*="PASSWORD_INCORRECT"]').click();
  await shows(page, 'The connection is PASSWORD_INCORRECT.');
  expect(served.sandbox.connections.connected.status).toBe('PASSWORD_INCORRECT');
  await shows(page, 'connection.validated.v2');
  const before = served.sandbox.clock.now();
  await page.locator('::-p-text(+ 8 days)').click();
  await shows(page, 'It is ');
  expect(served.sandbox.clock.now().getTime() - before.getTime()).toBeGreaterThan(7.9 * 86_400_000);
  await page.locator('[data-action=fault] button').click();
  await shows(page, 'Pending faults');
  expect(served.sandbox.faults.list()).toEqual([{ kind: 'lose' }]);
  await page.locator('[data-open]').click();
  await page.keyboard.press('Escape');
  expect(served.sandbox.faults.list()).toEqual([{ kind: 'lose' }]);
  await page.locator('[data-open]').click();
  expect(await accessibilityFindings(page, {}, 'dialog')).toEqual([]);
  await page.locator('dialog .danger').click();
  await shows(page, 'The sandbox was reset.');
  expect(served.sandbox.connections.connected.status).toBe('CONNECTED');
});

test('no page has an accessibility finding or scrolls sideways, in light and dark, wide and narrow', async () => {
  const nectar = createClient({ apiKey: served.sandbox.key, baseUrl: `${served.url}/v2` });
  const { connected, passwordIncorrect } = served.sandbox.connections;
  const open = await nectar.createReconnectInvitation(connected.id, { maxUses: 1 });
  const gated = await nectar.createReconnectInvitation(passwordIncorrect.id, {
    allowedEmails: [owner],
    sendEmail: true,
  });
  const blank = await nectar.createConnectionInvitation(served.sandbox.company.id);
  await served.sandbox.setStatus(connected.id, 'WEBSITE_DOWN');
  served.sandbox.faults.add({ kind: 'drop', operation: 'ping' });
  const urls = [
    served.url,
    `${served.url}/sandbox/mail`,
    open.invitationUrl,
    gated.invitationUrl,
    blank.invitationUrl,
  ];
  for (const url of [...urls, `${open.invitationUrl}?done`, `${served.url}/p/i/nothing`]) {
    const page = await openTab(url);
    for (const each of await page.$$('summary')) await each.click();
    expect(await accessibilityFindings(page, {}), url).toEqual([]);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    expect(await accessibilityFindings(page, colorsAlone), `${url}, dark`).toEqual([]);
    for (const width of [1200, 390]) {
      await page.setViewport({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), url).toBeLessThanOrEqual(width);
    }
    expect(await accessibilityFindings(page, widthAlone), `${url}, narrow`).toEqual([]);
  }
});

test('a page that another server of this machine shows can call the API', async () => {
  const html = { headers: { 'content-type': 'text/html' } };
  const respond = () => new Response('<!doctype html><link rel="icon" href="data:,">', html);
  const server = await serve({ port: 0, call: 'npm run none', respond });
  onTestFinished(() => server.close());
  const page = await openTab(server.url.replace('127.0.0.1', 'localhost'));
  const { id } = served.sandbox.connections.connected;
  const maxUses = await page.evaluate(
    async (url, key) => {
      const headers = { 'x-api-key': key, 'content-type': 'application/json' };
      const response = await fetch(url, { method: 'POST', headers, body: '{"maxUses":3}' });
      return ((await response.json()) as { maxUses: number }).maxUses;
    },
    `${served.url}/v2/invitation/connection/${id}`,
    served.sandbox.key,
  );
  expect(maxUses).toBe(3);
});
