import type { Command } from './command.js';
import { check } from './check/command.js';
import { completion } from './completion/command.js';
import { config } from './config/command.js';
import { demo } from './demo/command.js';
import { exportCaptures } from './export/command.js';
import { fixtures } from './fixtures/command.js';
import { generate } from './generate/command.js';
import { init } from './init/command.js';
import { listen } from './listen/command.js';
import { replay } from './replay/command.js';
import { schema } from './schema/command.js';
import { secret } from './secret/command.js';
import { send } from './send/command.js';
import { sign } from './sign/command.js';
import { validate } from './validate/command.js';
import { verify } from './verify/command.js';

/** In the order `--help` lists them. */
export const commands: readonly Command[] = [
  send,
  listen,
  verify,
  validate,
  replay,
  check,
  generate,
  demo,
  exportCaptures,
  fixtures,
  schema,
  sign,
  secret,
  config,
  init,
  completion,
];
