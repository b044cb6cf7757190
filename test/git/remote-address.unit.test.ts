import { resolve } from 'node:path';
import { parseRemoteAddress, RemoteAddressInvalid } from '../../src/git';

test.each([
  ['/srv/git/config.git', 'file', '/srv/git/config.git'],
  ['config.git', 'file', resolve('config.git')],
  ['host:path', 'file', resolve('host:path')],
  ['file:///srv/git/my%20config.git', 'file', '/srv/git/my config.git'],
  ['https://git.example.com/team/config.git', 'https', 'https://git.example.com/team/config.git'],
  ['HTTP://127.0.0.1:8080/config.git', 'http', 'http://127.0.0.1:8080/config.git'],
  ['ssh://git@git.example.com:2222/team/config.git', 'ssh', 'ssh://git@git.example.com:2222/team/config.git'],
  ['ssh://[::1]/config.git', 'ssh', 'ssh://[::1]/config.git'],
  ['git@git.example.com:team/config.git', 'ssh', 'git@git.example.com:team/config.git'],
])('%s is reached by %s', (text, protocol, url) => {
  expect(parseRemoteAddress(text)).toEqual({ protocol, url });
});

test.each([
  '',
  '-x',
  '--upload-pack=touch x',
  'ext::sh -c true',
  'fd::17',
  'git://host/a',
  'ftp://host/a',
  'https://',
  'https://host/a\n.git',
  'a\0b',
  'ssh://-oProxyCommand=touch/x',
  'ssh://git@-oProxyCommand=touch/x',
  'ssh://host',
  '-oProxyCommand@host:x',
  'git@-oProxyCommand:x',
  'git@host:-x',
])('%j is no address', (text) => {
  expect(() => parseRemoteAddress(text)).toThrow(/is not the address of a repository\. Give a path/);
});

test.each([
  'https://tom:geheim@host/a.git',
  'https://geheim@host/a.git',
  'https://host/a.git?private_token=geheim',
  'https://host/a.git#geheim',
  'ssh://git:geheim@host/a.git',
  'git:geheim@host:a.git',
])('credentials in the address are refused, with where they go and without them: %s', (text) => {
  const refused = (): unknown => parseRemoteAddress(text);
  expect(refused).toThrow(RemoteAddressInvalid);
  expect(refused).toThrow(/SLIPWAY_REMOTE_TOKEN/);
  expect(refused).not.toThrow(/geheim/);
});
