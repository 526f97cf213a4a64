import { withPolicy } from '../site/policy.ts';

/** The address at which the server says which docs it has, and what is wrong with the contract. */
export const changesPath = '/changes';

/**
 * The script with which a page of the preview reloads itself when the server has other docs, and lays over itself what
 * is wrong while the server can make none.
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

/** What the preview shows until the docs can be built for the first time. */
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
