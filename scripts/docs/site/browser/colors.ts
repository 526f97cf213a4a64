/** The key under which Redoc stores the color mode. */
const storageKey = 'redoc.colorMode';

/** The button for the color mode. Its label says what a click does. */
export function setUpColors(): void {
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
      // Without storage, the choice only applies to this page.
    }
    name();
  });
}
