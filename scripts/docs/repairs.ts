/**
 * What no option of Redoc changes, by the text of the page that is replaced: of its script and, for what is on the first
 * page, of what was drawn beforehand, which the script takes over as it is.
 */
const repairs = [
  // The logo of its maker comes from a server of theirs. The theme writes the name instead.
  { from: /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g, to: 'data:,' },
  // Screen readers are told "Example" where everyone else reads which example is chosen.
  { from: /"aria-label":`Example`,(?=options:)/g, to: '' },
  // The cross that empties the search field has no name.
  {
    from: /(sendSearchInputResetClickedMessage\([^)]*\)\]\)\}),(?=icon:)/g,
    to: '$1,"aria-label":`Empty the search field`,',
  },
  // What opens the search answers to the mouse alone.
  {
    from: /(onClick:(\w+),[^{}]*"data-testid":`search-trigger`,)(?=children:)/g,
    to: '$1role:`button`,tabIndex:0,onKeyDown:event=>{if(event.key===`Enter`||event.key===` `){event.preventDefault();$2()}},',
  },
  { from: /<div data-testid="search-trigger"/g, to: '$& role="button" tabindex="0"' },
  {
    from: /"data-testid":`search-dialog`,/g,
    to: '$&role:`dialog`,"aria-modal":true,"aria-label":`Search`,',
  },
  // Outside of the main part, everything belongs to the navigation.
  { from: /className:\w+,\$collapsedSidebar:\w+,/g, to: '$&role:`navigation`,"aria-label":`Contents`,' },
  { from: /class="[^"]* menu-content"/g, to: '$& role="navigation" aria-label="Contents"' },
  // Beneath the heading of an operation, of the second level, come some of the fourth and the fifth.
  { from: /"data-component-name":`Typography\/H4`,/g, to: '$&"aria-level":3,' },
  { from: /(\w+=\w+\.h5)(?=`)/g, to: '$1.attrs({"aria-level":4})' },
];

/** Mends what must not stay as Redoc makes it. */
export function repairPage(page: string): string {
  return repairs.reduce((unrepaired, { from, to }) => {
    const repaired = unrepaired.replace(from, to);
    if (repaired === unrepaired) {
      throw new Error(`Redoc's page no longer contains ${from}: look at what it has instead.`);
    }
    return repaired;
  }, page);
}
