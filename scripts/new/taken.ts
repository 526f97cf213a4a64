import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { parseYaml } from '../contract/parse-yaml.ts';
import { isNode, type Node } from '../contract/rules/node.ts';

/** The names that a contract already has. */
export interface Taken {
  /** `get /ping` */
  operations: Set<string>;
  operationIds: Set<string>;
  webhooks: Set<string>;
}

/**
 * @param file absolute path of the first file of the contract
 * @throws {Failure} if one of its files cannot be read
 */
export function readTaken(file: string): Taken {
  const { paths, webhooks } = read(file);
  const taken: Taken = {
    operations: new Set(),
    operationIds: new Set(),
    webhooks: new Set(Object.keys(Object(webhooks))),
  };
  for (const [path, reference] of Object.entries(isNode(paths) ? paths : {})) {
    const item =
      isNode(reference) && typeof reference.$ref === 'string'
        ? read(join(dirname(file), reference.$ref))
        : reference;
    for (const [method, operation] of Object.entries(isNode(item) ? item : {})) {
      if (!isNode(operation)) continue;
      taken.operations.add(`${method} ${path}`);
      taken.operationIds.add(String(operation.operationId));
    }
  }
  return taken;
}

function read(file: string): Node {
  try {
    const parsed: unknown = parseYaml(readFileSync(file, 'utf8'));
    return isNode(parsed) ? parsed : {};
  } catch (error) {
    throw new Failure(
      `${displayPath(file)} cannot be read: ${(error as Error).message.split('\n')[0]}. Run \`npm run gen\` to see where, and fix that first.`,
    );
  }
}
