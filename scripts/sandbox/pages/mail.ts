import type { EngineSandbox } from '../sandbox.ts';
import { html, navigation, respondPage, time } from './html.ts';
import type { ServicePages } from './pages.ts';

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
  (each) => html`<article class="card"><h2>${each.subject}</h2>
<p class="soft small">To ${each.to}, ${time(each.at)}</p>
${mail(each)}</article>`,
)}</div></main>`,
  });
}
