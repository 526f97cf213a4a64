/** Lets an address in code that wraps break after its slashes, which a browser does within words alone. */
export function breakAddresses(strings: Iterable<Element>): void {
  for (const string of strings) {
    if (string.childElementCount > 0 || !string.textContent.includes('://')) continue;
    const parts = string.textContent.split(/(?<=[^/]\/)(?=[^/])/);
    string.replaceChildren(...parts.flatMap((part) => [part, document.createElement('wbr')]));
  }
}
