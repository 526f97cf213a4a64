import { html } from '../../sandbox/pages/html.ts';
import type { ServicePages } from '../../sandbox/pages/pages.ts';
import { value } from '../../sandbox/pages/parts.ts';
import type { Engine } from '../../sandbox/sandbox.ts';
import { show } from '../invitations.ts';
import * as recipients from '../recipient.ts';
import type { Sandbox } from '../sandbox.ts';
import type { NectarWorld } from '../world.ts';
import { controlParts } from './control.ts';
import { type Desk, recipientPage } from './recipient.ts';
import { inviteCall, revokeCall, send } from './samples.ts';

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
    sender: 'Nectar <invitations@nectar.example>',
    mail: ({
      link,
      subject,
    }) => html`<p>Hello,</p><p>${subject}. It takes a minute, and you need no account at Nectar.</p>
<p><a class="action" href="${link}">Open the form</a></p>
<p class="small soft">Or use this link: ${value(link, 'the link')}</p>`,
    noMail: html`No mail yet. Create an invitation with <code>"sendEmail": true</code> and an address in <code>allowedEmails</code>.`,
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
      async invite({ connectionId }: { connectionId: string }) {
        const connection = world().connections.get(connectionId);
        if (!connection) throw new RangeError(`There is no connection ${connectionId} in this sandbox.`);
        await send(inviteCall(sandbox, origin, connection), sandbox);
        return `The invitation was sent to ${connection.workflowOwnerEmail ?? 'nobody: open its link'}.`;
      },
      async revoke({ invitationId }: { invitationId: string }) {
        const row = world().invitations.get(invitationId);
        if (!row) throw new RangeError(`There is no invitation ${invitationId} in this sandbox.`);
        await send(revokeCall(sandbox, origin, show(world(), row, origin)), sandbox);
        return 'The invitation was revoked.';
      },
      use: ({ link, ...filledIn }: { link: unknown; email?: string; password: string }) =>
        sandbox.recipient(String(link)).submit(filledIn),
    },
  };
}
