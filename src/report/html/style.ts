/** Two palettes, chosen by the reader's preference. Text has a contrast of at least 4.5. */
export const style = `
:root { color-scheme: light dark; --text: #1c2128; --faint: #59636e; --ground: #fff; --panel: #f6f8fa; --line: #d1d9e0;
  --good: #1a7f37; --bad: #c5232f; --warning: #8a5a00; --bar: #54759e; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --faint: #9aa4af; --ground: #0d1117; --panel: #161b22;
  --line: #30363d; --good: #4ac26b; --bad: #ff7b72; --warning: #d9a441; --bar: #7aa2d6; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.35rem; font-weight: 600; }
h2 { margin: 2rem 0 .75rem; font-size: 1.05rem; font-weight: 600; }
h3 { margin: 0 0 .5rem; font: 600 .95rem ui-monospace, monospace; }
p { margin: .35rem 0; }
a { color: inherit; }
header { border-bottom: 1px solid var(--line); padding-bottom: 1rem; }
.verdict { font-size: 1.1rem; }
.passed { color: var(--good); } .failed { color: var(--bad); } .warning { color: var(--warning); }
.skipped, .faint, .explains, dt { color: var(--faint); }
.mark { display: inline-block; min-width: 1.1em; text-align: center; font-weight: 600; }
dl { display: grid; gap: .25rem; margin: .5rem 0; }
dl div { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: .75rem; }
dd { margin: 0; overflow-wrap: anywhere; }
article, details { border: 1px solid var(--line); border-radius: 6px; background: var(--panel); padding: .75rem 1rem; margin: .5rem 0; }
article details { background: var(--ground); padding: .4rem .75rem; }
.cause { border-left: 4px solid var(--bad); }
.cause .words { font-weight: 600; }
.explains { font-size: .9rem; }
summary { cursor: pointer; }
ul { list-style: none; margin: .5rem 0 0; padding: 0; }
li { overflow-wrap: anywhere; padding: .1rem 0; }
pre { margin: .5rem 0 .25rem; overflow-x: auto; font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--bar); outline-offset: 2px; }
figure { margin: .5rem 0 1.5rem; }
figcaption { margin-bottom: .5rem; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--faint); font: 12px ui-monospace, monospace; }
svg .bar { fill: var(--bar); } svg .axis { stroke: var(--line); }
@media (max-width: 480px) { dl div { grid-template-columns: 1fr; gap: 0; } }
@media print { details { break-inside: avoid; } body { max-width: none; } }
`;
