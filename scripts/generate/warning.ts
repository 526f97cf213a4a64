/** A warning about a place in the contract that does not prevent generation. */
export interface Warning {
  /** JSON pointer into the bundled document, with its `#`. */
  pointer: string;
  message: string;
}
