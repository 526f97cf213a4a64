/** The styles of all pages: the colors of the docs, light and dark. Text has a contrast of at least 4.5. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f7f6f3, #161513);
  --card: light-dark(#ffffff, #1e1d1b);
  --sunk: light-dark(#f7f6f3, #161513);
  --line: light-dark(#e6e3dd, #35322e);
  --edge: light-dark(#8a847b, #7d776f);
  --soft: light-dark(#67625a, #a8a299);
  --text: light-dark(#23211e, #efece6);
  --blue: light-dark(#1f5fae, #8dbcf5);
  --on-blue: light-dark(#ffffff, #161513);
  --good: light-dark(#0e7043, #6fd39a);
  --wait: light-dark(#67625a, #a8a299);
  --person: light-dark(#8f4e00, #f0b35e);
  --bad: light-dark(#a8203f, #f795a6);
  --mono: 13px/1.6 ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--paper); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1280px; margin: 0 auto; padding: 24px; }
h1 { font-size: 26px; line-height: 1.3; margin: 0 0 4px; letter-spacing: -.01em; }
h2 { font-size: 16px; line-height: 1.4; margin: 0; }
h2 .soft { font-weight: 400; margin-left: 4px; }
p { margin: 0 0 12px; }
p:last-child { margin-bottom: 0; }
a { color: var(--blue); }
b { font-weight: 600; }
code, pre { font: var(--mono); }
p code, li code { white-space: nowrap; }
.soft { color: var(--soft); }
.small { font-size: 13px; }
.good { color: var(--good); } .wait { color: var(--wait); } .person { color: var(--person); } .bad { color: var(--bad); }
time { color: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; white-space: nowrap; }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; border-radius: 4px; }

.bar { display: flex; flex-wrap: wrap; gap: 4px 20px; justify-content: space-between; align-items: center; padding: 10px 24px; background: var(--card); border-bottom: 1px solid var(--line); }
.bar nav { display: flex; gap: 4px 18px; align-items: center; flex-wrap: wrap; }
.bar a { text-decoration: none; padding: 4px 0; border-bottom: 2px solid transparent; }
.bar a[aria-current] { color: var(--text); border-color: var(--blue); }

.jump { display: none; }
.top { display: flex; flex-wrap: wrap; gap: 12px 32px; justify-content: space-between; align-items: end; margin-bottom: 20px; }
.top > :first-child { flex: 1 1 400px; }
.clock { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; }
.clock h2 { font-size: 13px; color: var(--soft); font-weight: 400; }
#clock, #clock time { font: var(--mono); color: var(--text); }
.group { display: flex; }
.group button { border-radius: 0; margin-left: -1px; }
.group button:first-child { border-radius: 8px 0 0 8px; margin: 0; }
.group button:last-child { border-radius: 0 8px 8px 0; }
.columns { display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr) 380px; align-items: start; }

.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px; margin: 0 0 20px; }
.card > h2 { margin-bottom: 12px; }
.card > :last-child { margin-bottom: 0; }
.head { display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between; align-items: center; }
.legend { display: flex; flex-wrap: wrap; gap: 0 14px; font-size: 13px; }
.rows { list-style: none; margin: 12px 0 0; padding: 0; }
.rows > li { border-top: 1px solid var(--line); padding: 10px 0; }
.rows > li:last-child { padding-bottom: 0; }
.tools .rows { margin: 0 0 12px; }
.item { display: grid; gap: 6px 16px; grid-template-columns: minmax(0, 1fr) auto; align-items: center; }
.item > .badge, .item > .actions { justify-self: end; }
summary { display: flex; gap: 4px 12px; align-items: center; }
.grow { flex: 1 1 160px; min-width: 0; overflow: hidden; text-overflow: ellipsis; }
.actions { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; font-size: 14px; }
summary { cursor: pointer; list-style: none; padding: 2px 0; }
summary::-webkit-details-marker { display: none; }
summary code { white-space: nowrap; }
summary::before { content: ''; flex: none; width: 6px; height: 6px; margin-right: 2px; border: solid var(--soft); border-width: 0 2px 2px 0; transform: rotate(-45deg); }
details[open] > summary::before { transform: rotate(45deg); }
.acts { position: relative; }
.acts > button { position: absolute; top: 6px; right: 0; }
.acts summary { padding-right: 88px; }
.body { padding: 12px 0 6px 20px; }
.value { display: inline-flex; max-width: 100%; gap: 8px; align-items: center; vertical-align: bottom; }
.value code, .line { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.code { border: 1px solid var(--line); border-radius: 8px; margin: 0 0 12px; overflow: hidden; background: var(--sunk); }
.code .head { padding: 4px 12px; border-bottom: 1px solid var(--line); font-size: 13px; color: var(--soft); }
pre { margin: 0; padding: 10px 12px; max-height: 340px; overflow: auto; }
pre:focus-visible { outline-offset: -2px; }
.badge { flex: none; display: inline-flex; gap: 6px; align-items: center; font-size: 13px; font-weight: 600; white-space: nowrap; }
.badge::before { content: ''; width: 9px; height: 9px; border: 2px solid currentColor; border-radius: 50%; }
.good.badge::before { background: currentColor; }
.person.badge::before { border-radius: 0; background: currentColor; transform: rotate(45deg) scale(.85); }
.bad.badge::before { border-radius: 1px; background: currentColor; }
.line-of-time { list-style: none; margin: 0 0 12px; padding: 0; font-size: 14px; }
.line-of-time li { position: relative; padding: 0 0 10px 22px; color: var(--text); }
.line-of-time li::before { content: ''; position: absolute; left: 0; top: 6px; width: 9px; height: 9px; border: 2px solid var(--edge); border-radius: 50%; background: var(--card); z-index: 1; }
.line-of-time li.good::before { background: var(--good); border-color: var(--good); }
.line-of-time li.bad::before { background: var(--bad); border-color: var(--bad); }
.line-of-time li:not(:last-child)::after { content: ''; position: absolute; left: 4px; top: 12px; bottom: -6px; width: 1px; background: var(--line); }

form { margin: 0; }
label { display: block; margin: 0 0 12px; font-size: 13px; color: var(--soft); }
input, select { display: block; width: 100%; margin-top: 4px; padding: 7px 10px; border: 1px solid var(--edge); border-radius: 8px; background: var(--card); color: var(--text); font: inherit; font-size: 15px; }
[aria-invalid] { border-color: var(--bad); }
.error { display: block; margin-top: 4px; color: var(--bad); font-size: 13px; }
label + .error { margin: -8px 0 12px; }
.row { display: flex; flex-wrap: wrap; gap: 0 12px; }
.row label { flex: 1 1 110px; }
.end { justify-content: end; gap: 10px; }
form[data-action=fault]:not(:has([value=status]:checked)) .for-status, form[data-action=fault]:not(:has([value=delay]:checked, [value=slow]:checked)) .for-ms { display: none; }
form + p { margin-top: 12px; }
button { padding: 6px 12px; border: 1px solid var(--edge); border-radius: 8px; background: var(--card); color: var(--text); font: inherit; font-size: 14px; cursor: pointer; white-space: nowrap; }
button:hover { border-color: var(--blue); color: var(--blue); }
button.main { background: var(--blue); border-color: var(--blue); color: var(--on-blue); font-weight: 600; }
button.main:hover { color: var(--on-blue); filter: brightness(1.1); }
button.danger { background: var(--bad); border-color: var(--bad); color: var(--on-blue); font-weight: 600; }
button.text { padding: 2px; min-height: 24px; border: 0; background: none; color: var(--blue); font-size: 13px; }
button.text:hover { text-decoration: underline; }
.tools button.main, .narrow button.main { width: 100%; }
.choices ul { margin: 0; padding-left: 20px; font-size: 14px; }
.choices summary + p { margin-top: 12px; }
.choices li { margin-bottom: 4px; }
dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 16px; margin: 0 0 12px; font-size: 14px; }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; overflow: hidden; text-overflow: ellipsis; }
.tools dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
.tools dd { margin-bottom: 4px; }
.toast { position: fixed; inset: auto 16px 16px; width: fit-content; max-width: min(560px, calc(100vw - 32px)); margin: 0 auto; padding: 10px 16px; border-radius: 10px; background: var(--text); color: var(--paper); box-shadow: 0 4px 24px #0004; z-index: 2; }
.toast:empty { padding: 0; }
.toast.bad { background: var(--bad); color: var(--on-blue); }
.notice { padding: 10px 14px; border-left: 4px solid currentColor; border-radius: 6px; background: var(--sunk); }
dialog { max-width: min(440px, calc(100vw - 32px)); padding: 24px; border: 1px solid var(--line); border-radius: 14px; background: var(--card); color: var(--text); }
dialog::backdrop { background: #0008; }
dialog h2 { font-size: 18px; margin-bottom: 8px; }

.middle { max-width: 720px; }
.letter { padding: 24px; border: 1px solid var(--line); border-radius: 10px; background: var(--sunk); }
.letter .brand { font-weight: 700; letter-spacing: .02em; color: var(--blue); }
.action { display: inline-block; padding: 9px 18px; border-radius: 8px; background: var(--blue); color: var(--on-blue); font-weight: 600; text-decoration: none; }
.narrow { max-width: 480px; padding-top: 7vh; }
.narrow .card { padding: 28px; }
.narrow h1 { margin-bottom: 16px; }
.narrow button.main { padding: 10px; margin-top: 4px; font-size: 15px; }
@media (max-width: 1000px) {
  .jump { display: inline-block; }
  .columns { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .tools { display: grid; gap: 20px; grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr)); align-items: start; margin-bottom: 20px; }
  .tools .card { margin: 0; }
  .tools div:empty { display: none; }
}
@media (max-width: 600px) {
  main { padding: 16px; }
  .bar { padding: 8px 16px; }
  .card { padding: 16px; }
  .narrow .card { padding: 20px; }
  .body { padding-left: 0; }
  summary { flex-wrap: wrap; position: relative; padding-left: 16px; }
  summary::before { position: absolute; left: 0; top: 9px; }
  summary .grow { flex-basis: 100%; order: 1; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: 6px; }
  .letter { padding: 16px; }
  .item { grid-template-columns: minmax(0, 1fr); }
  .item > .badge, .item > .actions { justify-self: start; }
  .value code { font-size: 12px; }
}
`;
