/** Marks the current heading in the list next to a chapter. */
export function setUpHeadings(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.on-this-page a')];
  if (links.length === 0) return;
  const headings = links.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1))));
  const mark = () => {
    const atTheEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const reached = headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top < 120);
    const current = atTheEnd ? headings.length - 1 : reached;
    for (const [index, link] of links.entries()) {
      if (index === current) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  document.addEventListener('scroll', mark, { passive: true });
  mark();
}
