/** Something worth knowing about a place in the contract, although code can be generated. */
export interface Remark {
  /** JSON pointer into the bundled document, with its `#`. */
  pointer: string;
  message: string;
}
