import type { Connection, Invitation } from '../../../generated/schema.ts';
import { type Html, html, respondPage } from '../../sandbox/pages/html.ts';
import { facts } from '../../sandbox/pages/parts.ts';
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
    return show(desk, link, { email: field('email') }, ['email', 'The invitation is not for this address.']);
  }
  const filledIn = {
    username: field('username'),
    password: field('password'),
    code: field('code'),
    url: field('url'),
  };
  const submitted = await desk.submit(link, filledIn);
  if (submitted === 'accepted') {
    const done = new URL(link);
    done.searchParams.set('done', '');
    return new Response(null, { status: 303, headers: { location: done.pathname + done.search } });
  }
  const { username, password, url } = filledIn;
  if (submitted === 'refused') {
    const problem: Problem = ['password', 'The portal has refused this login. Check it and submit it again.'];
    return show(desk, link, { username, url }, problem);
  }
  if (submitted === 'code-needed') {
    // Only this response has the password, so that its sender need not type it once more for another code.
    const typed = { username, url, password, code: '' };
    return show(
      desk,
      link,
      typed,
      filledIn.code === '' ? undefined : ['code', 'The portal has refused this code.'],
    );
  }
  return show(desk, link);
}

/** What the recipient has typed, by the names of the fields. With a code, the portal has asked for one. */
type Typed = Partial<Record<'email' | 'username' | 'password' | 'url' | 'code', string | undefined>>;

/** A field, and what is wrong with it. */
type Problem = [field: keyof Typed, text: string];

function show(desk: Desk, link: string, typed: Typed = {}, problem?: Problem): Response {
  const opened = desk.open(link);
  if (opened.page === 'dead') {
    const [title, text] = deadLinks[opened.reason];
    return card(title, html`<p>${text}</p>`, opened.reason === 'unknown' ? 404 : 410);
  }
  const { page, invitation, connection } = opened;
  if (page === 'gate') {
    return card(
      'Is this link for you?',
      html`<p>It was created for certain people. Enter your address, and we send you a mail.</p>
<form method="post">${field('email', 'E-mail address', typed, problem, html`type="email" autocomplete="email"`)}
<button class="main">Send me the mail</button></form>`,
    );
  }
  const title = connection ? `Reconnect ${connection.datasource?.name}` : 'Connect a utility account';
  return card(
    title,
    html`${typed.code !== undefined && !problem && html`<p class="notice" role="status">The portal has sent you a code. Enter it with your login.</p>`}
${form(invitation, connection, typed, problem)}
<p class="soft small">This is a sandbox. The password <code>right</code> works; <code>right-with-code</code> works with the code <code>123456</code>; any other is refused.</p>`,
  );
}

function field(
  name: keyof Typed,
  label: string,
  typed: Typed,
  problem: Problem | undefined,
  more: Html,
): Html {
  const wrong = problem?.[0] === name && problem[1];
  return html`<label>${label}<input name="${name}" value="${typed[name]}" required ${more}${wrong && html` aria-invalid="true" aria-describedby="error" autofocus`}></label>
${wrong && html`<p class="error" id="error" role="alert">${wrong}</p>`}`;
}

function form(
  { prefill }: Invitation,
  connection: Connection | undefined,
  typed: Typed,
  problem: Problem | undefined,
): Html {
  const about = connection
    ? { Company: connection.company?.name, Portal: connection.url, Status: connection.statusErrorDetail }
    : {
        Country: prefill.country,
        Data: prefill.utilityTypes?.join(', '),
        Owner: prefill.connectionOwnerEmail,
        From: prefill.dataCollectionStartDate,
      };
  const values = { username: connection?.username, url: prefill.url, ...typed };
  const input = (name: keyof Typed, label: string, more: Html) => field(name, label, values, problem, more);
  return html`${facts(about)}
<form method="post">
${!connection && input('url', 'Address of the portal', html`type="url"`)}
${input('username', 'User name', html`autocomplete="off"`)}
${input('password', 'Password', html`type="password" autocomplete="off"`)}
${typed.code !== undefined && input('code', 'Code', html`inputmode="numeric" autocomplete="one-time-code"`)}
<button class="main">${connection ? 'Reconnect' : 'Connect'}</button></form>`;
}

function card(title: string, content: Html, status = 200): Response {
  return respondPage({
    title,
    status,
    main: html`<main class="narrow"><div class="card"><h1>${title}</h1>${content}</div></main>`,
  });
}
