import { writeFileSync } from 'node:fs';
import { BadConfiguration } from '../../src/server/config';
import { readRemoteAccess, readRemoteConfig } from '../../src/server/remote-config';
import { scratch } from '../git/real-git';

const { next } = scratch();

test('there is no remote unless one is named', () => {
  expect(readRemoteConfig({}, {})).toBeNull();
  expect(readRemoteConfig({}, { SLIPWAY_REMOTE: '' })).toBeNull();
});

test('the command line goes before the environment, and credentials come from the environment', () => {
  const key = next('.key');
  writeFileSync(key, '');
  const environment = {
    SLIPWAY_REMOTE: '/other.git',
    SLIPWAY_REMOTE_USER: 'tom',
    SLIPWAY_REMOTE_TOKEN: 'made-up',
    SLIPWAY_REMOTE_SSH_KEY: key,
    SLIPWAY_REMOTE_INTERVAL: '2.5',
  };
  expect(readRemoteConfig({ remote: 'https://host/a.git' }, environment)).toEqual({
    address: { protocol: 'https', url: 'https://host/a.git' },
    access: { user: 'tom', secret: 'made-up', secretFile: null, sshKey: key, knownHosts: null, caFile: null },
    observeEveryMs: 2_500,
  });
});

test.each([
  [
    { SLIPWAY_REMOTE: 'https://tom:geheim@host/a.git' },
    /SLIPWAY_REMOTE: .*must not hold credentials.*SLIPWAY_REMOTE_TOKEN/,
  ],
  [{ SLIPWAY_REMOTE: 'ext::sh -c geheim' }, /not the address of a repository/],
  [{ SLIPWAY_REMOTE: '/a.git', SLIPWAY_REMOTE_INTERVAL: '0' }, /SLIPWAY_REMOTE_INTERVAL is "0".*0\.1 to 3600/],
  [{ SLIPWAY_REMOTE: '/a.git', SLIPWAY_REMOTE_TOKEN: 'geheim\nx' }, /SLIPWAY_REMOTE_TOKEN must be one line/],
  [{ SLIPWAY_REMOTE: '/a.git', SLIPWAY_REMOTE_TOKEN: 'geheim', SLIPWAY_REMOTE_PASSWORD: 'geheim' }, /only one/],
  [
    { SLIPWAY_REMOTE: '/a.git', SLIPWAY_REMOTE_SSH_KEY: '/nowhere/key' },
    /SLIPWAY_REMOTE_SSH_KEY names, cannot be read/,
  ],
  [
    { SLIPWAY_REMOTE: '/a.git', SLIPWAY_REMOTE_KNOWN_HOSTS: '/nowhere/hosts' },
    /SLIPWAY_REMOTE_KNOWN_HOSTS names, cannot be read/,
  ],
  [
    { SLIPWAY_REMOTE: '/a.git', SLIPWAY_REMOTE_CA_FILE: '/nowhere/ca.pem' },
    /SLIPWAY_REMOTE_CA_FILE names, cannot be read/,
  ],
])('%j is refused with what may be given, and without what is secret', (environment, message) => {
  const refused = (): unknown => readRemoteConfig({}, environment);
  expect(refused).toThrow(BadConfiguration);
  expect(refused).toThrow(message);
  expect(refused).not.toThrow(/geheim/);
});

test('without settings nothing is given', () => {
  expect(readRemoteAccess({})).toEqual({
    user: 'x-access-token',
    secret: null,
    secretFile: null,
    sshKey: null,
    knownHosts: null,
    caFile: null,
  });
});
