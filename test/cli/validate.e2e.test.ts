import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { COMPILING_MS, type Ran, scratch, slipway } from './support/run-slipway';
import { BROKEN, copyOfExample, DISCOVERY } from './validate/working-trees';

const { next } = scratch();
const CHECKS_MS = 60_000;
let clean: string;
let broken: string;
beforeAll(async () => {
  await slipway(['--help']);
  clean = copyOfExample(next('clean'));
  broken = copyOfExample(next('broken'), BROKEN);
}, COMPILING_MS);

const validate = (directory: string, ...args: readonly string[]): Promise<Ran> =>
  slipway(['validate', directory, ...args]);

describe('on the bundled example', () => {
  it(
    'finds nothing, says so in one line, and leaves nothing behind',
    async () => {
      const data = next('data');
      const before = readdirSync(clean, { recursive: true }).sort();
      const ran = await slipway(['validate', clean, '--strict', '--data-dir', data], {
        env: { SLIPWAY_DATA_DIR: data },
      });
      expect(ran).toEqual({ code: 0, stdout: '7 releases, 0 errors, 0 warnings.\n', stderr: '' });
      expect(readdirSync(clean, { recursive: true }).sort()).toEqual(before);
      expect(existsSync(data)).toBe(false);
    },
    CHECKS_MS,
  );
});

describe('on a broken copy of it', () => {
  it.each([
    ['human', 'package.yaml:2:1 error manifest-key-missing Add the key'],
    ['json', '"rule": "manifest-key-missing"'],
    ['sarif', '"ruleId": "manifest-key-missing"'],
    ['github', '::error file='],
  ])(
    'prints the findings as %s and ends with 1',
    async (format, expected) => {
      const { code, stdout, stderr } = await validate(broken, '--format', format);
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
      expect(stdout).toContain(expected);
      if (format === 'json') expect((await validate(broken, '--json')).code).toBe(1);
      if (format === 'sarif') expect(stdout).toMatch(/"semanticVersion": "\d+\.\d+\.\d+"/);
    },
    CHECKS_MS,
  );

  it(
    'ends with 0 where the part that is looked at is right, with 1 for a warning only where that was asked for',
    async () => {
      expect(await validate(join(broken, 'prompts'))).toMatchObject({ code: 0 });
      expect(await validate(broken, '--package', 'technical_architecture', '--active')).toMatchObject({ code: 0 });
      const warned = copyOfExample(next('warned'), { [`${DISCOVERY}/notes.txt`]: 'Not named.\n' });
      expect(await validate(join(warned, DISCOVERY))).toMatchObject({ code: 0 });
      expect(await validate(join(warned, DISCOVERY), '--strict')).toMatchObject({ code: 1, stderr: '' });
    },
    CHECKS_MS,
  );
});

it(
  'ends without complaint when its reader has seen enough',
  async () => {
    const child = spawn(process.execPath, [join(__dirname, '../../bin/slipway.cjs'), 'validate', clean, '--json']);
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.stdout.destroy();
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(complaint).toBe('');
  },
  CHECKS_MS,
);

it.each([
  ['no directory', [], /error: missing required argument 'directory'/],
  ['a format there is none of', ['.', '--format', 'xml'], /'xml' is invalid/],
  ['two formats', ['.', '--json', '--format', 'sarif'], /^slipway: --json and --format sarif exclude each other\.\n$/],
  ['what does not exist', ['nowhere/at/all'], /^slipway: There is no directory nowhere\/at\/all\.\n$/],
  ['a file', ['package.json'], /^slipway: package.json is a file\. Give the directory that holds it\.\n$/],
  ['what is below a file', ['package.json/x'], /^slipway: There is no directory package.json\/x\.\n$/],
])('%s is wrong usage', async (_what, args, message) => {
  const ran = await slipway(['validate', ...args]);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(message);
});

it.each<[string, () => string, readonly string[], RegExp]>([
  [
    'an empty directory',
    () => empty(),
    [],
    /^There is no release in .*: looked at document_types\/.* --layout FILE\.$/,
  ],
  ['a directory without releases', () => join(clean, '_active'), [], /^There is no release in _active of .*\.$/],
  ['a package that is not there', () => clean, ['--package', 'epic'], /^There is no release of epic in .*\.$/],
  ['a layout file that is missing', () => clean, ['--layout', 'missing.yaml'], /^missing\.yaml cannot be read/],
])('%s is refused in one line: to have looked at nothing is no pass', async (_what, directory, args, message) => {
  const { code, stdout, stderr } = await validate(directory(), ...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^slipway: .+\n$/);
  expect(stderr.slice('slipway: '.length, -1)).toMatch(message);
});

it.each<[string, string, string, RegExp]>([
  ['no layout in slipway.yaml', 'slipway.yaml', 'layout: 7\n', /slipway\.yaml error layout: /],
  ['a slipway.yaml that is none', 'slipway.yaml', 'a: [\n', /slipway\.yaml:\d+ error This is not YAML/],
  ['a pointer file that is none', '_active/active_releases.json', '{', /active_releases\.json error The pointer file/],
])('%s is an error at its file: to have looked at nothing is no pass', async (_what, path, content, line) => {
  const { code, stdout, stderr } = await validate(withFile(path, content));
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toMatch(line);
  expect(stdout).toMatch(/^0 releases, 1 error, 0 warnings\.$/m);
});

function empty(): string {
  const directory = next('empty');
  mkdirSync(directory);
  return directory;
}

function withFile(path: string, text: string): string {
  return copyOfExample(next('with-file'), { [path]: text });
}
