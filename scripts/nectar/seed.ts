import type { Connection } from '../../generated/schema.ts';
import type { NectarWorld } from './world.ts';

/** The initial states of a sandbox. */
export type Seed = keyof typeof seeds;

/** The key of Harbor Street Properties, the company of the story. */
export const harborKey = 'sandbox-key';

const harbor = {
  id: 'c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915',
  name: 'Harbor Street Properties',
  externalId: 'harborstreet',
};

/** The company of another customer, with another key: a request for it gets 403. */
const millPond = {
  id: 'b8d3f160-72c4-4e9a-8f05-d16a3b97c2e4',
  name: 'Mill Pond Housing',
  externalId: 'millpond',
};

const site = '4b7e2d90-8c15-4a6f-b3d8-60f1a9c5e274';

/**
 * The connections of the sandbox by name. The first three are those of the contract's examples. There is one for each
 * status in which a connection waits for the customer.
 */
const logins = {
  passwordIncorrect: [
    '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36',
    'PASSWORD_INCORRECT',
    'Cascadia Power',
    'https://portal.cascadiapower.example',
    'ELECTRICITY',
    'dana.reyes@harborstreet.example',
  ],
  mfaTokenExpired: [
    '36b0d9f4-7e21-4c58-a94d-1f82c6e7035b',
    'MFA_TOKEN_EXPIRED',
    'Puget Water',
    'https://my.pugetwater.example',
    'WATER',
    'facilities@harborstreet.example',
  ],
  connected: [
    'f9172c6e-45a8-4d3b-b0e7-8c64a1d93f20',
    'CONNECTED',
    'Olympic Waste',
    'https://accounts.olympicwaste.example',
    'WASTE',
    'facilities@harborstreet.example',
  ],
  newPasswordNeeded: [
    'a41e7b93-0c6d-4f58-9d27-e5b18c3f6072',
    'NEW_PASSWORD_NEEDED',
    'Soundera Gas',
    'https://www.sounderagas.example',
    'GAS',
    'lee.okafor@harborstreet.example',
  ],
  additionalCredentialsNeeded: [
    '58c2f0d7-b39e-4a14-8e6b-07d9a5f1c38e',
    'ADDITIONAL_CREDENTIALS_NEEDED',
    'Rainier Solar',
    'https://login.rainiersolar.example',
    'SOLAR',
    'sam.ito@harborstreet.example',
  ],
  websiteDown: [
    'e06d92b5-4f17-4c83-a2d9-b1754ce80f63',
    'WEBSITE_DOWN',
    'Harbor Steam',
    'https://harborsteam.example',
    'DISTRICT',
    'facilities@harborstreet.example',
  ],
  ofAnotherCustomer: [
    '2f9b64c8-d5e1-4073-9a8c-6e13f7b0d4a5',
    'PASSWORD_INCORRECT',
    'Lakeside Electric',
    'https://lakeside-electric.example',
    'ELECTRICITY',
    'kim@millpond.example',
  ],
} as const;

/** The connections that every sandbox has. */
export type ConnectionName = keyof typeof logins;

export const connectionIds = Object.fromEntries(
  Object.entries(logins).map(([name, [id]]) => [name, id]),
) as Record<ConnectionName, string>;

/** The message of the portal in each status. */
export const statusDetails: Record<string, string> = {
  PASSWORD_INCORRECT: 'The portal rejected the password.',
  MFA_TOKEN_EXPIRED: 'The portal asked for a code that was texted.',
  NEW_PASSWORD_NEEDED: 'The portal demands a new password.',
  ADDITIONAL_CREDENTIALS_NEEDED: 'The portal asks for an account number as well.',
  WEBSITE_DOWN: 'The portal does not respond.',
  UNDER_INVESTIGATION: 'Nectar looks into it.',
  NO_ACCOUNTS_FOUND: 'There is no account behind the login.',
  OTHER_ERROR: 'The portal showed a page that nobody has seen before.',
  COMPANY_INACTIVE: 'The company was deactivated.',
  URL_INACCESSIBLE: 'The address of the portal does not exist.',
};

const seeds = {
  /** Some connections wait for their owners. */
  'broken-connections': (status: string) => status,
  /** All connections work. */
  'all-connected': () => 'CONNECTED',
};

/** Adds the initial rows to an empty world. */
export function plant(world: NectarWorld, seed: Seed): void {
  world.tenants.put({ id: harbor.id, key: harborKey, company: harbor });
  world.tenants.put({ id: millPond.id, key: 'key-of-another-customer', company: millPond });
  for (const [name, login] of Object.entries(logins)) {
    const [id, usualStatus, datasource, url, utilityType, owner] = login;
    const company = name === 'ofAnotherCustomer' ? millPond : harbor;
    const status = seeds[seed](usualStatus);
    const detail = statusDetails[status];
    const connection: Connection = {
      id,
      created: '2025-06-11T13:04:55Z',
      updated: '2026-03-02T03:12:07Z',
      publicCompanyId: '5e90ab17-3c6d-4f28-8b41-d2f7a06c9e83',
      statusLastUpdateTime: '2026-03-02T03:12:07Z',
      statusFirstSeenTime: '2026-02-27T03:10:44Z',
      ...(detail !== undefined && { statusErrorDetail: detail }),
      datasource: { name: datasource, url },
      accounts: [],
      company,
      url,
      status,
      country: 'US',
      initialSites: [site],
      initialDatasourceTypes: [utilityType],
      username: `${company.externalId}-${utilityType.toLowerCase()}`,
      workflowOwnerEmail: owner,
      dataCollectionStartDate: '2025-01-01',
      multiplyByOccupancy: false,
      externalId: `${company.externalId}-${utilityType.toLowerCase()}-1`,
      isActive: true,
    };
    world.connections.put(connection);
  }
}
