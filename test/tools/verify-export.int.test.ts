import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EndLine, type ExportLine, exportLog, verifyExport } from '../../src/application';
import { REPOSITORY_STREAM } from '../../src/domain';
import { canonicalJson } from '../../src/eventstore';
import { adoptAgain, type Exported, exportedStory, parsed } from '../application/export/exported-story';
import { NOW, repositoryWith } from '../git/fixture-repository';
import { adopted } from '../git/publisher/story';
import { openTemporaryLog } from '../git/publisher/temporary-log';

const TOOL = join(__dirname, '..', '..', 'tools', 'verify-export.mjs');
const TAMPERING = join(__dirname, 'tampering.mjs');
const THIRD = join(__dirname, 'verify_export.py');
const pythonIsThere = spawnSync('python3', ['--version']).status === 0;

let directory: string;
let story: Exported;
let small: readonly string[];
let large: readonly string[];
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'slipway-tools-'));
  story = await exportedStory(join(directory, 'repository.git'), join(directory, 'events.db'));
  small = await story.lines();
  await adoptAgain(story);
  large = await story.lines();
});
afterAll(async () => {
  await story.close();
  rmSync(directory, { recursive: true });
});

let files = 0;
function written(content: string | Uint8Array): string {
  const path = join(directory, `${(files += 1)}.jsonl`);
  writeFileSync(path, content);
  return path;
}

function tool(...args: readonly string[]): { readonly status: number | null; readonly printed: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOL, ...args], { encoding: 'utf8' });
  return { status, printed: stdout + stderr };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** Every way in which somebody may edit a file, but for single bytes. */
function edits(lines: readonly string[]): readonly (readonly [string, string])[] {
  const whole = lines.join('');
  const each = (name: string, edit: (at: number) => readonly string[]) =>
    lines.map((_, at) => [`${name} ${at + 1}`, edit(at).join('')] as const);
  return [
    ...each('without line', (at) => lines.filter((_, other) => other !== at)),
    ...each('twice line', (at) => lines.flatMap((line, other) => (other === at ? [line, line] : [line]))),
    ...each('swapped line', (at) =>
      lines.map((line, other) => (other === at ? (lines[at + 1] ?? '') : other === at + 1 ? lines[at]! : line)),
    ),
    ...each('CRLF in line', (at) => lines.map((line, other) => (other === at ? line.replace('\n', '\r\n') : line))),
    ...each('space in line', (at) => lines.map((line, other) => (other === at ? line.replace(':', ': ') : line))),
    ...each('empty line after', (at) => lines.flatMap((line, other) => (other === at ? [line, '\n'] : [line]))),
    ...each('cut after line', (at) => lines.slice(0, at)),
    ['byte order mark', `\ufeff${whole}`],
    ['without the last newline', whole.slice(0, -1)],
    ['trailing newline', `${whole}\n`],
    ['trailing bytes', `${whole}x`],
    ['appended to itself', whole + whole],
    ['empty', ''],
    ['all CRLF', whole.replaceAll('\n', '\r\n')],
  ];
}

describe('an export that was not changed is sound', () => {
  it.each(['whole', 'from', 'until', 'package', 'adopted again', 'until an event that waits'])('%s', async (part) => {
    const place = (at: number): string => story.events[at]!.position;
    const filter = {
      from: { from: place(5) },
      until: { until: place(4) },
      package: { packages: ['epic'], from: place(3) },
      'until an event that waits': { until: story.events[0]!.position.replace(/.$/, '8') },
    }[part];
    const lines = part === 'whole' ? small : await story.lines(filter);
    const file = written(lines.join(''));
    expect(tool(file)).toEqual({ status: 0, printed: expect.stringContaining('Sound') as string });
    const result = await verifyExport(once(Buffer.from(lines.join(''))));
    expect(result.checks.map(({ check, difference }) => ({ check, difference }))).toEqual([
      { check: 'file', difference: null },
      { check: 'chain', difference: null },
      { check: 'commits', difference: null },
    ]);
    const { tip, head } = parsed(lines).at(-1) as EndLine;
    expect([result.tip, result.head]).toEqual([tip, head]);
  });
});

it('every part of a log with several adoptions, one of them passed over by the next, is sound', async () => {
  const path = join(directory, 'adoptions');
  const many = await exportedStory(`${path}.git`, `${path}.db`);
  const rolledBack = many.events.findLast(({ type }) => type === 'RolledBack')!.metadata.eventId;
  await adoptAgain(many);
  await adoptAgain(many);
  await adoptAgain(many, rolledBack);
  const positions: string[] = [];
  for await (const { position } of many.log.store.readAll()) positions.push(position);
  const parts: (readonly [string, string])[] = [];
  for (const [first, from] of positions.entries())
    for (const until of positions.slice(first))
      for (const packages of until === positions.at(-1) ? [undefined, ['epic']] : [undefined]) {
        const part = { from, until, packages };
        parts.push([JSON.stringify(part), (await many.lines(part)).join('')]);
      }
  expect(parsed(await many.lines()).at(-1)).toMatchObject({ events: 16, unpublished: 0 });
  await many.close();
  expect(parts.length).toBe((16 * 17) / 2 + 16);
  expect((await takenForSound(parts)).length).toBe(2 * parts.length);
  if (!pythonIsThere) return;
  const files = parts.map(([, text]) => written(text));
  const { stdout } = spawnSync('python3', [THIRD, ...files], { encoding: 'utf8', maxBuffer: 1 << 26 });
  expect(stdout.split('\n').filter((line) => line !== '' && !line.includes(': sound '))).toEqual([]);
});

it('of a log whose history was adopted too, which says of it before `Adopted`, is sound as well', async () => {
  const { repository, root } = await repositoryWith(join(directory, 'with-history.git'), {
    '_active/active_releases.json': '{}',
  });
  const log = openTemporaryLog(join(directory, 'with-history.db'));
  const since = { commit: root, at: NOW };
  await log.append(REPOSITORY_STREAM, { type: 'HistoryFindings', data: { commit: root, since, findings: [] } });
  await log.append(REPOSITORY_STREAM, adopted(root));
  const lines: string[] = [];
  for await (const line of exportLog({ log: log.store, repository })) lines.push(line);
  await log.store.close();

  const file = written(lines.join(''));
  expect(tool(file)).toEqual({ status: 0, printed: expect.stringContaining('Sound') as string });
  expect(await verifyExport(once(Buffer.from(lines.join(''))))).toMatchObject({ passed: true, events: 2 });
  if (pythonIsThere) expect(spawnSync('python3', [THIRD, file], { encoding: 'utf8' })).toMatchObject({ status: 0 });
});

it('a flipped bit in any byte is found and its line named', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const lines = await story.lines({ until: story.events[3]!.position });
  const ran = spawnSync(process.execPath, [TAMPERING, written(lines.join('')), String(seed), 'all'], {
    encoding: 'utf8',
  });
  const { tried, missed } = JSON.parse(ran.stdout) as { tried: number; missed: unknown[] };
  expect({ seed, missed, tried }).toEqual({ seed, missed: [], tried: Buffer.byteLength(lines.join('')) });
});

it('the server finds a flipped bit in any byte too', async () => {
  const bytes = Buffer.from(small.join(''));
  const unnoticed: number[] = [];
  for (let at = 0; at < bytes.length; at += 17) {
    bytes[at]! ^= 1;
    if ((await verifyExport(once(bytes))).passed) unnoticed.push(at);
    bytes[at]! ^= 1;
  }
  expect(unnoticed).toEqual([]);
});

it('no edit of lines goes unnoticed by either of the two', async () => {
  expect(await takenForSound(edits(small).filter(([, text]) => text !== small.join('')))).toEqual([]);
});

/** Names of files that the server or the tool takes for sound. */
async function takenForSound(files: readonly (readonly [string, string])[]): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const [name, text] of files) {
    if ((await verifyExport(once(Buffer.from(text)))).passed) taken.push(`server: ${name}`);
  }
  const script = `import { verifyExport } from ${JSON.stringify(TOOL)}; import { readFileSync } from 'node:fs';
    for (const [name, text] of JSON.parse(readFileSync(0, 'utf8')))
      if (verifyExport([Buffer.from(text)]).faults.length === 0) console.log('tool: ' + name);`;
  const input = JSON.stringify(files);
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], { input, encoding: 'utf8' });
  return [...taken, ...(ran.stdout + ran.stderr).split('\n').filter((line) => line !== '')];
}

/** As somebody writes a file who computes the digests of lines anew after an edit. */
function linked(lines: readonly object[]): string {
  let previous: string | null = null;
  const written = lines.map((line) => {
    const text = `${canonicalJson({ ...line, previous })}\n`;
    previous = createHash('sha256').update(text).digest('hex');
    return text;
  });
  return written.join('');
}

/** Edits of lines, with every digest of a line computed anew. */
function forgeries(lines: readonly ExportLine[]): readonly (readonly [string, string])[] {
  const each = (name: string, edit: (at: number) => readonly object[]) =>
    lines.map((_, at) => [`${name} ${at + 1}`, linked(edit(at))] as const);
  const changed = (name: string, change: (line: ExportLine) => object) =>
    each(name, (at) => lines.map((line, other) => (other === at ? change(line) : line)));
  const of = <Kind extends ExportLine['kind']>(kind: Kind, change: (line: ExportLine & { kind: Kind }) => object) =>
    changed(`${kind} changed`, (line) => (line.kind === kind ? { ...line, ...change(line as never) } : line));
  return [
    ...each('without line', (at) => lines.filter((_, other) => other !== at)),
    ...each('twice line', (at) => lines.flatMap((line, other) => (other === at ? [line, line] : [line]))),
    ...each('swapped line', (at) =>
      lines.map((line, other) => lines[other === at ? at + 1 : at + 1 === other ? at : other] ?? line),
    ),
    ...of('header', ({ filter }) => ({ filter: { ...filter, until: filter.until - 1 } })),
    ...of('header', ({ filter }) => ({ filter: { ...filter, from: filter.from + 2 } })),
    ...of('header', ({ adoptions }) => ({ adoptions: adoptions.slice(1) })),
    ...of('header', ({ adoptions }) => ({
      adoptions: adoptions.map((each) => ({ ...each, previousEventId: 'other' })),
    })),
    ...of('header', () => ({ parent: { adoption: 0, eventId: 'other', commit: '0'.repeat(40) } })),
    ...of('event', ({ position }) => ({ position: position - 1 })),
    ...of('event', ({ revision }) => ({ revision: revision + 1 })),
    ...of('object', ({ adoption }) => ({ adoption: adoption === null ? 0 : adoption + 1 })),
    ...of('object', ({ adoption }) => ({ adoption: adoption === null ? 0 : adoption - 1 })),
    ...of('object', ({ on }) => ({ on: on === 'main' ? 'draft' : 'main' })),
    ...of('object', () => ({ id: null, text: null })),
    ...of('object', ({ text }) => ({ text: `${text ?? ''}more\n` })),
    ...of('end', () => ({ tip: null })),
    ...of('end', ({ events }) => ({ events: events - 1 })),
    ...of('end', () => ({ head: '0'.repeat(64) })),
  ];
}

it.each(['whole', 'of a package', 'adopted again'])(
  'no edit goes unnoticed of an export %s whose lines were linked anew',
  async (part) => {
    const of = { packages: ['epic'], from: story.events[3]!.position };
    const lines = part === 'whole' ? small : part === 'adopted again' ? large : await story.lines(of);
    expect(linked(parsed(lines))).toBe(lines.join(''));
    const forged = forgeries(parsed(lines)).filter(([, text]) => text !== lines.join(''));
    expect(forged.length).toBeGreaterThan(60);
    expect(await takenForSound(forged)).toEqual([]);
  },
);

it('a fault is printed with line, event, what was expected and what was found', () => {
  const forged = small.map((line) => line.replace('"reason":"It fails"', '"reason":"It works"')).join('');
  const line = small.findIndex((text) => text.includes('"reason":"It fails"')) + 1;
  const { status, printed } = tool(written(forged));
  expect(status).toBe(1);
  expect(printed).toMatch(
    new RegExp(`:${line}: RolledBack pointer-production@1: hash: expected "[0-9a-f]{64}", found "[0-9a-f]{64}"`),
  );
  expect(printed).toMatch(new RegExp(`:${line + 1}: .*expected "Reason: It works", found "Reason: It fails"`));
});

it('a witness finds a file that somebody has computed anew from the beginning', async () => {
  const { tip, head } = parsed(small).at(-1) as EndLine;
  const file = written(small.join(''));
  expect(tool(file, '--expect-tip', tip ?? '', '--expect-head', head).status).toBe(0);
  const other = written((await story.lines({ until: story.events[4]!.position })).join(''));
  expect(tool(other).status).toBe(0);
  const { status, printed } = tool(other, '--expect-tip', tip ?? '', '--expect-head', head);
  expect(status).toBe(1);
  expect(printed).toContain(`tip that a witness noted: expected "${tip}"`);
  expect(printed).toContain(`head that a witness noted: expected "${head}"`);
});

it('wrong usage ends with 2', () => {
  for (const args of [[], ['--bogus'], [join(directory, 'missing')], ['a', 'b']]) expect(tool(...args).status).toBe(2);
});

(pythonIsThere ? describe : describe.skip)('a third verifier, written from the page alone (needs python3)', () => {
  it('agrees on what is sound and finds every edit', async () => {
    const sound = [small, large, await story.lines({ packages: ['epic'], from: story.events[3]!.position })];
    const paths = sound.map((lines) => written(lines.join('')));
    const broken = edits(small)
      .filter(([, text]) => text !== small.join('') && text !== '')
      .map(([, text]) => written(text));
    const { stdout, stderr } = spawnSync('python3', [THIRD, ...paths, ...broken], { encoding: 'utf8' });
    const verdicts = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.includes(': sound '));
    expect({ stderr, verdicts }).toEqual({
      stderr: '',
      verdicts: [...paths.map(() => true), ...broken.map(() => false)],
    });
  });
});
