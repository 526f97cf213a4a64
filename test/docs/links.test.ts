import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { useBuiltDocs } from './built-docs.ts';

const docs = useBuiltDocs();

interface Link {
  page: string;
  /** Path of the file that it leads to, and what follows the first #. */
  file: string;
  place: string;
}

/** The links of a page to others of the docs, or to places in it. */
function linksIn(page: string, html: string): Link[] {
  const addresses = html.matchAll(/<a\s[^>]*?href="([^"]+)"/g);
  return Array.from(addresses, ([, address = '']) => address.replaceAll('&amp;', '&'))
    .filter((address) => !address.startsWith('https://'))
    .map((address) => {
      const [path = '', ...place] = address.split('#');
      const file = path === '' ? page : posix.join(posix.dirname(page), path);
      return { page, file, place: decodeURIComponent(place.join('#')) };
    });
}

test('each link of the guide and of its navigation leads to a page that exists, and to a heading or a place of it', () => {
  const pages = [...docs.files].filter(([name]) => /^(?:index|guide\/.+)\.html$/.test(name));
  const links = pages.flatMap(([name, html]) => linksIn(name, html));
  const inGuide = links.filter(({ file }) => file !== 'reference.html');
  expect(new Set(inGuide.map(({ file, place }) => `${file}#${place}`)).size).toBeGreaterThan(50);
  const hasId = ({ file, place }: Link) =>
    place === '' || docs.files.get(file)?.includes(` id="${place}"`) === true;
  expect(inGuide.filter((link) => !docs.files.has(link.file) || !hasId(link))).toEqual([]);

  // The navigation of the reference lists its places, and the test of the reference opens them.
  const places = new Set(
    linksIn('reference.html', docs.files.get('reference.html') ?? '').map(({ place }) => place),
  );
  const inReference = links.filter(({ file }) => file === 'reference.html');
  expect(inReference.length).toBeGreaterThan(50);
  expect(inReference.filter(({ place }) => place !== '' && !places.has(place))).toEqual([]);
});
