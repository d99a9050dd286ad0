/** The page itself, as the browser gets it. */
export interface PageAssets {
  html: string;
  script: string;
  style: string;
}

/** A stand-in until the page is built: it opens the session and lists what there is, as text. */
export function pageAssets(): PageAssets {
  return {
    html: '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>webhook-cli</title><link rel="stylesheet" href="/page.css"></head><body><pre id="out"></pre><script type="module" src="/page.js"></script></body></html>',
    script: `const out = document.getElementById('out');
const token = location.hash.slice(1);
if (token) await fetch('/api/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) });
history.replaceState(null, '', '/');
out.textContent = JSON.stringify(await (await fetch('/api/requests')).json(), null, 2);
`,
    style: 'body { font-family: monospace }',
  };
}
