import { withPolicy } from '../site/policy.ts';

/** The path at which the server reports the version of its docs, and the errors of the contract. */
export const changesPath = '/changes';

/**
 * The script of the preview: a page reloads itself when the server has new docs, and shows the errors on top while the
 * server cannot build them.
 */
export const reloadScript = `<script>
let shown;
let notice;
const changes = new EventSource('${changesPath}');
changes.addEventListener('docs', ({ data }) => {
  notice?.remove();
  if (shown !== undefined && data !== shown) location.reload();
  shown = data;
});
changes.addEventListener('fault', ({ data }) => {
  notice?.remove();
  notice = document.createElement('div');
  notice.role = 'alert';
  notice.id = 'fault';
  notice.style.cssText = 'position:fixed;z-index:99;inset:0;overflow:auto;padding:32px;background:#1b1a17f5;color:#f6f3ed;font:14px/1.6 ui-monospace,monospace';
  const title = document.createElement('p');
  title.textContent = 'The docs cannot be built. This goes away with the next save that repairs them.';
  title.style.cssText = 'margin:0 0 20px;color:#f5938b;font-weight:bold';
  const text = document.createElement('pre');
  text.textContent = JSON.parse(data);
  text.style.cssText = 'margin:0;font:inherit;white-space:pre-wrap;overflow-wrap:anywhere';
  notice.append(title, text);
  document.body.append(notice);
});
</script>`;

/** The page that the preview shows until the docs are built for the first time. */
export const waitingPage = withPolicy(
  `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>Preview of the docs</title>
${reloadScript}
</head>
<body></body>
</html>
`,
  "'self'",
);
