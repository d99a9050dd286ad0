import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { blocksIn, rowsIn, sectionOf } from '../support/documents.js';
import { createShell } from '../support/shell.js';
import { temporaryFolder } from '../support/folder.js';

const section = sectionOf('docs/recordings.md', 'The format');
const documented = rowsIn(section).map(([field = '', second = '']) => ({
  field: field.replaceAll('`', ''),
  kinds:
    second === 'all' ? ['request', 'sent', 'reply'] : [...second.matchAll(/`(\w+)`/g)].map(([, kind = '']) => kind),
}));
const end = documented.findIndex(({ field }) => field === 'end') + 1;

interface Line {
  kind: string;
  verdict?: Record<string, unknown>;
}

/** Two listeners, one forwarding to the other, and a sender: every field is in one of their recordings. */
async function record(): Promise<Buffer> {
  const run = createShell();
  const { output } = await run(`
    webhook-cli listen --port 0 --count 1 --ready-file app --quiet >/dev/null &
    until [ -s app ]; do sleep 0.1; done
    webhook-cli listen --port 0 --path /in --forward-to "$(cat app)" --save r.ndjson --ready-file up --quiet >/dev/null & listener=$!
    until [ -s up ]; do sleep 0.1; done
    webhook-cli send -f approved --unsigned --url "$(cat up)/in" --quiet --expect-status 401
    webhook-cli send -f approved --url "$(cat up)/out" --quiet --expect-status 404
    webhook-cli send -f approved -H 'authorization: Bearer t0psecret' --url "$(cat up)/in" --save r.ndjson --quiet
    kill $listener; wait; base64 r.ndjson`).ended;
  return Buffer.from(output, 'base64');
}

test('docs/recordings.md has every field, and a reader that reads every request', async () => {
  const recording = await record();
  const lines = recording
    .toString()
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Line);
  for (const kind of ['request', 'sent', 'reply']) {
    const written = lines.filter(line => line.kind === kind).flatMap(line => Object.keys(line));
    const fields = documented.slice(0, end).filter(({ kinds }) => kinds.includes(kind));
    expect([...new Set(written)].sort(), kind).toEqual(fields.map(({ field }) => field).sort());
  }
  const verdicts = lines.flatMap(({ verdict = {} }) => Object.keys(verdict));
  expect([...new Set(verdicts)].sort()).toEqual(
    documented
      .slice(end)
      .map(({ field }) => field)
      .sort(),
  );

  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'incident.ndjson'), Buffer.concat([recording, Buffer.from('{"v":1,"kind":"req')]));
  writeFileSync(path.join(folder, 'read.mjs'), blocksIn(section, 'js').join(''));
  const printed = execFileSync(process.execPath, ['read.mjs'], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
  expect(printed).toHaveLength(lines.filter(({ kind }) => kind !== 'reply').length);
  for (const line of printed) expect(line).toMatch(/^\d{4}-[\d-]+T[\d:.]+Z POST \/(?:in|out) 622$/);
});
