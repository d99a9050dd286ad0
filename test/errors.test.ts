import { expect, test } from 'vitest';
import { InputError, LocalError, localIfShort } from '../src/errors.js';

const failure = (code: string) =>
  localIfShort(new InputError("can't read it", { hint: 'x', cause: Object.assign(new Error(code), { code }) }));

test.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'])(
  '%s while reading is a local error and shows no part of the input',
  code => {
    expect(failure(code)).toBeInstanceOf(LocalError);
    expect(failure(code)).toMatchObject({ message: "can't read it", cause: { code } });
    expect(failure(code).hint).toContain('limits');
  },
);

test.each(['ENOENT', 'EACCES'])('%s while reading is passed on unchanged', code => {
  expect(failure(code)).toBeInstanceOf(InputError);
});
