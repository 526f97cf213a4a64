/** Opens the navigation on a phone, where it is not next to the content. */
export function setUpMenu(): void {
  const button = document.querySelector<HTMLButtonElement>('.menu');
  const contents = document.querySelector<HTMLElement>('.contents');
  if (!button || !contents) return;
  const show = (isOpen: boolean) => {
    document.body.classList.toggle('menu-open', isOpen);
    button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) revealCurrent(contents);
  };
  button.addEventListener('click', () => show(button.getAttribute('aria-expanded') !== 'true'));
  contents.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('a')) show(false);
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || button.getAttribute('aria-expanded') !== 'true') return;
    show(false);
    button.focus();
  });
  revealCurrent(contents);
}

/** Opens the group of the current place, and scrolls the navigation to it. */
export function revealCurrent(contents: HTMLElement): void {
  const current = contents.querySelector<HTMLElement>('[aria-current]');
  if (!current) return;
  current.closest('details')?.setAttribute('open', '');
  const { top, bottom } = current.getBoundingClientRect();
  const frame = contents.getBoundingClientRect();
  if (top < frame.top || bottom > frame.bottom) contents.scrollTop += top - frame.top - frame.height / 3;
}
