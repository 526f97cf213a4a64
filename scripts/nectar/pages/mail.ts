import { html, navigation, respondPage, time } from '../../sandbox/pages/html.ts';
import type { Sandbox } from '../sandbox.ts';

/** The mails of all recipients, the newest first. */
export function mailPage(sandbox: Sandbox): Response {
  const mails = sandbox.mails().toReversed();
  return respondPage({
    title: 'Mail - Nectar sandbox',
    navigation: navigation('mail'),
    script: '/sandbox/live.js',
    main: html`<main><h1>Mail</h1>
<p class="soft">The mails that Nectar would send. Nothing leaves this machine.</p>
<div id="live">${
      mails.length === 0 &&
      html`<p>No mail yet. Create an invitation with <code>"sendEmail": true</code> and an address in <code>allowedEmails</code>.</p>`
    }
${mails.map(
  ({ to, subject, at, link }) => html`<article class="card"><h2>${subject}</h2>
<p class="soft small">To ${to}, ${time(at)}</p>
<p>It takes a minute, and you need no account at Nectar. Follow this link:</p>
<p><a href="${link}">${link}</a></p></article>`,
)}</div></main>`,
  });
}
