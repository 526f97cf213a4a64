/** The styles of all pages: the colors of the docs, light and dark. Text has a contrast of at least 4.5. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#faf9f7, #161513);
  --card: light-dark(#ffffff, #1d1c1a);
  --line: light-dark(#e2dfd9, #3a3733);
  --edge: light-dark(#8a847b, #7d776f);
  --soft: light-dark(#67625a, #a8a299);
  --text: light-dark(#23211e, #efece6);
  --blue: light-dark(#1f5fae, #8dbcf5);
  --on-blue: light-dark(#ffffff, #161513);
  --good: light-dark(#0e7043, #6fd39a);
  --bad: light-dark(#9c2463, #f29ac0);
  --act: light-dark(#a33b00, #f5a47a);
  --wait: light-dark(#7a5c00, #e0bf5a);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--text); font: 15px/1.6 system-ui, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 20px; }
h1 { font-size: 26px; line-height: 1.3; margin: 12px 0 4px; }
h2 { font-size: 18px; line-height: 1.3; margin: 0 0 10px; }
p { margin: 0 0 12px; }
a { color: var(--blue); }
ul { margin: 0 0 12px; padding-left: 20px; }
.card > :last-child, form > :last-child { margin-bottom: 0; }
code, pre { font: 13px/1.6 ui-monospace, monospace; }
pre { margin: 0 0 12px; padding: 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); overflow-x: auto; max-height: 320px; }
.soft { color: var(--soft); }
.small { font-size: 13px; }
.bar { display: flex; flex-wrap: wrap; gap: 6px 20px; justify-content: space-between; align-items: center; padding: 10px 20px; background: var(--card); border-bottom: 1px solid var(--line); }
.bar nav { display: flex; gap: 4px 18px; align-items: baseline; flex-wrap: wrap; }
.bar a { text-decoration: none; padding: 2px 0; }
.bar a[aria-current] { color: var(--text); border-bottom: 2px solid var(--blue); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 18px; margin: 0 0 18px; }
.narrow { max-width: 480px; padding-top: 7vh; }
.narrow .card { padding: 26px; }
.tools { display: grid; gap: 18px; grid-template-columns: repeat(auto-fit, minmax(min(330px, 100%), 1fr)); margin-bottom: 18px; }
.tools .card { margin: 0; }
form, fieldset { border: 0; margin: 0; padding: 0; }
label { display: block; margin: 0 0 10px; font-size: 13px; color: var(--soft); }
input, select { display: block; width: 100%; margin-top: 3px; padding: 7px 10px; border: 1px solid var(--edge); border-radius: 8px; background: var(--paper); color: var(--text); font: inherit; font-size: 15px; }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; margin-bottom: 10px; }
.row label { flex: 1 1 110px; margin: 0; }
button { padding: 7px 14px; border: 1px solid var(--edge); border-radius: 8px; background: var(--card); color: var(--text); font: inherit; cursor: pointer; }
button:hover { border-color: var(--blue); }
button.main { background: var(--blue); border-color: var(--blue); color: var(--on-blue); font-weight: 600; }
a.button { display: inline-block; padding: 9px 18px; border-radius: 8px; background: var(--blue); color: var(--on-blue); font-weight: 600; text-decoration: none; }
button.danger { border-color: var(--bad); color: var(--bad); }
button.text { padding: 0 2px; border: 0; background: none; color: var(--blue); text-decoration: underline; font-size: 13px; }
.narrow button { width: 100%; padding: 10px; margin-top: 8px; }
.narrow h1 { margin: 0 0 14px; }
.narrow form + p { margin: 16px 0 0; }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { text-align: left; font-size: 12px; font-weight: 600; color: var(--soft); padding: 4px 12px 4px 0; white-space: nowrap; }
td { padding: 7px 12px 7px 0; border-top: 1px solid var(--line); vertical-align: top; }
thead td { border: 0; }
td time { white-space: nowrap; }
.badge { display: inline-block; padding: 0 8px; border: 1px solid currentColor; border-radius: 999px; font-size: 12px; font-weight: 600; white-space: nowrap; }
.act { color: var(--act); }
.wait { color: var(--wait); }
.good { color: var(--good); }
.bad { color: var(--bad); }
.calm { color: var(--soft); }
.notice { padding: 10px 14px; border-left: 4px solid currentColor; border-radius: 6px; background: var(--paper); }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 14px; margin: 0 0 16px; font-size: 14px; }
dt { color: var(--soft); }
dd { margin: 0; }
li { margin-bottom: 4px; }
summary { cursor: pointer; }
[hidden] { display: none; }
.copyable { display: inline-flex; gap: 6px; align-items: baseline; max-width: 100%; }
.copyable code { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.actions { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; font-size: 13px; }
.actions button { padding: 1px 10px; font-size: 13px; }
.actions button.text { padding: 0 2px; }
.actions > * { white-space: nowrap; }
form + p { margin-top: 12px; }
.clock { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
.clock button { padding: 3px 10px; font-size: 13px; }
.toast { position: fixed; bottom: 16px; left: 16px; right: 16px; max-width: 560px; margin: 0 auto; background: var(--card); border: 1px solid currentColor; border-left-width: 4px; }
.problem { margin: -4px 0 10px; }
[aria-invalid=true] { border-color: var(--bad); }
form:not(:has(option[value=status]:checked)) .for-status, form:not(:has(option[value=delay]:checked, option[value=slow]:checked)) .for-time { display: none; }
.timeline { list-style: none; margin: 6px 0 0; padding: 0 0 0 14px; border-left: 2px solid var(--line); }
.timeline li::before { content: ""; float: left; width: 8px; height: 8px; margin: 7px 0 0 -19px; border-radius: 50%; background: var(--edge); }
.sheet { max-width: 560px; padding: 22px; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); }
.sheet > :last-child { margin-bottom: 0; }
.apart { margin-top: 40px; }
dialog { border: 1px solid var(--line); border-radius: 12px; padding: 22px; background: var(--card); color: var(--text); max-width: 420px; }
dialog::backdrop { background: rgb(0 0 0 / 45%); }
td pre { max-width: min(520px, 80vw); margin: 4px 0 8px; }
@media (max-width: 640px) {
  main { padding: 14px; }
  .card, .narrow .card { padding: 16px; }
  table, thead, tbody, tr, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border-top: 1px solid var(--line); padding: 10px 0; }
  td { border: 0; padding: 1px 0; }
  td[data-name]::before { content: attr(data-name) ": "; color: var(--soft); font-size: 13px; }
}
`;
