import type { Ports, Verdict } from '../../contract/command.js';
import type { OutputFormat } from '../payload/formats.js';
import { openFolder } from './folder.js';
import type { GenerateReport } from './reports.js';
import type { Load } from './forms.js';
import type { Item } from './items.js';

/** Writes a load as files in one folder. Scripts come last: once they exist, all requests do. Throws LocalError. */
export async function writeLoad(
  items: AsyncIterable<Item>,
  { load, format, out }: { load: Load; format: OutputFormat; out: string },
  { environment: { cwd }, reporting }: Ports<GenerateReport>,
): Promise<Verdict> {
  const folder = await openFolder(out, { cwd, largest: 0 });
  const requests = await folder.open(load.requests);
  let count = 0;
  try {
    for await (const { type, seq, event, bytes, text } of items) {
      await requests.append(`${text}\n`);
      count += 1;
      await reporting.report({ type, seq, event, bytes, format, file: requests.name });
    }
  } finally {
    await requests.close();
  }
  for (const { name, text, program } of load.scripts(count)) {
    const script = await folder.open(name);
    await script.append(text);
    await script.close();
    if (program) await reporting.report({ type: 'script', file: script.name, requests: count, program });
  }
  return 'positive';
}
