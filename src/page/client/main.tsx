import { render } from 'preact';
import { App } from './app.js';
import { openEmbedded } from './embedded-source.js';
import { Trouble } from './empty.js';
import { openServer } from './http-source.js';
import { problemOf } from './source.js';

const page = document.getElementById('page');
if (page) await open(page);

async function open(place: HTMLElement): Promise<void> {
  place.replaceChildren();
  try {
    const source = openEmbedded() ?? (await openServer());
    document.title = `${source.info.title} – webhook-cli`;
    render(<App source={source} />, place);
  } catch (error) {
    render(
      <main class="closed">
        <h1>webhook-cli</h1>
        <Trouble problem={problemOf(error)} />
      </main>,
      place,
    );
  }
}
