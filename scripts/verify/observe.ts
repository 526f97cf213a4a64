import { type Contract, childOf, type Place } from './contract.ts';
import { claimsNothing, factAt, type UncertainFacts } from './facts.ts';

/** What a body reveals in addition to violations. */
export interface Observation {
  /** Fields and values that the contract allows but does not list. */
  fresh: string[];
  /** The contents of parts that the contract leaves open. */
  open: string[];
  /** The facts about the presence of a field, by the path of the field. */
  presence: Map<string, (string | undefined)[]>;
  /** The facts about the value of a field, by the path of the field. */
  content: Map<string, (string | undefined)[]>;
}

interface Layer extends Place {
  fact: string | undefined;
}

/** Compares a body with its schema. */
export function observe(
  contract: Contract,
  facts: UncertainFacts,
  schema: Place,
  fact: string | undefined,
  body: unknown,
): Observation {
  const observation: Observation = { fresh: [], open: [], presence: new Map(), content: new Map() };

  /** A schema, and all schemas that it refers to or contains. */
  function layersOf(place: Place, above: string | undefined): Layer[] {
    const layer = { ...place, fact: factAt(place, above) };
    const target = contract.target(place);
    const parts = childOf(place, 'allOf');
    const all = parts ? Object.keys(parts.node).flatMap((key) => childOf(parts, key) ?? []) : [];
    return [
      ...(target ? layersOf(target, undefined) : [layer]),
      ...all.flatMap((part) => layersOf(part, layer.fact)),
    ];
  }

  function visit(place: Place, above: string | undefined, value: unknown, path: string[]): void {
    const layers = layersOf(place, above);
    observation.content.set(
      path.join('/'),
      layers.map((layer) => layer.fact),
    );
    for (const layer of layers) facts.see(layer.fact);
    const where = showPath(path);
    if (layers.some((layer) => claimsNothing(layer))) {
      observation.open.push(`${where} is ${describe(value)}`);
    } else if (typeof value === 'string') {
      for (const { node } of layers) {
        const known = node['x-enumDescriptions'];
        if (known && !node.enum && !Object.hasOwn(known, value))
          observation.fresh.push(
            `${where} has the value ${showName(value)}, which the contract does not list`,
          );
      }
    } else if (Array.isArray(value)) {
      for (const layer of layers) {
        const items = childOf(layer, 'items');
        if (items)
          value.forEach((item, index) => void visit(items, layer.fact, item, [...path, String(index)]));
      }
    } else if (typeof value === 'object' && value !== null) {
      visitObject(layers, value as Record<string, unknown>, path);
    }
  }

  function visitObject(layers: Layer[], value: Record<string, unknown>, path: string[]): void {
    const known = new Set<string>();
    for (const layer of layers) {
      const properties = childOf(layer, 'properties');
      for (const name of Object.keys(properties?.node ?? {})) {
        known.add(name);
        const property = properties && childOf(properties, name);
        if (property) visitProperty(property, layer.fact, name);
      }
    }
    const open = layers.some(({ node }) => node.additionalProperties === true);
    for (const name of Object.keys(value)) {
      if (known.has(name)) continue;
      const where = showPath([...path, name]);
      if (open) observation.open.push(`${where} is ${describe(value[name])}`);
      else observation.fresh.push(`the field ${where} is not in the contract`);
    }

    function visitProperty(property: Place, above: string | undefined, name: string): void {
      const presence = factAt(property, above);
      const present = Object.hasOwn(value, name);
      const key = [...path, name].join('/');
      observation.presence.set(key, [...(observation.presence.get(key) ?? []), presence]);
      facts.seeField(presence, name, present);
      if (!present) return;
      facts.see(presence);
      visit(property, above, value[name], [...path, name]);
    }
  }

  visit(schema, fact, body, []);
  return observation;
}

/** `connections[].status`: the index of the item does not matter. */
export function showPath(path: string[]): string {
  const shown = path.map((key) => (/^\d+$/.test(key) ? '[]' : `.${showName(key)}`)).join('');
  return shown.replace(/^\./, '') || 'the body';
}

/** Shows names but no other text, which can be a secret or contain control characters. */
function showName(text: string): string {
  return /^[\w.:-]{1,60}$/.test(text) ? text : `(a text of ${text.length} characters)`;
}

export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value !== 'object') return typeof value === 'undefined' ? 'missing' : `a ${typeof value}`;
  const names = Object.keys(value).map(showName);
  return names.length === 0 ? 'an empty object' : `an object with ${names.join(', ')}`;
}
