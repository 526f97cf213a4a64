type Container = Record<string, unknown> | unknown[];

/** A place in a document: a key or an index, and what holds it. */
interface Place {
  holder: Container;
  key: string;
}

/** Numbers from 0 up to 1, always the same ones for a seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** A copy of the document in which one to three nodes were dropped, doubled, given another type, or swapped. */
export function mutate(document: object, random: () => number): object {
  const copy = structuredClone(document);
  const times = 1 + Math.floor(random() * 3);
  for (let time = 0; time < times; time++) {
    const places = placesIn(copy);
    if (places.length === 0) return copy;
    choose(mutations, random)(choose(places, random), choose(places, random), random);
  }
  return copy;
}

const mutations = [drop, double, retype, swap];

function drop({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

function double({ holder, key }: Place, _other: Place, random: () => number): void {
  const twin = structuredClone(valueAt({ holder, key }));
  if (Array.isArray(holder)) holder.push(twin);
  else setValue({ holder, key: choose([`${key}2`, 'get', 'x-twin', '', '$ref', 'default'], random) }, twin);
}

function retype(place: Place, _other: Place, random: () => number): void {
  setValue(place, structuredClone(choose(strangers, random)));
}

/** The two may lie within each other: then one of them is copied. */
function swap(one: Place, other: Place): void {
  const [first, second] = [structuredClone(valueAt(one)), structuredClone(valueAt(other))];
  setValue(one, second);
  setValue(other, first);
}

const strangers = [
  null,
  true,
  false,
  0,
  -1,
  1e21,
  '',
  'object',
  'string',
  'constructor',
  '*/ x',
  [],
  [null],
  [{}],
  {},
  { $ref: '#/components/schemas/Nowhere' },
  { $ref: '#' },
  { $ref: '#/paths' },
  { type: 'object', properties: null },
  { type: ['string', 'null'] },
];

function placesIn(root: object): Place[] {
  const places: Place[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const holder = open.pop();
    if (typeof holder !== 'object' || holder === null) continue;
    for (const [key, value] of Object.entries(holder)) {
      places.push({ holder: holder as Container, key });
      open.push(value);
    }
  }
  return places;
}

function valueAt({ holder, key }: Place): unknown {
  return (holder as Record<string, unknown>)[key];
}

function setValue({ holder, key }: Place, value: unknown): void {
  // An assignment to `__proto__` would not make a key.
  Object.defineProperty(holder, key, { value, configurable: true, enumerable: true, writable: true });
}

function choose<Value>(values: Value[], random: () => number): Value {
  return values[Math.floor(random() * values.length)] as Value;
}
