/** Where the server tells which page it has, at first and after each change. */
export const changesPath = '/changes';

/** The script with which a page of the preview reloads itself when the server has another one. */
export const followScript = `<script>
let shown;
new EventSource('${changesPath}').onmessage = ({ data }) => {
  if (shown !== undefined && data !== shown) location.reload();
  shown = data;
};
</script>`;
