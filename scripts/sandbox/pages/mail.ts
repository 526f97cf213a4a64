import type { EngineSandbox } from '../sandbox.ts';
import type { SentMail } from '../world.ts';
import { type Html, html, navigation, respondPage, time } from './html.ts';
import type { ServicePages } from './pages.ts';
import { facts } from './parts.ts';

/** The mails of all recipients, the newest first. */
export function mailPage(sandbox: EngineSandbox, service: ServicePages): Response {
  const { name, noMail } = service;
  const mails = sandbox.mails().toReversed();
  return respondPage({
    title: `Mail - ${name} sandbox`,
    navigation: navigation(name, 'mail'),
    script: '/sandbox/live.js',
    main: html`<main class="middle"><h1>Mail</h1>
<p class="soft">The mails that ${name} would send. Nothing leaves this machine.</p>
<div id="live" data-live>${mails.length === 0 && html`<p class="card soft">${noMail}</p>`}
${mails.map((each) => html`<article class="card"><h2>${each.subject}</h2>${letter(each, service)}</article>`)}</div></main>`,
  });
}

/** A mail as its recipient sees it. */
export function letter(mail: SentMail & { link: string }, { name, sender, mail: text }: ServicePages): Html {
  return html`${facts({ From: sender, To: mail.to, Sent: time(mail.at) })}
<div class="letter"><p class="brand">${name}</p>${text(mail)}</div>`;
}
