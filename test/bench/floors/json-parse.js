// The least a reader of NDJSON can do: split lines and parse each one.
import { createReadStream } from 'node:fs';

let rest = '';
let lines = 0;
for await (const chunk of createReadStream(process.argv[2], { encoding: 'utf8', highWaterMark: 2 ** 18 })) {
  const pieces = (rest + chunk).split('\n');
  rest = pieces.pop();
  for (const line of pieces) {
    JSON.parse(line);
    lines += 1;
  }
}
process.stdout.write(`${lines}\n`);
