import { defineCommand } from '../command.js';
import { secretFlags } from '../flags.js';
import { algorithm, duration, header, port, recording, text, url, wholeNumber } from '../values.js';

export const config = defineCommand({
  name: 'config',
  examples: ['config', 'config --profile staging', 'config --url http://localhost:3000/webhooks/fin --json'],
  configure: command => {
    command
      .optionsGroup('Settings, as the other commands take them:')
      .option('-u, --url <url>', 'the receiver (default: http://127.0.0.1:4665/)', url)
      .option('-H, --header <name: value>', 'another header; repeatable', header)
      .option('--algorithm <name>', 'sha256, sha384 or sha512 (default: sha256)', algorithm)
      .option('--timeout <duration>', 'for each attempt as a whole (default: 10s)', duration)
      .option('--retries <number>', 'send again so often, if that helps (default: 0)', wholeNumber(0, 1000))
      .option('-p, --port <port>', 'port of listen', port)
      .option('--host <address>', 'address of listen', text)
      .option('--save <file>', 'recording of listen', recording)
      .option('--forward-to <url>', 'application behind listen', url);
    secretFlags(command);
  },
  load: () => import('./run.js'),
});
