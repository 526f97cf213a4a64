/** Where Redoc keeps the colors that its reader has chosen. */
const storageKey = 'redoc.colorMode';

/** The button that changes between light and dark. Its name is what a click does. */
export function followColors(): void {
  const button = document.querySelector<HTMLButtonElement>('.colors');
  const { classList } = document.documentElement;
  const name = () => {
    const other = classList.contains('dark') ? 'light' : 'dark';
    button?.setAttribute('aria-label', `Use ${other} colors`);
    return other;
  };
  name();
  button?.addEventListener('click', () => {
    const other = name();
    classList.remove('light', 'dark');
    classList.add(other);
    try {
      localStorage.setItem(storageKey, other);
    } catch {
      // The choice then lasts as long as the page.
    }
    name();
  });
}
