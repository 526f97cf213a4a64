/** Allows line breaks after the slashes of URLs in code. */
export function breakAddresses(strings: Iterable<Element>): void {
  for (const string of strings) {
    if (string.childElementCount > 0 || !string.textContent.includes('://')) continue;
    const parts = string.textContent.split(/(?<=[^/]\/)(?=[^/])/);
    string.replaceChildren(...parts.flatMap((part) => [part, document.createElement('wbr')]));
  }
}
