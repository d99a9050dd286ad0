import type { Command, DefinedCommand } from '../contract/command.js';
import { commandEntries, type CommandName } from './index.js';
import { check } from './check/command.js';
import { completion } from './completion/command.js';
import { config } from './config/command.js';
import { demo } from './demo/command.js';
import { exportCaptures } from './export/command.js';
import { fixtures } from './fixtures/command.js';
import { generate } from './generate/command.js';
import { init } from './init/command.js';
import { inspect } from './inspect/command.js';
import { listen } from './listen/command.js';
import { replay } from './replay/command.js';
import { schema } from './schema/command.js';
import { schemes } from './schemes/command.js';
import { secret } from './secret/command.js';
import { send } from './send/command.js';
import { sign } from './sign/command.js';
import { validate } from './validate/command.js';
import { verify } from './verify/command.js';

const definitions: Readonly<Record<CommandName, DefinedCommand>> = {
  send,
  listen,
  verify,
  inspect,
  validate,
  replay,
  check,
  generate,
  demo,
  export: exportCaptures,
  fixtures,
  schema,
  schemes,
  sign,
  secret,
  config,
  init,
  completion,
};

/** Everything known about a command before it runs. */
export const commands: readonly Command[] = commandEntries.map(entry => ({ ...entry, ...definitions[entry.name] }));
