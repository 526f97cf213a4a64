import { globSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Oas3Rule, Source, UserContext } from '@redocly/openapi-core';
import { isNode, type Node } from './node.ts';

/** The folders whose files other files refer to. */
const parts = '{paths,components,webhooks}/**/*.yaml';

/** The contract has no unused files. */
export const NoUnusedFiles: Oas3Rule = () => {
  const used = new Set<string>();
  return {
    ref: {
      leave(_node, _ctx, resolved) {
        if (resolved.location) used.add(resolved.location.source.absoluteRef);
      },
    },
    Root: {
      leave(_root, ctx) {
        // That of the linter: an import would load a second one where the linter is bundled.
        const SourceOf = ctx.location.source.constructor as typeof Source;
        const folder = dirname(ctx.location.source.absoluteRef);
        for (const name of globSync(parts, { cwd: folder }).sort()) {
          const file = join(folder, name);
          if (used.has(file)) continue;
          const source = new SourceOf(file, readFileSync(file, 'utf8'));
          ctx.report({
            message: 'Nothing uses this file. Refer to it, or remove it.',
            location: { source, pointer: '#/', reportOnKey: false },
          });
        }
      },
    },
  };
};

/** Names of global objects of JavaScript. */
const takenNames = /\/components\/schemas\/(Date|Error)\.yaml$/;

/** Each path, event and schema has its own file, with its name. */
export const FileNames: Oas3Rule = () => ({
  ref(_node, ctx, resolved) {
    const [, name] = takenNames.exec(resolved.location?.source.absoluteRef ?? '') ?? [];
    if (name === undefined) return;
    ctx.report({
      message: `Give the schema another name than ${name}: its type would have the name of a global object of JavaScript.`,
      location: ctx.location,
    });
  },
  Root(root: object, ctx: UserContext) {
    const { paths, webhooks } = root as Node;
    checkNames('paths', paths, (path) => path.replace(/^\//, '').replaceAll('/', '@'), ctx);
    checkNames('webhooks', webhooks, (name) => name, ctx);
  },
});

function checkNames(folder: string, items: unknown, nameOf: (key: string) => string, ctx: UserContext): void {
  for (const [key, item] of Object.entries(isNode(items) ? items : {})) {
    const wanted = `${folder}/${nameOf(key)}.yaml`;
    if (isNode(item) && typeof item.$ref === 'string' && item.$ref.replaceAll(sep, '/') === wanted) continue;
    ctx.report({
      message: `Write "${key}" in a file with its name, and refer to it: $ref: ${wanted}.`,
      location: ctx.location.child([folder, key]).key(),
    });
  }
}
