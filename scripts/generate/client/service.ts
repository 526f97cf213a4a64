import { type Document, resolve, type SecurityScheme } from './document.ts';

/** Where the service is and how it is told the key: what `connect` of the runtime takes as its first argument. */
export interface ServiceFacts {
  baseUrl: string;
  apiKey?: { header: string; variable?: string };
}

/** Taken from the first server, and from the first API key in a header among the security schemes. */
export function readService(document: Document): ServiceFacts {
  const { url = 'http://localhost', variables = {} } = document.servers?.[0] ?? {};
  const baseUrl = url.replace(/\{([^{}]+)\}/g, (whole, name: string) => variables[name]?.default ?? whole);
  const schemes = Object.values(document.components?.securitySchemes ?? {});
  const scheme = schemes
    .map((each) => resolve<SecurityScheme>(document, each))
    .find((each) => each.type === 'apiKey' && each.in === 'header');
  if (!scheme?.name) return { baseUrl };
  const variable = scheme['x-env'];
  return { baseUrl, apiKey: { header: scheme.name, ...(variable && { variable }) } };
}
