import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMPILING_MS, scratch, slipway } from '../cli/support/run-slipway';
import { BROKEN, copyOfExample, DISCOVERY, exampleText } from '../cli/validate/working-trees';
import { gitTest } from '../git/real-git';
import { fencedBlocks } from './fenced-blocks';

const PAGE = 'docs/validation-in-ci.md';
const CHECKOUT = join(__dirname, '..', '..');
const MANIFEST = `${DISCOVERY}/package.yaml`;
const { next } = scratch();
beforeAll(() => slipway(['--help']), COMPILING_MS);

function own(): string {
  const directory = copyOfExample(next('own'));
  execFileSync('git', ['init', '--quiet'], { cwd: directory });
  return directory;
}

async function run(directory: string, program: string, ...args: readonly string[]): Promise<Ended> {
  const child = spawn(program, args, { cwd: directory, env: { ...process.env, SLIPWAY: CHECKOUT } });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, printed };
}

interface Ended {
  readonly status: number | null;
  readonly printed: string;
}

gitTest(
  'the hook lets a right commit through and refuses a broken one',
  async () => {
    const [hook] = fencedBlocks(PAGE, 'bash');
    const directory = own();
    writeFileSync(join(directory, '.git', 'hooks', 'pre-commit'), hook ?? '', { mode: 0o755 });
    const commit = () =>
      run(
        directory,
        'git',
        '-c',
        'user.name=Ann',
        '-c',
        'user.email=ann@example.org',
        'commit',
        '-q',
        '-a',
        '-m',
        'Edit',
      );
    await run(directory, 'git', 'add', '.');
    expect(await commit()).toEqual({ status: 0, printed: '7 releases, 0 errors, 0 warnings.\n' });

    writeFileSync(join(directory, MANIFEST), BROKEN[MANIFEST]);
    const refused = await commit();
    expect(refused.status).toBe(1);
    expect(refused.printed).toContain(`${MANIFEST}:2:1 error manifest-key-missing`);

    writeFileSync(join(directory, MANIFEST), `${exampleText(MANIFEST)}# Right again\n`);
    expect((await commit()).status).toBe(0);
  },
  COMPILING_MS,
);

gitTest(
  'the steps of the workflow annotate and write a log',
  async () => {
    const steps = fencedBlocks(PAGE, 'yaml')
      .join('\n')
      .split('\n')
      .flatMap((line) => /^\s*- run: (node .*)$/.exec(line)?.[1] ?? []);
    expect(steps).toHaveLength(2);
    const directory = own();
    mkdirSync(join(directory, 'node_modules'));
    symlinkSync(CHECKOUT, join(directory, 'node_modules', 'slipway'));
    for (const step of steps) expect((await run(directory, 'bash', '-c', step)).status).toBe(0);

    writeFileSync(join(directory, MANIFEST), BROKEN[MANIFEST]);
    const ended: Ended[] = [];
    for (const step of steps) ended.push(await run(directory, 'bash', '-c', step));
    const [annotated, logged] = ended;
    expect(annotated?.status).toBe(1);
    expect(annotated?.printed).toContain(`::error file=${MANIFEST},line=2,`);
    expect(logged?.status).toBe(1);
    const log = JSON.parse(readFileSync(join(directory, 'slipway.sarif'), 'utf8')) as { runs: { results: object[] }[] };
    expect(log.runs[0]?.results).toHaveLength(1);
  },
  COMPILING_MS,
);
