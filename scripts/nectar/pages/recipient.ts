import type { Connection, Invitation } from '../../../generated/schema.ts';
import { type Html, html, respondPage } from '../../sandbox/pages/html.ts';
import type { Credentials } from '../invitations.ts';
import type { Opened, Submitted } from '../recipient.ts';

/** The actions of the recipient's page. */
export interface Desk {
  open(
    link: string,
  ):
    | Extract<Opened, { page: 'dead' }>
    | { page: 'form' | 'gate'; invitation: Invitation; connection: Connection | undefined };
  proveAddress(link: string, address: string): boolean;
  submit(link: string, credentials: Credentials): Promise<Submitted>;
}

const deadLinks = {
  expired: ['This link has expired', 'Ask the sender for a new one.'],
  revoked: ['This link was revoked', 'The sender has revoked it.'],
  fulfilled: ['This link has been used', 'There is nothing left to do.'],
  unknown: ['This link does not exist', 'Check that you copied the whole link.'],
} as const;

/** The page of an invitation link. */
export async function recipientPage(request: Request, desk: Desk): Promise<Response> {
  const link = request.url;
  if (new URL(link).searchParams.has('done'))
    return card(
      'Thank you',
      html`<p class="notice good">It worked: the portal has accepted the login. You can close this page.</p>`,
    );
  if (request.method !== 'POST') return show(desk, link);

  const fields = new URLSearchParams(await request.text());
  const field = (name: string) => fields.get(name) ?? '';
  if (fields.has('email')) {
    if (desk.proveAddress(link, field('email'))) {
      return card(
        'Check your mail',
        html`<p>We have sent you the link again. Open it from the mail to verify your address.</p>
<p class="soft small">This is a sandbox: the mail is in <a href="/sandbox/mail">its mailbox</a>.</p>`,
      );
    }
    return show(desk, link, 'The invitation is not for this address.');
  }
  const submitted = await desk.submit(link, {
    username: field('username'),
    password: field('password'),
    code: field('code'),
    url: field('url'),
  });
  if (submitted === 'accepted') {
    const done = new URL(link);
    done.searchParams.set('done', '');
    return new Response(null, { status: 303, headers: { location: done.pathname + done.search } });
  }
  if (submitted === 'refused')
    return show(desk, link, 'The portal has refused this login. Check it and submit it again.');
  if (submitted === 'code-needed') {
    const problem = field('code') === '' ? undefined : 'The portal has refused this code.';
    return show(desk, link, problem, { username: field('username'), password: field('password') });
  }
  return show(desk, link);
}

/** @param known what the portal has accepted, when it asks for a code as well */
function show(desk: Desk, link: string, problem?: string, known?: Known): Response {
  const opened = desk.open(link);
  if (opened.page === 'dead') {
    const [title, text] = deadLinks[opened.reason];
    return card(title, html`<p>${text}</p>`, opened.reason === 'unknown' ? 404 : 410);
  }
  const alert = problem !== undefined && html`<p class="notice bad" role="alert">${problem}</p>`;
  const { page, invitation, connection } = opened;
  if (page === 'gate') {
    return card(
      'Is this link for you?',
      html`${alert}<p>It was created for certain people. Enter your address, and we send you a mail.</p>
<form method="post"><label>E-mail address<input name="email" type="email" required autocomplete="email"></label>
<button class="main">Send me the mail</button></form>`,
    );
  }
  const title = connection ? `Reconnect ${connection.datasource?.name}` : 'Connect a utility account';
  return card(
    title,
    html`${alert}${known && html`<p class="notice calm" role="status">The portal has sent you a code. Enter it with your login.</p>`}
${form(invitation, connection, known)}
<p class="soft small">This is a sandbox. The password <code>right</code> works; <code>right-with-code</code> works with the code 123456; any other is refused.</p>`,
  );
}

interface Known {
  username: string;
  password: string;
}

function form({ prefill }: Invitation, connection: Connection | undefined, known: Known | undefined): Html {
  const about = connection
    ? { Company: connection.company?.name, Portal: connection.url, Status: connection.statusErrorDetail }
    : {
        Country: prefill.country,
        Data: prefill.utilityTypes?.join(', '),
        Owner: prefill.connectionOwnerEmail,
        From: prefill.dataCollectionStartDate,
      };
  const rows = Object.entries(about).filter(([, value]) => value);
  return html`${rows.length > 0 && html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`}
<form method="post">
${!connection && html`<label>Address of the portal<input name="url" type="url" required value="${prefill.url ?? ''}"></label>`}
<label>User name<input name="username" value="${known?.username ?? connection?.username ?? ''}" autocomplete="off" required></label>
<label>Password<input name="password" type="password" value="${known?.password ?? ''}" autocomplete="off" required></label>
${known && html`<label>Code<input name="code" inputmode="numeric" autocomplete="one-time-code" required></label>`}
<button class="main">${connection ? 'Reconnect' : 'Connect'}</button></form>`;
}

function card(title: string, content: Html, status = 200): Response {
  return respondPage({
    title,
    status,
    main: html`<main class="narrow"><div class="card"><h1>${title}</h1>${content}</div></main>`,
  });
}
