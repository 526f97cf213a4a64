import {
  type Document,
  methods,
  type Parameter,
  type PathItem,
  type Reference,
  resolve,
} from '../../openapi/document.ts';
import { pointerTo } from '../../openapi/pointer.ts';
import { namesIn } from '../../openapi/template.ts';
import type { Warning } from '../warning.ts';

type Parameters = (Parameter | Reference)[];

/**
 * Lets the parameters of each operation name those of its path: the fetch client takes them from the parameters, and the
 * methods from the path.
 *
 * A parameter with another name than the one in the path is renamed, one that is described nowhere is a string, and one
 * that the path does not have is removed. A query in the style of RFC 6570, `{?id*}`, is not part of the path.
 */
export function matchPathTemplates(document: Document, warnings: Warning[]): void {
  const items: NonNullable<Document['paths']> = {};
  for (const [template, node] of Object.entries(document.paths ?? {})) {
    const path = template.replace(/\{[?&][^{}]*\}/g, '');
    const warn = (message: string) => warnings.push({ pointer: pointerTo('paths', template), message });
    if (path !== template && (Object.hasOwn(document.paths ?? {}, path) || Object.hasOwn(items, path))) {
      warn(`${template} is the same path as ${path}, and was left out. Describe the operation there.`);
      continue;
    }
    const item = { ...resolve<PathItem>(document, node) };
    const notes = matchItem(document, path, item);
    for (const note of notes) warn(note);
    items[path] = notes.size > 0 ? item : node;
  }
  document.paths = items;
}

/** Changes the parameters of the operations of `item`, and returns what was changed. */
function matchItem(document: Document, path: string, item: PathItem): Set<string> {
  const names = namesIn(path);
  const notes = new Set<string>();
  const shared = item.parameters ?? [];
  const matched = methods.flatMap((method) => {
    const operation = item[method];
    if (!operation) return [];
    const parameters = match(
      document,
      names,
      withoutOverridden(document, shared, operation.parameters ?? []),
      notes,
    );
    return [{ method, operation: { ...operation, parameters } }];
  });
  if (notes.size === 0) return notes;
  delete item.parameters;
  for (const { method, operation } of matched) item[method] = operation;
  return notes;
}

function withoutOverridden(document: Document, shared: Parameters, own: Parameters): Parameters {
  const keyOf = (each: Parameter | Reference) => {
    const { name, in: place } = resolve<Parameter>(document, each);
    return `${place} ${name}`;
  };
  const overriding = new Set(own.map(keyOf));
  return [...shared.filter((each) => !overriding.has(keyOf(each))), ...own];
}

function match(document: Document, names: string[], parameters: Parameters, notes: Set<string>): Parameters {
  const described = parameters
    .map((each) => resolve<Parameter>(document, each))
    .filter((each) => each.in === 'path');
  const missing = names.filter((name) => !described.some((each) => each.name === name));
  const extra = described.filter(({ name }) => !names.includes(name));
  if (missing.length === 0 && extra.length === 0) return parameters;
  const renamed = extra.length === missing.length;
  const kept = parameters.filter((each) => !extra.includes(resolve<Parameter>(document, each)));
  const added = missing.map((name, index): Parameter => {
    const other = renamed ? extra[index] : undefined;
    notes.add(
      other
        ? `The path has {${name}}, and the parameters have ${other.name} instead: it was taken for {${name}}.`
        : `No parameter describes {${name}}: it is a string.`,
    );
    return { schema: { type: 'string' }, ...other, name, in: 'path', required: true };
  });
  if (!renamed)
    for (const { name } of extra) notes.add(`The path has no {${name}}, so this parameter is not sent.`);
  return [...added, ...kept];
}
