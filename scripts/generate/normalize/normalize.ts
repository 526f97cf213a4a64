import type { Document } from '../client/document.ts';
import { joinAnyOf } from './any-of.ts';
import { copyDocument } from './copy.ts';
import { implyDiscriminatorValues } from './discriminators.ts';
import { simplifyKeywords } from './keywords.ts';
import { warnOfLargeIntegers } from './large-integers.ts';
import { readAnyMediaType } from './media-types.ts';
import { readOpenApi32 } from './openapi-3.2.ts';
import { separateOperations } from './operations.ts';
import { readParameterContent } from './parameter-content.ts';
import { cutRecursion } from './recursion.ts';
import { nameReferencedParts } from './references.ts';
import type { Remark } from './remark.ts';
import { applyRequired } from './required.ts';
import { readItemSchemas } from './streams.ts';
import { splitByUse } from './uses.ts';

/** A document that the generators of code can take at its word, and what was noticed on the way. */
export interface Normalized {
  document: Document;
  remarks: Remark[];
}

/**
 * Says the same as a bundled document in fewer ways. Code is generated from the result; the contract that mocks
 * and docs read stays as its authors wrote it.
 *
 * Each step stands for one thing that openapi-typescript, which is frozen, gets wrong, or that OpenAPI lets authors say
 * in many ways. A step may count on those before it.
 */
export function normalize(bundle: object): Normalized {
  const document = copyDocument(bundle) as Document;
  const { title = 'API', version = '0' }: Partial<Document['info']> = document.info ?? {};
  document.info = { ...document.info, title, version };
  const remarks: Remark[] = [];
  const steps = [
    readOpenApi32,
    warnOfLargeIntegers,
    separateOperations,
    nameReferencedParts,
    simplifyKeywords,
    readAnyMediaType,
    readParameterContent,
    readItemSchemas,
    cutRecursion,
    implyDiscriminatorValues,
    applyRequired,
    joinAnyOf,
    splitByUse,
  ];
  for (const step of steps) step(document, remarks);
  return { document, remarks };
}
