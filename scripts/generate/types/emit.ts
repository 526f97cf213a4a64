import type { GlobalContext, OpenAPI3 } from 'openapi-typescript';
// The main module of openapi-typescript validates and bundles again, with its own old openapi-core, which takes longer
// to load than everything else. Its inner modules accept a bundled document. The package has no further releases and is
// pinned, and only this file and its neighbors depend on them.
import { astToString } from 'openapi-typescript/dist/lib/ts.mjs';
import { resolveRef } from 'openapi-typescript/dist/lib/utils.mjs';
import transformSchema from 'openapi-typescript/dist/transform/index.mjs';
import ts from 'typescript';
import { type Document, methods, type PathItem, resolve } from '../../openapi/document.ts';
import { operationsOf } from '../../openapi/operations.ts';
import {
  closedObjectType,
  describeValues,
  fileType,
  joinedIndex,
  openEnumType,
  openTupleType,
} from './corrected-types.ts';
import { recursiveListDeclaration, recursiveListType } from './recursive-list.ts';
import { schemaTypeNames } from './schema-names.ts';

/**
 * Writes the types of a bundled document: `paths`, `components` and `operations` in the form of openapi-typescript, and
 * one alias per schema, so that `Parcel` can be imported by its name.
 *
 * Changes `document`: call it last. It adds the meanings of values to descriptions, escapes operationIds, and removes the
 * bodies of GET and HEAD.
 *
 * @param document the result of {@link normalize}
 */
export function emitTypes(document: object): string {
  describeValues(document as Document);
  const contract = withWebhooksInPlace(document as Document) as OpenAPI3;
  hideFromLookups(document as Document);
  removeUnsentBodies(document as Document);
  const nodes = withoutExtraPaths(transformSchema(contract, contextFor(contract)), document as Document);
  const types = unhide(astToString(nodes));
  const list = types.includes('RecursiveList<') ? recursiveListDeclaration : '';
  return `${types}\n${list}${schemaAliases(document)}`;
}

/** openapi-typescript resolves the `$ref` of a path, but not that of a webhook. */
function withWebhooksInPlace(document: Document): object {
  const { webhooks } = document;
  if (webhooks === undefined) return document;
  const items = Object.entries(webhooks).map(([name, item]) => [name, resolve<PathItem>(document, item)]);
  return { ...document, webhooks: Object.fromEntries(items) };
}

function contextFor(document: OpenAPI3): GlobalContext {
  const listType = recursiveListType(document);
  return {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    // A default is what the server assumes if a request omits the field, so the field stays optional.
    defaultNonNullable: false,
    // The members already contain the values.
    discriminators: { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: joinedIndex,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    resolve: <T>($ref: string) => resolveRef<T>(document, $ref, { silent: true }),
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    transform: (schema, options) =>
      fileType(schema) ??
      openEnumType(schema) ??
      listType(schema) ??
      closedObjectType(schema) ??
      openTupleType(schema, options),
    transformProperty: undefined,
  } satisfies Omit<GlobalContext, 'redoc'> as unknown as GlobalContext;
}

function schemaAliases(document: object): string {
  return Array.from(
    schemaTypeNames(document),
    ([schema, type]) => `export type ${type} = components["schemas"][${JSON.stringify(schema)}];\n`,
  ).join('');
}

/**
 * openapi-typescript writes `#` in an operationId as `/`, and fails on `%`: its issue 1542. Both are replaced by
 * characters of the private use area until it has written its text.
 */
function hideFromLookups({ paths = {}, webhooks = {} }: Document): void {
  for (const item of Object.values({ ...paths, ...webhooks }) as PathItem[]) {
    for (const method of methods) {
      const operation = item[method];
      if (operation?.operationId)
        operation.operationId = operation.operationId.replace(/[#%]/g, (letter) =>
          String.fromCharCode(privateUse + letter.charCodeAt(0)),
        );
    }
  }
}

/** fetch sends no body with a GET or a HEAD. */
function removeUnsentBodies(document: Document): void {
  for (const { method, object } of operationsOf(document))
    if (method === 'get' || method === 'head') delete object.requestBody;
}

function unhide(text: string): string {
  return text.replace(/\\uE0(2[35])/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

const privateUse = 0xe000;

/** Removes the paths that normalize has added for operations with other methods than OpenAPI 3.1 supports. */
function withoutExtraPaths(nodes: ts.Node[], { paths = {} }: Document): ts.Node[] {
  const extra = new Set(
    Object.keys(paths).filter((path) => (paths[path] as PathItem).post?.['x-sent-as'] !== undefined),
  );
  if (extra.size === 0) return nodes;
  return nodes.map((node) => {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== 'paths') return node;
    const members = node.members.filter(
      (member) => !(member.name && ts.isStringLiteral(member.name) && extra.has(member.name.text)),
    );
    return ts.factory.updateInterfaceDeclaration(
      node,
      node.modifiers,
      node.name,
      node.typeParameters,
      node.heritageClauses,
      members,
    );
  });
}
