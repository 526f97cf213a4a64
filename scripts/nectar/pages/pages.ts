import { copyable, html } from '../../sandbox/pages/html.ts';
import type { ServicePages } from '../../sandbox/pages/pages.ts';
import type { Engine } from '../../sandbox/sandbox.ts';
import { show } from '../invitations.ts';
import * as recipients from '../recipient.ts';
import type { Sandbox } from '../sandbox.ts';
import type { NectarWorld } from '../world.ts';
import { controlParts } from './control.ts';
import { type Desk, recipientPage } from './recipient.ts';

/** The page of an invitation, and what the other pages show of connections and invitations. */
export function pagesOf(
  sandbox: Sandbox,
  { world, origin, transact, change }: Engine<NectarWorld>,
): ServicePages {
  const desk: Desk = {
    open: (link) => {
      const opened = transact(() => recipients.open(world(), link));
      if (opened.page === 'dead') return opened;
      const { connectionId } = opened.row;
      return {
        page: opened.page,
        invitation: show(world(), opened.row, origin),
        connection: connectionId === null ? undefined : world().connections.get(connectionId),
      };
    },
    proveAddress: (link, address) => transact(() => recipients.proveAddress(world(), link, address)),
    submit: (link, credentials) => change(() => recipients.submit(world(), link, credentials)),
  };
  return {
    name: 'Nectar',
    prefix: '/p/i/',
    respond: (request) =>
      /^\/p\/i\/[^/]+$/.test(new URL(request.url).pathname) ? recipientPage(request, desk) : undefined,
    control: (own) => controlParts(sandbox, own),
    mail: ({ link }) => html`<p>Hello,</p>
<p>your login at the utility no longer works, or is missing. Please enter it on the page behind this link. It takes a minute, and you need no account at Nectar.</p>
<p><a class="button" href="${link}">Enter the login</a></p>
<p class="small soft">If the button does not work, copy the link: ${copyable(link)}</p>`,
    noMail: html`<p>No mail yet. Create an invitation with <code>"sendEmail": true</code> and an address in <code>allowedEmails</code>.</p>`,
    state: () => ({
      companies: sandbox.tenants(),
      connections: sandbox.allConnections(),
      invitations: sandbox.invitations(),
    }),
    commands: {
      async 'set-status'({ connectionId, status }: { connectionId: string; status: unknown }) {
        await sandbox.setStatus(connectionId, String(status));
        return `The connection is ${status}.`;
      },
      use: ({ link, ...filledIn }: { link: unknown; email?: string; password: string }) =>
        sandbox.recipient(String(link)).submit(filledIn),
    },
  };
}
