import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, gitIsThere } from '../git/real-git';
import { discoveryFile } from './support/bundled-example';
import { newPackageFiles } from './support/new-package';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const judged = gitIsThere ? it : it.skip;
const TASK = 'prompts/task.prompt.txt';

const start = (input: object = {}) => slipway.commands.start({ package: 'project_discovery', ...input });
const edit = (draft: string, content: string, input: object = {}) =>
  slipway.commands.save(draft, [{ path: TASK, content }], { ...input });
async function contentOf(draft: string): Promise<string> {
  const data = await slipway.ask(`query ($id: ID!) { draft(id: $id) { artifact(path: "${TASK}") { content } } }`, {
    id: draft,
  });
  return data.draft.artifact.content as string;
}

describe('a draft starts', () => {
  it('from the active release by default', async () => {
    const draft = await start();
    expect(draft).toMatchObject({
      baseVersion: '1.4.0',
      baseIsActive: true,
      dirty: false,
      branch: `draft/${draft.id}`,
    });
    expect(await contentOf(draft.id)).toBe(discoveryFile(TASK));
  });

  it('from any other release', async () => {
    expect(await start({ baseVersion: '1.3.0' })).toMatchObject({ baseVersion: '1.3.0', baseIsActive: false });
    await expect(start({ baseVersion: '9.9.9' })).rejects.toMatchObject({ code: 'RELEASE_NOT_FOUND' });
  });

  it('from the highest release where none is active', async () => {
    await slipway.commands.deactivate(['implementation_plan']);
    const draft = await slipway.commands.start({ package: 'implementation_plan' });
    expect(draft).toMatchObject({ baseVersion: '1.0.0', baseIsActive: false });
    await slipway.commands.activate({ implementation_plan: '1.0.0' });
  });

  it('for a new package only when that is said, and only of a kind that has a place', async () => {
    const input = { package: 'risk_register' };
    await expect(slipway.commands.start(input)).rejects.toMatchObject({
      code: 'PACKAGE_NOT_FOUND',
      extensions: { package: 'risk_register' },
    });
    await expect(slipway.commands.start({ package: 'policies/retention', create: true })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      extensions: { field: 'package' },
    });
    const { id, baseVersion } = await slipway.commands.start({ ...input, create: true });
    expect(baseVersion).toBeNull();
    await slipway.commands.save(id, newPackageFiles('risk_register'));
    const { draft } = await slipway.ask(
      `query ($id: ID!) { draft(id: $id) { package { id kind name } artifacts { path } } }`,
      { id },
    );
    expect(draft.package).toEqual({ id: 'risk_register', kind: 'document_types', name: 'risk_register' });
    const { release } = await slipway.commands.commit({ draft: id });
    expect(release).toMatchObject({ version: '1.0.0', changeType: null });
    expect(await slipway.commands.stage({ package: 'risk_register', version: '1.0.0' })).toMatchObject({
      staged: true,
    });
  });

  it('beside others of its package, each with its own name', async () => {
    const [first, second] = [await start({ name: 'better-questions' }), await start({ name: 'shorter' })];
    await edit(first.id, 'first\n');
    await edit(second.id, 'second\n');
    expect(await contentOf('better-questions')).toBe('first\n');
    expect(await contentOf('shorter')).toBe('second\n');
    await expect(start({ name: 'shorter' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      extensions: { field: 'name' },
    });
    const { drafts, package: shown } = await slipway.ask(
      '{ drafts(package: "project_discovery") { nodes { id } } package(id: "project_discovery") { drafts { id } } }',
    );
    expect(drafts.nodes).toMatchObject([{ id: 'shorter' }, { id: 'better-questions' }, {}, {}]);
    expect(shown.drafts).toEqual(drafts.nodes);
    await slipway.commands.commit({ draft: 'shorter', changeType: 'MINOR' });
    await slipway.commands.abandon('shorter');
    await expect(start({ name: 'shorter' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      extensions: { field: 'name' },
    });
  });
});

describe('saving', () => {
  it('is a compare-and-set where the caller says what it saw, else the last save wins', async () => {
    const { id, head } = await start();
    const saved = await edit(id, 'mine\n', { expectedHead: head });
    const refusal = {
      code: 'DRAFT_CONFLICT',
      extensions: { draft: id, expectedHead: head, actualHead: saved.head, paths: [TASK] },
    };
    await expect(edit(id, 'theirs\n', { expectedHead: head })).rejects.toMatchObject(refusal);
    await expect(slipway.commands.discard({ draft: id, expectedHead: head })).rejects.toMatchObject(refusal);
    await expect(slipway.commands.commit({ draft: id, expectedHead: head, changeType: 'PATCH' })).rejects.toMatchObject(
      refusal,
    );
    expect(await contentOf(id)).toBe('mine\n');
    await edit(id, 'last\n');
    expect(await contentOf(id)).toBe('last\n');
  });

  it('lets exactly one of many that saw the same state through', async () => {
    const { id, head } = await start();
    const saves = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => edit(id, `writer ${n}\n`, { expectedHead: head })),
    );
    const refused = saves.flatMap((save) => (save.status === 'rejected' ? [save.reason as { code: string }] : []));
    expect(refused.map(({ code }) => code)).toEqual(Array(7).fill('DRAFT_CONFLICT'));
  });

  it('adds, changes and deletes files, and takes back some or all of it', async () => {
    const { id } = await start();
    const changes = async (): Promise<unknown> =>
      (await slipway.ask(`query ($id: ID!) { draft(id: $id) { dirty changes { path change } } }`, { id })).draft;
    await slipway.commands.save(id, [
      { path: 'prompts/qa.prompt.txt', content: 'Is it true?\n' },
      { path: TASK, content: 'Look.\n' },
      { path: 'prompts/pgc_context.prompt.txt', delete: true },
    ]);
    const added = { path: 'prompts/qa.prompt.txt', change: 'ADDED' };
    const removed = { path: 'prompts/pgc_context.prompt.txt', change: 'REMOVED' };
    expect(await changes()).toEqual({ dirty: true, changes: [removed, added, { path: TASK, change: 'MODIFIED' }] });
    await slipway.commands.discard({ draft: id, paths: [TASK] });
    expect(await changes()).toEqual({ dirty: true, changes: [removed, added] });
    await slipway.commands.discard({ draft: id });
    expect(await changes()).toEqual({ dirty: false, changes: [] });
  });
});

it('names an unknown draft in every refusal, and answers null to a question', async () => {
  const refusal = { code: 'DRAFT_NOT_FOUND', extensions: { draft: 'nothing' } };
  await expect(edit('nothing', 'x')).rejects.toMatchObject(refusal);
  await expect(slipway.commands.discard({ draft: 'nothing' })).rejects.toMatchObject(refusal);
  await expect(slipway.commands.abandon('nothing')).rejects.toMatchObject(refusal);
  await expect(slipway.commands.commit({ draft: 'nothing', changeType: 'PATCH' })).rejects.toMatchObject(refusal);
  expect(await slipway.ask('{ draft(id: "nothing") { id } }')).toEqual({ draft: null });
});

it('survives a restart', async () => {
  const { id } = await start();
  const { head } = await edit(id, 'kept\n');
  await slipway.restart();
  const { draft } = await slipway.ask(`query ($id: ID!) { draft(id: $id) { head dirty } }`, { id });
  expect(draft).toEqual({ head, dirty: true });
  expect(await contentOf(id)).toBe('kept\n');
});

judged('can be fetched with plain Git', async () => {
  const { id, branch } = await start();
  await edit(id, 'fetched\n');
  const { release } = await slipway.commands.commit({ draft: id, changeType: 'MINOR' });
  await slipway.published();
  const clone = mkdtempSync(join(tmpdir(), 'slipway-clone-'));
  git(clone, ['init', '-q']);
  git(clone, ['fetch', '-q', join(slipway.dataDirectory, 'repository.git'), branch]);
  expect(git(clone, ['rev-parse', 'FETCH_HEAD'])).toBe(release.commit);
  const file = `document_types/project_discovery/releases/${release.version}/${TASK}`;
  expect(git(clone, ['show', `FETCH_HEAD:${file}`])).toBe('fetched');
  rmSync(clone, { recursive: true });
});

judged('leaves everything that an event names when it is abandoned and Git collects garbage', async () => {
  const { drafts } = await slipway.ask('{ drafts(first: 200) { nodes { id } } }');
  for (const { id } of drafts.nodes as { id: string }[]) await slipway.commands.abandon(id);
  await slipway.published();
  expect(slipway.git('for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/slipway/drafts')).toBe(
    'refs/heads/main',
  );
  slipway.git('gc', '--quiet', '--prune=now');
  const { events } = await slipway.ask('{ events(first: 200) { nodes { type data } } }');
  const nodes = events.nodes as { type: string; data: { commit?: string; tree?: string } }[];
  const named = nodes.filter(({ type }) => type === 'Committed');
  expect(named.length).toBeGreaterThanOrEqual(3);
  for (const { data } of nodes) {
    if (data.commit !== undefined) expect(slipway.git('cat-file', '-t', data.commit)).toBe('commit');
    if (data.tree !== undefined) expect(slipway.git('cat-file', '-t', data.tree)).toBe('tree');
  }
  const { releases } = await slipway.ask('{ releases { nodes { artifact(path: "package.yaml") { content } } } }');
  expect(releases.nodes).not.toContainEqual({ artifact: { content: null } });
  await edit((await start()).id, 'goes on\n');
  expect(slipway.git('fsck', '--full', '--strict', '--no-dangling')).toBe('');
});

describe('a ref that cannot be read', () => {
  /** What `use` answers while a ref of the repository holds garbage. */
  async function whileGarbage<T>(ref: string, use: () => Promise<T>): Promise<T> {
    const path = join(slipway.dataDirectory, 'repository.git', ref);
    const before = existsSync(path) ? readFileSync(path) : null; // packed by git gc
    writeFileSync(path, 'garbage\n');
    try {
      return await use();
    } finally {
      if (before === null) rmSync(path);
      else writeFileSync(path, before);
    }
  }

  it('is a refusal that says so and may be tried again, for main as for a draft', async () => {
    const draft = await start({ name: 'readable-again' });
    const refused = (work: Promise<unknown>, ref: string): Promise<void> =>
      expect(work).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining(ref) });
    await whileGarbage('refs/heads/main', () => refused(start(), 'refs/heads/main'));
    const draftRef = `refs/slipway/drafts/${draft.id}`;
    await whileGarbage(draftRef, async () => {
      await refused(edit(draft.id, 'new'), draftRef);
      await refused(contentOf(draft.id), draftRef);
    });
    await edit(draft.id, 'new');
    expect(await contentOf(draft.id)).toBe('new');
  });
});
