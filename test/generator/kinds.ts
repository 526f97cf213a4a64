/** What a caller may write, and what not, with the client of each contract in contracts/kinds/. */
export const consumers: Record<string, string> = {
  references: `
    import type { GetPartsErrors } from './client.js';
    import type { Inner } from './schema.js';
    export const percent = (error: GetPartsErrors[404]): number => error.percent;
    export const inner: Inner = { code: 1 };
    export async function read() {
      const job = (await Promise.all([client.getJob(), client.getJobsNext()]))[0];
      const texts: string[] = [job.owner.id, job.id, job.label, (await client.getLast({ state: 'open' })).first, (await client.getLabel()).text];
      const numbers: (number | undefined)[] = [job.size.grams, job.inner.code];
      const state: 'open' | 'closed' = job.state;
      const { code, next } = await client.getParts();
      const part: [string, boolean] = [code, next];
      const { lid, weight, nail, size } = await client.getCrate();
      const crate: [boolean, number, 'long', number] = [lid.open, weight, nail, size.grams];
      // @ts-expect-error: what stands there is no number.
      const wrong: number = job.id;
      return { texts, numbers, state, part, crate, wrong };
    }
    // @ts-expect-error: a closed list, also by a reference to another operation's parameter.
    client.getLast({ state: 'lost' });
  `,
  discriminators: `
    import type { Boat, Car, Contact, Event, Lost, Sent, Taxi, Vehicle } from './schema.js';
    export const sent: Sent[] = [{ kind: 'sent', to: 'a' }, { kind: 'lost' }];
    export const lost: Lost = { kind: 'lost', to: 'a', where: 'here' };
    export const events: Event[] = [...sent, lost, { kind: 'event' }];
    // @ts-expect-error: a sent parcel is no other event.
    export const wrong: Sent = { kind: 'event' };
    export const kindOf = (contact: Contact): 'mail' | 'phone' => contact.type;
    export async function read() {
      const pet = await client.getPet();
      return pet.kind === 'cat' ? pet.lives?.toFixed() : pet.tricks?.toFixed();
    }
    client.putShape({ form: 'round', radius: 1 });
    // @ts-expect-error: the value is the field's own, not the name of the schema.
    client.putShape({ form: 'Circle', radius: 1 });
    // @ts-expect-error: a square has no radius.
    client.putShape({ form: 'square', radius: 1 });
    export const taxi: Taxi = { type: 'taxi', seats: 4, fare: 3 };
    export const car: Car = taxi;
    export const boat: Boat = { type: 'Boat', sails: 1 };
    export const vehicles: Vehicle[] = [taxi, car, boat];
    // @ts-expect-error: neither a car nor anything that is one.
    export const other: Car = { type: 'Boat' };
  `,
  required: `
    import type { Either, Labels, Text } from './schema.js';
    client.putDraft({ title: 'a', misspelt: 1 });
    client.putDraft();
    // @ts-expect-error: what is required is required, though nothing describes it.
    client.putDraft({ title: 'a' });
    client.putPage({ by: 'a' });
    export const items = async (): Promise<string[]> => (await client.putPage({ by: 'a' })).items;
    export const labels: Labels = { main: 'a', other: 'b' };
    // @ts-expect-error: a label is missing.
    export const none: Labels = {};
    export const either: Either[] = [{ left: 1 }, { right: 1 }];
    // @ts-expect-error: one of the two is required.
    export const neither: Either = {};
    export const length: Text = 'a';
    // @ts-expect-error: the title is required, though it is defined elsewhere.
    client.putDraft({ text: 'a', misspelt: 1 });
    export const start = async (): Promise<string> => (await client.putDraft()).start;
    client.createContact({ mail: 'a' });
    client.createContact({ phone: 'a' });
    // @ts-expect-error: one of the two is required.
    client.createContact({});
    client.createTicket({ subject: 'a', mail: 'b', phone: 'c' });
    // @ts-expect-error: one of the two is required.
    client.createTicket({ subject: 'a' });
    // @ts-expect-error: and what stands beside the alternatives as well.
    client.createTicket({ mail: 'b' });
  `,
  keywords: `
    import type { Anything, Depths, Near, Nothing, Payment, Thing } from './schema.js';
    export const anything: Anything[] = [1, null, 'a'];
    // @ts-expect-error: nothing fits.
    export const nothingFits: Nothing = null;
    export const near: Near = { unit: 'km', depot: { lat: 1 } };
    // @ts-expect-error: a depot is a point.
    export const far: Near = { unit: 'km', depot: { lat: '1' } };
    export const depths: Depths = { byRef: { south: 1 }, inline: { north: 1 }, one: { north: true }, free: { any: 1 } };
    // @ts-expect-error: the names are a closed list.
    export const misspelt: Depths = { byRef: { nord: 1 } };
    // @ts-expect-error: a name is required.
    export const missing: Depths = { inline: { south: 1 } };
    export const payments: Payment[] = [{ kind: 'card', number: '1' }, { kind: 'cash', number: 1, note: true, owner: 'a' }];
    // @ts-expect-error: an owner is a string.
    export const owner: Payment = { kind: 'card', owner: 1 };
    export const thing: Thing = {
      open: { anything: 1 }, closed: {}, merged: { name: 'a' }, nothing: null, pair: ['a', 1, true, 'more'], exact: ['a'],
      short: ['a'], beside: { name: 'a', size: 1 }, sub: 'a', any: 7, none: 'a', odd: [],
    };
    export const unknown: unknown = thing.open['anything'];
    client.getThing({ kinds: ['pc', 'tv'] });
    // @ts-expect-error: the values of the list are a closed list.
    client.getThing({ kinds: ['car'] });
    // @ts-expect-error: no property is allowed.
    export const closed: Thing['closed'] = { a: 1 };
    // @ts-expect-error: in allOf, an object without properties adds nothing.
    export const merged: unknown = thing.merged.other;
    // @ts-expect-error: null alone.
    export const nothing: Thing['nothing'] = 'a';
    // @ts-expect-error: the first items have types of their own.
    export const pair: Thing['pair'] = [1, 'a'];
    // @ts-expect-error: as many items as minItems says.
    export const short: Thing['short'] = [];
    // @ts-expect-error: a closed tuple.
    export const exact: Thing['exact'] = ['a', 'b'];
    // @ts-expect-error: what stands beside the reference counts.
    export const beside: Thing['beside'] = { name: 'a' };
    // @ts-expect-error: also when it narrows.
    export const sub: Thing['sub'] = 'b';
    // @ts-expect-error: an alternative that nothing fits adds nothing.
    export const none: Thing['none'] = 1;
  `,
  uses: `
    import type { LineRequest, OrderRequest } from './schema.js';
    const line: LineRequest = { sku: 'a' };
    const order: OrderRequest = { lines: [line], secret: 'x' };
    export const id = async (): Promise<string> => (await client.createOrder(order)).id;
    export const lineId = async (): Promise<string | undefined> => (await client.createOrder(order)).lines[0]?.id;
    // @ts-expect-error: a request has no id, at any depth.
    client.createOrder({ lines: [{ id: 'a', sku: 'a' }], secret: 'x' });
    // @ts-expect-error: a request has the secret.
    client.createOrder({ lines: [] });
    // @ts-expect-error: a response does not.
    export const secret = async () => (await client.createOrder(order)).secret;
    fetchClient.POST('/orders', { body: { lines: [{ sku: 'a' }], secret: 'x' } });
    // @ts-expect-error: the same by the other client.
    fetchClient.POST('/orders', { body: { lines: [{ sku: 'a' }] } });
    client.createPhoto({ data: new Blob([]) });
    client.createScan({ pages: [new Blob([])], meta: '{}' });
    // @ts-expect-error: only responses have the id, however they say so.
    client.createScan({ pages: [], meta: '{}', by: 'a' });
    export async function scan(): Promise<string[]> {
      const { pages, meta, id, by } = await client.createScan({ pages: [], meta: '{}' });
      return [...pages, meta, id, by];
    }
    export const data = async (): Promise<string> => (await client.createPhoto({ data: new Blob([]) })).data;
  `,
  names: `
    import type { AbortError, Outcome } from './client.js';
    import type { Array_, Blob_, Client, Client_, Outcome_, Service } from './index.js';
    export const platform: Client_ = 'web';
    export const health = (given: Client) => given.health();
    client.putFileAdd100('id', { bytes: 'text' });
    export const blob: Blob_ = { bytes: 'text' };
    export const list: Array_ = ['a'];
    export async function read() {
      const all = await client.getAll();
      const outcome: Outcome_ = all.outcome;
      const kind: Client_ = all.client;
      const service: Service = all.service;
      return { outcome, kind, service, then: all.promise.then };
    }
    client.health();
    client.headHealth();
    export const runtime: Outcome = 'not-sent';
    export const error = (abort: AbortError): string => abort.message;
  `,
  'any-media-type': `
    export const name = async (): Promise<string> => (await client.getOwner(1)).name;
    export const text: Promise<string> = client.putOwner(1, { name: 'a' });
    export const photo: Promise<Blob> = client.getPhoto();
    export const whatever: Promise<unknown> = client.deletePhoto();
    // @ts-expect-error: bytes are not an owner.
    client.putOwner(1, new Uint8Array());
  `,
  recursion: `
    client.putJson([1, ['a', [true, null]]]);
    // @ts-expect-error: no JSON.
    client.putJson([[Symbol()]]);
    export async function read(): Promise<(string | number)[]> {
      const { self, one, other } = await client.putJson('a');
      const text: string = self;
      return [text, one, other];
    }
  `,
  harmless: `
    client.postA({ gone: 1, missing: 'a' }, { n: 1, m: 'a' });
    export const unknown: Promise<unknown> = client.postA();
    export const text: Promise<unknown> = client.putA('text');
    export async function read(): Promise<[number | null, string[] | null, number | null, unknown[]]> {
      const { n, list, either, boxed } = await client.putA();
      // @ts-expect-error: it can be null.
      list.join();
      return [n, list, either, boxed];
    }
  `,
  syntax: `
    export const ids = async (): Promise<('a b' | 'c')[]> => (await client.listParcels()).map(({ id }) => id);
  `,
  paths: `
    client.getParcel(1, 2);
    client.deleteParcel(true, false);
    client.getFile('a');
    client.getLabel('a');
    client.listLabels();
    client.clearDepots({ id: ['a'] });
    fetchClient.GET('/depots/{depotId}/parcels/{parcelId}', { params: { path: { depotId: 1, parcelId: 2 } } });
    fetchClient.DELETE('/depots/{depotId}/parcels/{parcelId}', { params: { path: { depotId: true, parcelId: false } } });
    fetchClient.GET('/files/{path+}', { params: { path: { 'path+': 'a' } } });
    fetchClient.GET('/labels/{id}', { params: { path: { id: 'a' } } });
    fetchClient.GET('/labels');
    fetchClient.DELETE('/depots/all', { params: { query: { id: ['a'] } } });
    // @ts-expect-error: the name that the path does not have.
    fetchClient.GET('/depots/{depotId}/parcels/{parcelId}', { params: { path: { depot: 1, parcel: 2 } } });
  `,
  'null-in-3.0': `
    export const text = async (): Promise<string | null> => await client.getA();
  `,
};
