import { unescapePointer } from '../openapi/pointer.ts';
import { type Contract, childrenOf, type Node, type Place } from './contract.ts';

/** A fact of the contract that the vendor does not state. */
export interface UncertainFact {
  name: string;
  certainty: string;
  observed: boolean;
  /** The contradicting behavior of the service. */
  refutations: Set<string>;
  /** Fields that are part of this fact, and whether the service has sent them. */
  fields: Map<string, boolean>;
}

/** The facts that are `inferred` or seen only in an `example`, and the evidence about them in responses. */
export class UncertainFacts {
  readonly #facts = new Map<string, UncertainFact>();

  constructor(contract: Contract) {
    const operations = new Map(
      Array.from(contract.operations, ([id, operation]) => [contract.placeOf(operation).pointer, id]),
    );
    const visit = (place: Place): void => {
      const certainty = doubtOf(place.node);
      if (certainty !== undefined && !claimsNothing(place)) {
        const name = nameOf(place, operations);
        this.#facts.set(place.pointer, {
          name,
          certainty,
          observed: false,
          refutations: new Set(),
          fields: new Map(),
        });
      }
      for (const child of childrenOf(place)) visit(child);
    };
    visit(contract.root);
  }

  /** Records that the service has sent the subject of a fact. */
  see(pointer: string | undefined): void {
    const fact = this.#facts.get(pointer ?? '');
    if (fact) fact.observed = true;
  }

  /** Records that the service has sent an object for which the fact expects a field. */
  seeField(pointer: string | undefined, field: string, present: boolean): void {
    const fields = this.#facts.get(pointer ?? '')?.fields;
    fields?.set(field, present || fields.get(field) === true);
  }

  refute(pointer: string | undefined, reason: string): void {
    this.#facts.get(pointer ?? '')?.refutations.add(reason);
  }

  all(): UncertainFact[] {
    return [...this.#facts.values()];
  }
}

/** The fact that a node belongs to, by its own provenance or that of its parent; undefined for stated ones. */
export function factAt({ node, pointer }: Place, above: string | undefined): string | undefined {
  if (!('x-provenance' in node)) return above;
  return doubtOf(node) === undefined ? undefined : pointer;
}

function doubtOf(node: Node): string | undefined {
  const { certainty } = (node['x-provenance'] ?? {}) as { certainty?: string };
  return certainty === 'stated' ? undefined : certainty;
}

const annotations = ['title', 'description', 'examples', 'x-provenance'];

/** A schema that allows any value can be neither confirmed nor refuted. */
export function claimsNothing({ node, pointer }: Place): boolean {
  return (
    /^#\/components\/schemas\/[^/]+$/.test(pointer) &&
    Object.keys(node).every((key) => annotations.includes(key))
  );
}

/** `listParcels 200`, `Parcel.status`: short, and easy to find in the contract. */
function nameOf({ pointer, node }: Place, operations: Map<string, string>): string {
  const named = /\/parameters\/\d+$/.test(pointer)
    ? pointer.slice(0, pointer.lastIndexOf('/') + 1) + String(node.name)
    : pointer;
  for (const [prefix, id] of operations) {
    if (named.startsWith(`${prefix}/`)) return [id, ...keysOf(named.slice(prefix.length + 1))].join(' ');
  }
  return keysOf(named.replace(/^#\/(?:components\/\w+\/)?/, '')).join('.');
}

function keysOf(pointer: string): string[] {
  return pointer
    .replace(/\b(?:properties|responses|items|allOf\/\d+)\//g, '')
    .split('/')
    .map(unescapePointer);
}
