/** Milliseconds for which a button confirms that it has copied. */
const noticeTime = 1500;

/** The buttons that copy the code next to them. */
export function setUpCopyButtons(): void {
  document.addEventListener('click', async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>('button.copy') : null;
    const code = button?.closest('.code')?.querySelector('code');
    if (!button || !code) return;
    await copy(code);
    const notice = (isDone: boolean) => {
      button.classList.toggle('done', isDone);
      button.setAttribute('aria-label', isDone ? 'Copied' : 'Copy');
    };
    notice(true);
    setTimeout(() => notice(false), noticeTime);
  });
}

async function copy(code: Element): Promise<void> {
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    // The page is not a secure context, such as one from another machine without https.
    getSelection()?.selectAllChildren(code);
    document.execCommand('copy');
    getSelection()?.removeAllRanges();
  }
}
