/** What no option, style or script beside Redoc can change: the text of its script that is replaced, and why. */
const patches = [
  // The logo of its maker comes from a server of theirs, and is asked for wherever it would be shown. The theme hides
  // Redoc's navigation and with it the logo, but a browser loads a hidden image as well.
  { from: /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g, to: 'data:,' },
  // The choice of an example changes the body alone: a sample is one text. Here it may be one text for each example.
  // A script beside Redoc could replace what is shown, but not what the button beside it copies.
  {
    from: /((\w+)=\w+\?\w+\[\w+\]\?\.key\?\?\w+:void 0,[^;]{0,120}return``;let (\w+)=[^;]{0,60};return \3\?)\3\.source(:[^;]{0,120}?\},\[)/,
    to: '$1($3.source[$2]??$3.source)$4$2,',
  },
];

/** @throws when Redoc has become another one */
export function patchRedoc(page: string): string {
  return patches.reduce((unpatched, { from, to }) => {
    const patched = unpatched.replace(from, to);
    if (patched === unpatched) {
      throw new Error(`Redoc's page no longer contains ${from}: look at what it has instead.`);
    }
    return patched;
  }, page);
}
