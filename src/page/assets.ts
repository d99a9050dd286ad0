import { readFile } from 'node:fs/promises';

/** The page itself, as the browser gets it. */
export interface PageAssets {
  html: string;
  script: string;
  style: string;
}

/** Reads the page from where the package's build has put it. */
export async function pageAssets(packageRoot: URL): Promise<PageAssets> {
  const read = (name: string): Promise<string> => readFile(new URL(`dist/page/${name}`, packageRoot), 'utf8');
  const [html, script, style] = await Promise.all([read('index.html'), read('page.js'), read('page.css')]);
  return { html, script, style };
}
