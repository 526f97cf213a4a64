import type { Facts } from './read-facts.ts';

/** Names each fact that the two do not share, and what either says: the wording of a failed test. */
export function differences(pages: Facts, contract: Facts): string[] {
  const [stated, found] = [flatten(pages), flatten(contract)];
  return [...new Set([...stated.keys(), ...found.keys()])]
    .filter((fact) => stated.get(fact) !== found.get(fact))
    .map(
      (fact) => `${fact}: the table says ${quote(stated.get(fact))}, the contract ${quote(found.get(fact))}`,
    );
}

function flatten(facts: Facts): Map<string, string> {
  const things = Object.entries(facts);
  return new Map(
    things.flatMap(([thing, lines]) =>
      Object.entries(lines).map(([name, fact]) => [`${thing} ${name}`, fact] as const),
    ),
  );
}

function quote(fact: string | undefined): string {
  return fact === undefined ? 'nothing' : `"${fact}"`;
}
