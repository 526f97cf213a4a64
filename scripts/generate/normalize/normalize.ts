import type { Document } from '../../openapi/document.ts';
import type { Warning } from '../warning.ts';
import { joinAnyOf } from './any-of.ts';
import { copyDocument } from './copy.ts';
import { implyDiscriminatorValues } from './discriminators.ts';
import { simplifyKeywords } from './keywords.ts';
import { warnOfLargeIntegers } from './large-integers.ts';
import { readAnyMediaType } from './media-types.ts';
import { addNamesFromElsewhere } from './names-elsewhere.ts';
import { readOpenEnums } from './open-enums.ts';
import { readOpenApi32 } from './openapi-3.2.ts';
import { separateOperations } from './operations.ts';
import { readParameterContent } from './parameter-content.ts';
import { matchPathTemplates } from './path-templates.ts';
import { cutRecursion } from './recursion.ts';
import { nameReferencedParts } from './references.ts';
import { applyRequired } from './required.ts';
import { readItemSchemas } from './streams.ts';
import { splitByUse } from './uses.ts';

/** A document in the form that the emitters read, and the warnings about it. */
export interface Normalized {
  document: Document;
  warnings: Warning[];
}

/**
 * Rewrites a bundled document in a simpler form with the same meaning. Code is generated from the result; mocks and
 * docs read the unchanged contract.
 *
 * Each step handles one thing that openapi-typescript, which has no further releases, gets wrong, or that can be
 * written in several ways in OpenAPI. A step can rely on those before it.
 */
export function normalize(bundle: object): Normalized {
  const document = copyDocument(bundle) as Document;
  const { title = 'API', version = '0' }: Partial<Document['info']> = document.info ?? {};
  document.info = { ...document.info, title, version };
  const warnings: Warning[] = [];
  const steps = [
    readOpenApi32,
    warnOfLargeIntegers,
    separateOperations,
    nameReferencedParts,
    matchPathTemplates,
    simplifyKeywords,
    readAnyMediaType,
    readParameterContent,
    readItemSchemas,
    cutRecursion,
    readOpenEnums,
    implyDiscriminatorValues,
    addNamesFromElsewhere,
    applyRequired,
    joinAnyOf,
    splitByUse,
  ];
  for (const step of steps) step(document, warnings);
  return { document, warnings };
}
