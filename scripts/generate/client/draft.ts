import type { Parameter } from '../../openapi/document.ts';
import type { ContractOperation } from '../../openapi/operations.ts';

/** An operation while it is read. */
export interface Draft extends ContractOperation {
  /** Collects what methods do not support. Each completes "no method, because". */
  unsupported: string[];
  /** Collects what a method leaves out, as it is optional and cannot be sent. Each completes "because". */
  omitted: string[];
  /** The parameters among them. */
  unwritable: Parameter[];
}
