import { MANIFEST } from '../support/a-release';
import { type Family } from './hostile-case';
import { manifest, release } from './releases';

/** Paths that lead out of the release, or that only some systems take for a path. Nothing is ever opened: a path is compared with those of the release. */
const OUTSIDE = [
  '../x',
  '../../_active/active_releases.json',
  'prompts/../../x',
  '/etc/passwd',
  '//etc/passwd',
  'C:\\Windows\\win.ini',
  'c:/x',
  '\\\\server\\share',
  'prompts\\task.prompt.txt',
  'x\u0000.txt',
  '..',
  './..',
  '../'.repeat(5_000),
  'file:///etc/passwd',
];
const ABSENT = [
  '%2e%2e/x',
  '%2e%2e%2fx',
  'prompts/task.prompt.txt ',
  'prompts/task.prompt.txt.',
  ' prompts/task.prompt.txt',
  'PROMPTS/TASK.PROMPT.TXT',
  'prompts/task.prompt.txt/x',
  'con',
  'aux.json',
  'nul.txt',
  '~/x',
  '$HOME/x',
  'x'.repeat(4_096),
  `${'a/'.repeat(2_000)}x`,
  '\uff0e\uff0e/x',
  'prompts\u2215task',
  'dev/stdin',
  'proc/self/environ',
];
const artifact = (path: string): string =>
  MANIFEST.replace('qa_prompt: null', () => `qa_prompt: ${JSON.stringify(path)}`);

export const family: Family = {
  row: 'J11 paths',
  cases: [
    ...OUTSIDE.map((path) =>
      manifest(`outside: ${JSON.stringify(path.slice(0, 40))}`, () => artifact(path), 'artifact-outside-release'),
    ),
    ...ABSENT.map((path) =>
      manifest(`not there: ${JSON.stringify(path.slice(0, 40))}`, () => artifact(path), 'artifact-missing'),
    ),
    ...[
      'prompts/./task.prompt.txt',
      'prompts/task.prompt.txt/',
      'prompts//task.prompt.txt',
      './prompts/task.prompt.txt',
      '.',
      './',
      '',
    ].map((path) => manifest(`written in another way: ${JSON.stringify(path)}`, () => artifact(path), 'verdict')),
    manifest(
      'paths in fixtures',
      () => MANIFEST.replace('fixtures: []', 'fixtures: ["../../../etc/passwd", "/dev/zero", "fixtures/x.json"]'),
      'artifact-outside-release',
    ),
    release(
      'a text of 300,000 steps up',
      () => ({ 'package.yaml': `${MANIFEST}x: x.json\n`, 'x.json': JSON.stringify(['../'.repeat(300_000)]) }),
      'accepted',
    ),
    release(
      '60,000 texts that could be paths, beside a deep one',
      () => ({
        'package.yaml': `${MANIFEST}x: [x.json, a]\n`,
        [`${'a/'.repeat(1_500)}x.txt`]: 'x',
        'x.json': JSON.stringify(Array.from({ length: 60_000 }, (_, at) => `a/${at}/x`)),
      }),
      'verdict',
    ),
    release(
      'files whose paths leave, should a repository hold such',
      () => ({ '../../outside.txt': 'x', '/etc/passwd': 'x', 'a\\b': 'x', 'a\u0000b': 'x', '': 'x' }),
      'verdict',
    ),
    release(
      'one file under two spellings of its name',
      () => ({ 'a.txt': 'x', 'A.txt': 'y', 'caf\u00e9.txt': 'x', 'cafe\u0301.txt': 'y' }),
      'verdict',
    ),
  ],
};
