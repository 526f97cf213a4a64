import type { OperationFacts } from './operation-facts.ts';

/** Names each fact that the two do not share, and what either says: the wording of a failed test. */
export function differences(page: OperationFacts, contract: OperationFacts): string[] {
  const [stated, found] = [flatten(page), flatten(contract)];
  return [...new Set([...stated.keys(), ...found.keys()])]
    .filter((fact) => stated.get(fact) !== found.get(fact))
    .map(
      (fact) =>
        `${fact}: the page says "${stated.get(fact) ?? 'nothing'}", the contract "${found.get(fact) ?? 'nothing'}"`,
    );
}

function flatten(facts: OperationFacts): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [section, value] of Object.entries(facts)) {
    if (typeof value === 'string') flat.set(section, value);
    else if (Array.isArray(value)) flat.set(section, value.join(' '));
    else for (const [name, fact] of Object.entries<string>(value)) flat.set(`${section} ${name}`, fact);
  }
  return flat;
}
