/** Something that is worth knowing of one place of the contract, though code can be made. */
export interface Remark {
  /** JSON pointer into the bundled document, with its `#`. */
  pointer: string;
  message: string;
}
