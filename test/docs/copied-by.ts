/** Runs in the page: what a click on a button puts into the clipboard. */
export async function copiedBy(selector: string): Promise<string | undefined> {
  const written = new Promise<string>((resolve) => {
    navigator.clipboard.writeText = async (text) => resolve(text);
    // Redoc copies as older browsers do.
    document.addEventListener('copy', () => resolve(String(getSelection())), { capture: true });
  });
  document.querySelector<HTMLElement>(selector)?.click();
  return written;
}
