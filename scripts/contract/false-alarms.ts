import type { Config, Document, NormalizedProblem } from '@redocly/openapi-core';
import { readFault } from './fault.ts';
import { valueAt } from './pointer.ts';

/** Whether the linter reports something that is valid. */
export function isFalseAlarm({ message, location }: NormalizedProblem, document: Document): boolean {
  // The validator of examples gives up on some valid schemas, which says nothing about the example.
  if (message.startsWith('Example validation errored: discriminator:')) return true;
  const { openapi, components } = document.parsed as { openapi: string; components?: { schemas?: object } };
  // Since 3.1, true and false are schemas everywhere.
  const fault = readFault(message);
  if (fault?.code === 'type' && fault.type === 'Schema' && fault.got === 'boolean')
    return !openapi.startsWith('3.0');
  const [place] = location;
  if (!place?.pointer?.includes('/discriminator/mapping/') || place.source !== document.source) return false;
  // A mapping can name a schema instead of referring to it.
  const name = valueAt(document.parsed, place.pointer).found;
  return typeof name === 'string' && Object.hasOwn(components?.schemas ?? {}, name);
}

type NodeTypes = Parameters<Config['extendTypes']>[0];

/** Corrects what the linter knows of OpenAPI 3.2. */
export function correctTypes(types: NodeTypes, version: string): NodeTypes {
  const { Parameter, Response } = types;
  if (version !== 'oas3_2' || !Parameter || !Response) return types;
  const { style } = Parameter.properties as { style: { enum: string[] } };
  return {
    ...types,
    NamedMediaTypes: { properties: {}, additionalProperties: 'MediaType' },
    Parameter: {
      ...Parameter,
      properties: { ...Parameter.properties, style: { enum: [...style.enum, 'cookie'] } },
    },
    Response: { ...Response, required: [] },
  };
}
