import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMPILING_MS, scratch, slipway } from './support/run-slipway';

const { next } = scratch();
beforeAll(() => slipway(['--help']), COMPILING_MS);

const TOKEN = ['token', 'create', '--name', 'Tom Moseley'];

it.each([
  [['nothing']],
  [['serve', '--bogus']],
  [['serve', '--port', 'x']],
  [['serve', '--port', '65536']],
  [['serve', 'surplus']],
  [['import']],
  [['export']],
  [['copy-events']],
  [['copy-events', '--to', 'esdb://ann:secret@127.0.0.1']],
  [['rebuild', '--discard-old']],
  [['token', 'create']],
  [['token', 'revoke']],
  [[...TOKEN, '--actor', 'tom', '--role', 'owner']],
  [[...TOKEN, '--actor', '../tom', '--role', 'admin']],
  [['token', 'create', '--name', 'Tom\nAdmin', '--actor', 'tom', '--role', 'admin']],
])('%j is wrong usage', async (args) => {
  const directory = next('data');
  const { code, stdout, stderr } = await slipway(args, { env: { SLIPWAY_DATA_DIR: directory } });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).not.toBe('');
  expect(existsSync(directory)).toBe(false);
});

it.each([
  [['--from', 'esdb://127.0.0.1:1', '--to', './data'], 2, 'Are --from and --to exchanged?'],
  [['--from', 'esdb://127.0.0.1:1', '--to', 'esdb://127.0.0.1:1'], 2, '--from takes a data directory, not an address.'],
  [['./data', 'esdb://127.0.0.1:1'], 2, 'slipway copy-events --from DIRECTORY --to ADDRESS'],
  [['--from', '/nowhere', '--to', 'esdb://127.0.0.1:1'], 1, '--from: /nowhere is not a data directory of Slipway'],
])('copy-events %j says in one line what is wrong', async (args, code, words) => {
  const ran = await slipway(['copy-events', ...args], { env: { SLIPWAY_DATA_DIR: next('data') } });
  expect(ran).toMatchObject({ code, stdout: '' });
  expect(ran.stderr).toMatch(/^slipway: .*\n$/);
  expect(ran.stderr).toContain(words);
  expect(ran.stderr).not.toContain('--data-dir');
});

it('tells its version', async () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(await slipway(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

it('wrong settings in the environment are wrong usage', async () => {
  const env = { SLIPWAY_DATA_DIR: next('data'), SLIPWAY_PORT: 'many' };
  expect(await slipway(['serve'], { env })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('many') as string,
  });
});

it.each([
  [{ SLIPWAY_LOG_LEVEL: 'loud' }, [], /SLIPWAY_LOG_LEVEL is "loud"; it may be .*warn/],
  [{}, ['--host', '192.0.2.1'], /192\.0\.2\.1 is not an address of this machine/],
])('the setting %j %j is wrong usage, and said in one line', async (env, args, message) => {
  const ran = await slipway(['serve', '--empty', '--port', '0', '--data-dir', next('data'), ...args], { env });
  expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^slipway: .*\n$/) as string });
  expect(ran.stderr).toMatch(message);
});

it.each(['', '/below'])('a data directory that is a file%s is wrong usage', async (below) => {
  const file = next('file');
  writeFileSync(file, '');
  const ran = await slipway(['serve', '--port', '0', '--data-dir', `${file}${below}`]);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(/^slipway: The data directory .* cannot be used: .* is a file\. .*--data-dir\.\n$/);
});

it.each([
  ['serve'],
  ['import'],
  ['export'],
  ['rebuild'],
  ['drift'],
  ['rules'],
  ['validate'],
  ['tour'],
  ['schema'],
  ['token create'],
  ['token list'],
  ['token revoke'],
])('%s takes --data-dir and --json and explains itself', async (command) => {
  const { code, stdout } = await slipway([...command.split(' '), '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('--data-dir <directory>');
  expect(stdout).toContain('--json');
});

it.each([['token list'], ['token revoke abc'], ['export --to x'], ['rebuild'], ['rebuild --git'], ['drift'], ['tour']])(
  '%s is refused without a data directory and makes none',
  async (command) => {
    const directory = next('none');
    const { code, stderr } = await slipway([...command.split(' '), '--data-dir', directory]);
    expect(code).toBe(1);
    expect(stderr).toContain(directory);
    expect(existsSync(directory)).toBe(false);

    mkdirSync(directory);
    expect(await slipway([...command.split(' '), '--data-dir', directory])).toMatchObject({ code: 1 });
    expect(readdirSync(directory)).toEqual([]);
  },
);

it.each([
  ['missing', null],
  ['no YAML', 'a: [1'],
  ['no layout', 'a: 1\n'],
  ['a layout with a hole', 'defaultKind: x\nkinds: {}\npointer: { path: p.json, form: flat }\n'],
])('a layout file that is %s is refused and nothing is adopted', async (_what, text) => {
  const file = next('layout.yaml');
  if (text !== null) writeFileSync(file, text);
  const directory = next('data');
  const { code, stderr } = await slipway([
    'serve',
    '--port',
    '0',
    '--empty',
    '--layout',
    file,
    '--data-dir',
    directory,
  ]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^slipway: .+\n$/);
  expect(existsSync(join(directory, 'admin-token'))).toBe(false);
});

it('lists the rules, for people and for programs', async () => {
  const { rules, rulesetDigest } = JSON.parse((await slipway(['rules', '--json'])).stdout) as {
    rules: { id: string; check: string }[];
    rulesetDigest: string;
  };
  expect(rulesetDigest).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(rules.map(({ check }) => check))).toEqual(
    new Set([
      'SCHEMA_VALIDITY',
      'REFERENCE_RESOLUTION',
      'CROSS_PACKAGE_DEPENDENCIES',
      'PROMPT_SCHEMA_ALIGNMENT',
      'AUTHORITY_LEVEL',
      'GOVERNANCE_GUARDRAILS',
    ]),
  );
  const { code, stdout } = await slipway(['rules']);
  expect(code).toBe(0);
  for (const { id } of rules) expect(stdout).toContain(id);
});

it('prints the schema, and refuses a file that says something else', async () => {
  const { stdout } = await slipway(['schema']);
  expect(JSON.parse((await slipway(['schema', '--json'])).stdout)).toEqual({ schema: stdout });
  const file = next('schema.graphql');
  expect(await slipway(['schema', '--write', file])).toMatchObject({ code: 0, stdout: '' });
  expect(readFileSync(file, 'utf8')).toBe(stdout);
  expect(await slipway(['schema', '--check', file])).toMatchObject({ code: 0 });
  writeFileSync(file, 'type Query { other: Int }\n');
  expect(await slipway(['schema', '--check', file])).toMatchObject({ code: 1 });
  expect(await slipway(['schema', '--check', next('missing')])).toMatchObject({ code: 1 });
});
