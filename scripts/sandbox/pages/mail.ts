import type { EngineSandbox } from '../sandbox.ts';
import { html, navigation, respondPage, time } from './html.ts';
import type { ServicePages } from './pages.ts';

/** No real address: nothing can be sent to it. */
const sender = 'no-reply@sandbox.invalid';

/** The mails of all recipients, the newest first. */
export function mailPage(sandbox: EngineSandbox, { name, mail, noMail }: ServicePages): Response {
  const mails = sandbox.mails().toReversed();
  return respondPage({
    title: `Mail - ${name} sandbox`,
    navigation: navigation(name, 'mail'),
    script: '/sandbox/live.js',
    main: html`<main><h1>Mail</h1>
<p class="soft">The mails that ${name} would send. Nothing leaves this machine.</p>
<div id="live">${mails.length === 0 && noMail}
${mails.map(
  (each) => html`<article class="card mail"><h2>${each.subject}</h2>
<dl><dt>From</dt><dd>${name} &lt;${sender}&gt;</dd><dt>To</dt><dd>${each.to}</dd><dt>Sent</dt><dd>${time(each.at)}</dd></dl>
<div class="sheet">${mail(each)}</div></article>`,
)}</div></main>`,
  });
}
