import { dirname } from 'node:path';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { wrongCall } from '../cli/flags.ts';
import { Draft } from './draft.ts';
import { draftOperation } from './operation.ts';
import { addSchema } from './parts.ts';
import { readTaken } from './taken.ts';
import { draftWebhook } from './webhook.ts';

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/**
 * Writes the files for a new part of a contract, and lists the TODOs in them.
 *
 * @param file the first file of the contract
 */
export function create(file: string, operands: readonly string[]): void {
  const draft = new Draft(file);
  const [kind, ...names] = operands;
  if (kind === 'operation') createOperation(draft, file, names);
  else if (kind === 'webhook') createWebhook(draft, file, names);
  else if (kind === 'schema') createSchema(draft, names);
  else throw wrongCall(`Say what to create: operation, webhook or schema${kind ? `, not "${kind}"` : ''}.`);

  const written = draft.save();
  for (const { path, todos } of written) {
    const count = todos === 0 ? '' : `  ${todos} ${todos === 1 ? 'TODO' : 'TODOs'}`;
    console.log(`  ${displayPath(dirname(file))}/${path}${count}`);
  }
  console.log(
    'Replace each TODO with what the page states, then run `npm run gen -- --all`: it lists those that are left.',
  );
}

function createOperation(draft: Draft, file: string, [method = '', path = '', ...others]: string[]): void {
  if (!methods.includes(method.toLowerCase()) || others.length > 0)
    throw wrongCall(
      `An operation is a method and a path, such as: operation GET /site/{site_id}. The methods: ${methods.join(', ')}.`,
    );
  if (!/^(?:\/(?:[\w.-]+|\{\w+\}))+$/.test(path))
    throw wrongCall(
      `"${path}" is not a path. It starts with a slash, and its parameters are in braces: /site/{site_id}.`,
    );
  const { operations, operationIds } = readTaken(file);
  if (operations.has(`${method.toLowerCase()} ${path}`))
    throw new Failure(`The contract has ${method.toUpperCase()} ${path} already. Nothing was written.`);
  draftOperation(draft, method.toLowerCase(), path, operationIds);
}

function createWebhook(draft: Draft, file: string, [name = '', ...others]: string[]): void {
  if (!/^\w+(?:\.\w+)+$/.test(name) || others.length > 0)
    throw wrongCall('A webhook has the name of its event, such as: webhook document.created.v2.');
  const { webhooks } = readTaken(file);
  if (webhooks.has(name))
    throw new Failure(`The contract has the webhook ${name} already. Nothing was written.`);
  draftWebhook(draft, name);
}

function createSchema(draft: Draft, [name = '', ...others]: string[]): void {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name) || others.length > 0)
    throw wrongCall('A schema has a name in PascalCase, such as: schema Site.');
  if (['Date', 'Error'].includes(name))
    throw wrongCall(
      `No schema can be named ${name}: its type would have the name of a global object of JavaScript.`,
    );
  if (draft.has(`components/schemas/${name}.yaml`))
    throw new Failure(`The contract has the schema ${name} already. Nothing was written.`);
  addSchema(draft, name);
}
