import path from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { configSchema } from '../../src/config/file-schema.js';
import { root } from '../support/cli.js';

test('the schema that ships for editors is the one that checks the file', async () => {
  const schema = z.toJSONSchema(configSchema, { io: 'input' });
  const file = path.join(root, 'schemas/webhook-cli.config.schema.json');
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(file);
});
