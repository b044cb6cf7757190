import fc from 'fast-check';
import { ConnectionStringInvalid, parseConnectionString } from '../../../src/eventstore/kurrentdb/connection-settings';

const NODE = { host: '127.0.0.1', port: 2113 };

describe('a connection string', () => {
  it.each(['esdb', 'kurrentdb'])('of scheme %s names one node, with TLS and the usual port', (scheme) => {
    expect(parseConnectionString(`${scheme}://127.0.0.1`)).toEqual({
      servers: [NODE],
      discover: false,
      tls: true,
      caFile: null,
      credentials: null,
    });
  });

  it('names the members of a cluster, each with a port or without', () => {
    const { servers, discover } = parseConnectionString('esdb://a.example:2114,127.0.0.1,[::1]:2115?tls=false');
    expect(servers).toEqual([{ host: 'a.example', port: 2114 }, NODE, { host: '[::1]', port: 2115 }]);
    expect(discover).toBe(false);
  });

  it('with +discover has one name for a cluster', () => {
    expect(parseConnectionString('esdb+discover://cluster.example:2113')).toMatchObject({ discover: true });
    expect(parseConnectionString('kurrentdb+discover://cluster.example')).toMatchObject({ discover: true });
    expect(() => parseConnectionString('esdb+discover://a,b')).toThrow('List its members with esdb://.');
  });

  it('signs in with user and password, both with escapes', () => {
    const { credentials } = parseConnectionString('esdb://ops:p%40ss%3Aw%25rd:x@127.0.0.1');
    expect(credentials).toEqual({ username: 'ops', password: 'p@ss:w%rd:x' });
  });

  it('takes tls and tlsCAFile, whatever the case of their names, and a slash before the ?', () => {
    expect(parseConnectionString('esdb://127.0.0.1/?TLS=false')).toMatchObject({ tls: false, caFile: null });
    expect(parseConnectionString('esdb://127.0.0.1?tls=true&tlscafile=%2Fetc%2Fca.crt')).toMatchObject({
      tls: true,
      caFile: '/etc/ca.crt',
    });
  });

  it('may have spaces around it, as from a file', () => {
    expect(parseConnectionString(' esdb://127.0.0.1\n').servers).toEqual([NODE]);
  });

  it.each([
    ['', 'It must have the form'],
    ['127.0.0.1:2113', 'It must have the form'],
    ['http://127.0.0.1:2113', 'It must have the form'],
    ['esdb://', 'It must have the form'],
    ['esdb://127.0.0.1/path', 'It must have the form'],
    ['esdb://127.0.0.1:0', 'with a port from 1 to 65535'],
    ['esdb://127.0.0.1:65536', 'with a port from 1 to 65535'],
    ['esdb://127.0.0.1:abc', 'with a port from 1 to 65535'],
    ['esdb://a,,b', 'A host must be a name or an address'],
    ['esdb://a b', 'A host must be a name or an address'],
    ['esdb://ops@127.0.0.1', 'USER:PASSWORD@HOST'],
    ['esdb://:secret@127.0.0.1', 'USER:PASSWORD@HOST'],
    ['esdb://ops:se%cret@127.0.0.1', 'write a % itself as %25'],
    ['esdb://127.0.0.1?tls=false&', 'parted by single &'],
    ['esdb://127.0.0.1?&tls=false', 'parted by single &'],
    ['esdb://127.0.0.1?tls', 'parted by single &'],
    ['esdb://127.0.0.1?tls=maybe', 'The option tls cannot be used, or not with this value.'],
    ['esdb://127.0.0.1?tlsCAFile=', 'The option tlscafile cannot be used, or not with this value.'],
    ['esdb://127.0.0.1?tlsVerifyCert=false', 'tlsVerifyCert has no effect in this client'],
    ['esdb://127.0.0.1?nodePreference=follower', 'The option nodepreference cannot be used'],
    ['esdb://127.0.0.1?defaultDeadline=1', 'It takes tls=true, tls=false and tlsCAFile=PATH.'],
  ])('%j is refused in words', (text, words) => {
    expect(() => parseConnectionString(text)).toThrow(ConnectionStringInvalid);
    expect(() => parseConnectionString(text)).toThrow(words);
  });

  it('is never repeated in a refusal, and so no password is, wherever somebody put it', () => {
    const secret = 'hunter2-Zq9';
    const shapes = [
      `esdb://ops:${secret}@127.0.0.1?tls=false&`,
      `esdb://ops:${secret}@a,,b`,
      `esdb://ops:${secret}/x@127.0.0.1`,
      `esdb://ops:${secret}?@127.0.0.1`,
      `esdb://ops:${secret}@@127.0.0.1`,
      `esdb://ops:${secret}%@127.0.0.1`,
      `esdb://${secret}@127.0.0.1`,
      `esdb://127.0.0.1?password=${secret}`,
      `esdb://ops:2024?${secret}=x@127.0.0.1`,
      'esdb://ops:2024?hunter2Zq9=x@127.0.0.1',
      `ops:${secret}@127.0.0.1`,
      `http://ops:${secret}@127.0.0.1`,
      `esdb://127.0.0.1:${secret}`,
    ];
    for (const text of shapes) expect(refusalOf(text)).not.toMatch(/hunter2/i);
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(refusalOf(`esdb://ops:${before}${secret}${after}@127.0.0.1`)).not.toContain(secret);
        expect(refusalOf(`esdb://127.0.0.1?tls=false${before}=${secret}${after}`)).not.toContain(secret);
      }),
    );
  });
});

/** Why a string is refused; nothing when it is not. */
function refusalOf(text: string): string {
  try {
    parseConnectionString(text);
    return '';
  } catch (error) {
    if (error instanceof ConnectionStringInvalid) return error.message;
    throw error;
  }
}
