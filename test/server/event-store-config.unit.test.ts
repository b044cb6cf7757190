import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadConfiguration } from '../../src/server/config';
import { readEventStoreConfig } from '../../src/server/event-store-config';

const URL = 'esdb://127.0.0.1:2113?tls=false';
const SECRET = 'hunter2-Zq9';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'slipway-config-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};
/** From the environment, without flags. */
const read = (environment: NodeJS.ProcessEnv) => readEventStoreConfig({}, environment);

describe('the settings of the event store', () => {
  it('leave the log in the data directory when nothing names a server', () => {
    expect(read({})).toBeNull();
    expect(read({ SLIPWAY_EVENT_STORE_USER: 'ops', SLIPWAY_EVENT_STORE_PASSWORD: SECRET })).toBeNull();
  });

  it('name a server by the environment, or by the flag, which comes first', () => {
    expect(read({ SLIPWAY_EVENT_STORE: URL })).toEqual({
      prefix: 'slipway-',
      connection: {
        servers: [{ host: '127.0.0.1', port: 2113 }],
        discover: false,
        tls: false,
        caFile: null,
        credentials: null,
      },
    });
    const both = readEventStoreConfig({ eventStore: 'esdb://other' }, { SLIPWAY_EVENT_STORE: URL });
    expect(both?.connection.servers).toEqual([{ host: 'other', port: 2113 }]);
  });

  it('take user and password from the environment, before those of the connection string', () => {
    const inString = `esdb://ops:${SECRET}@127.0.0.1`;
    expect(read({ SLIPWAY_EVENT_STORE: inString })?.connection.credentials).toEqual({
      username: 'ops',
      password: SECRET,
    });
    const separate = { SLIPWAY_EVENT_STORE_USER: 'admin', SLIPWAY_EVENT_STORE_PASSWORD: 'other' };
    expect(read({ SLIPWAY_EVENT_STORE: inString, ...separate })?.connection.credentials).toEqual({
      username: 'admin',
      password: 'other',
    });
    expect(readEventStoreConfig({ eventStore: URL }, separate)?.connection.credentials?.username).toBe('admin');
  });

  it.each([
    ['with a line end', `${SECRET}\n`, SECRET],
    ['with that of Windows', `${SECRET}\r\n`, SECRET],
    ['without one', SECRET, SECRET],
    ['with spaces, which belong to it', ` ${SECRET} \n`, ` ${SECRET} `],
  ])('take the password from a file %s', (_how, text, password) => {
    const path = file('password', text);
    const environment = { SLIPWAY_EVENT_STORE_USER: 'ops', SLIPWAY_EVENT_STORE_PASSWORD_FILE: path };
    expect(read({ SLIPWAY_EVENT_STORE: URL, ...environment })?.connection.credentials?.password).toBe(password);
  });

  it('take the CA file from the environment, before that of the connection string', () => {
    const [one, two] = [file('one.crt', ''), file('two.crt', '')];
    const SLIPWAY_EVENT_STORE = `esdb://127.0.0.1?tlsCAFile=${encodeURIComponent(one)}`;
    expect(read({ SLIPWAY_EVENT_STORE })?.connection.caFile).toBe(one);
    expect(read({ SLIPWAY_EVENT_STORE, SLIPWAY_EVENT_STORE_CA_FILE: two })?.connection.caFile).toBe(two);
  });

  it.each(['SLIPWAY_EVENT_STORE_CA_FILE', 'SLIPWAY_EVENT_STORE_USER', 'SLIPWAY_EVENT_STORE_PREFIX'])(
    'take an empty %s for one that is not set',
    (name) => {
      expect(read({ SLIPWAY_EVENT_STORE: URL, [name]: '' })).toEqual(read({ SLIPWAY_EVENT_STORE: URL }));
    },
  );

  it('take a prefix of lower-case letters and digits with one dash at its end, and no other', () => {
    const prefixed = (prefix: string) => read({ SLIPWAY_EVENT_STORE: URL, SLIPWAY_EVENT_STORE_PREFIX: prefix });
    expect(prefixed('staging2-')?.prefix).toBe('staging2-');
    for (const prefix of ['staging', 'a-b-', '-', '$ce-', 'Staging-', '2nd-', `${'x'.repeat(32)}-`]) {
      expect(() => prefixed(prefix)).toThrow('SLIPWAY_EVENT_STORE_PREFIX');
    }
  });

  it('refuse a password in an argument, which others could read, and do not repeat it', () => {
    const refusal = refusalOf(() => readEventStoreConfig({ eventStore: `esdb://ops:${SECRET}@127.0.0.1` }, {}));
    expect(refusal).toContain('--event-store must not hold a password');
    expect(refusal).not.toContain(SECRET);
  });

  it.each([
    ['an empty variable', {}, { SLIPWAY_EVENT_STORE: '' }, 'SLIPWAY_EVENT_STORE is empty: give it the address'],
    ['a variable of blanks', {}, { SLIPWAY_EVENT_STORE: ' ' }, 'unset SLIPWAY_EVENT_STORE'],
    ['an empty flag', { eventStore: '' }, { SLIPWAY_EVENT_STORE: URL }, '--event-store is empty: give it the address'],
    ['a flag that is no connection string', { eventStore: `ops:${SECRET}@127.0.0.1` }, {}, '--event-store is no'],
    [
      'a variable that is none',
      {},
      { SLIPWAY_EVENT_STORE: `esdb://o:${SECRET}@h?tls=false&` },
      'SLIPWAY_EVENT_STORE is',
    ],
    ['a user without a password', {}, { SLIPWAY_EVENT_STORE: URL, SLIPWAY_EVENT_STORE_USER: 'ops' }, 'belong together'],
    [
      'a password without a user',
      {},
      { SLIPWAY_EVENT_STORE: URL, SLIPWAY_EVENT_STORE_PASSWORD: SECRET },
      'belong together',
    ],
    [
      'two passwords',
      {},
      {
        SLIPWAY_EVENT_STORE: URL,
        SLIPWAY_EVENT_STORE_USER: 'ops',
        SLIPWAY_EVENT_STORE_PASSWORD: SECRET,
        SLIPWAY_EVENT_STORE_PASSWORD_FILE: '/nowhere',
      },
      'only one of them',
    ],
    [
      'a password file that is not there',
      {},
      {
        SLIPWAY_EVENT_STORE: URL,
        SLIPWAY_EVENT_STORE_USER: 'ops',
        SLIPWAY_EVENT_STORE_PASSWORD_FILE: '/nowhere/password',
      },
      '/nowhere/password, which SLIPWAY_EVENT_STORE_PASSWORD_FILE names, cannot be read.',
    ],
    [
      'a CA file that is not there',
      {},
      { SLIPWAY_EVENT_STORE: 'esdb://127.0.0.1', SLIPWAY_EVENT_STORE_CA_FILE: '/nowhere/ca.crt' },
      '/nowhere/ca.crt, which SLIPWAY_EVENT_STORE_CA_FILE names, cannot be read.',
    ],
    [
      'a CA file that is not there, of the connection string',
      {},
      { SLIPWAY_EVENT_STORE: 'esdb://127.0.0.1?tlsCAFile=/nowhere/ca.crt' },
      '/nowhere/ca.crt, which tlsCAFile in SLIPWAY_EVENT_STORE names, cannot be read.',
    ],
    [
      'a CA file that is not there, of the flag',
      { eventStore: 'esdb://127.0.0.1?tlsCAFile=/nowhere/ca.crt' },
      {},
      '/nowhere/ca.crt, which tlsCAFile in --event-store names, cannot be read.',
    ],
    [
      'a file that is a directory',
      {},
      { SLIPWAY_EVENT_STORE: 'esdb://127.0.0.1', SLIPWAY_EVENT_STORE_CA_FILE: tmpdir() },
      'cannot be read',
    ],
    [
      'a user with a colon, at which it would be parted from the password',
      {},
      { SLIPWAY_EVENT_STORE: URL, SLIPWAY_EVENT_STORE_USER: 'o:ps', SLIPWAY_EVENT_STORE_PASSWORD: SECRET },
      'colon',
    ],
  ])('refuse %s in words, without a password', (_what, flags, environment, words) => {
    const refusal = refusalOf(() => readEventStoreConfig(flags, environment));
    expect(refusal).toContain(words);
    expect(refusal).not.toContain(SECRET);
  });
});

/** Why a configuration is refused. */
function refusalOf(reading: () => unknown): string {
  try {
    reading();
  } catch (error) {
    if (error instanceof BadConfiguration) return error.message;
    throw error;
  }
  throw new Error('It was taken.');
}
