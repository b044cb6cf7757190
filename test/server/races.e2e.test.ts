import { discoveryDrafts, DISCOVERY } from './support/discovery-drafts';
import { furtherReleases } from './support/further-release';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const { edited, touch, commit } = discoveryDrafts(slipway);
const { further } = furtherReleases(slipway);

/** What may come of a race lost; anything else would be a fault of ours. */
const REFUSALS = [
  'DRAFT_NOT_FOUND',
  'DRAFT_CONFLICT',
  'NOTHING_TO_COMMIT',
  'RELEASE_LOCKED',
  'RELEASE_CHANGED',
  'ALREADY_ACTIVE',
  'NOT_PREVIOUSLY_ACTIVE',
  'VERSION_TAKEN',
];

async function race(...acts: readonly (() => Promise<unknown>)[]): Promise<void> {
  const codes = (await Promise.allSettled(acts.map((act) => act()))).flatMap((result) =>
    result.status === 'rejected' ? [(result.reason as { code: string }).code] : [],
  );
  expect(codes.filter((code) => !REFUSALS.includes(code))).toEqual([]);
}

it('gives drafts that are committed at once versions of their own', async () => {
  const drafts = await Promise.all(Array.from({ length: 6 }, () => edited()));
  const releases = await Promise.all(drafts.map((draft) => commit(draft, { changeType: 'MINOR' })));
  expect(new Set(releases.map(({ version }) => version)).size).toBe(6);
  await Promise.all(releases.map(({ version }) => slipway.commands.stage({ package: DISCOVERY, version })));
  await slipway.published();
  const onMain = slipway.git('ls-tree', 'main:document_types/project_discovery/releases');
  for (const { version, tree } of releases) expect(onMain).toContain(`040000 tree ${tree}\t${version}`);
});

it('commits once for a command that was sent several times at once', async () => {
  const input = { draft: await edited(), changeType: 'PATCH', idempotencyKey: 'at once' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => slipway.commands.commit(input)));
  expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
});

it('ends every race of two commands on a draft in an answer or a refusal', async () => {
  for (let rounds = 0; rounds < 3; rounds++) {
    const abandoned = await edited();
    await race(
      () => commit(abandoned),
      () => slipway.commands.abandon(abandoned),
    );
    const saved = await edited();
    await race(
      () => commit(saved),
      () => touch(saved),
      () => touch(saved),
      () => commit(saved),
    );
    const staged = await edited();
    const { version } = await commit(staged);
    const stage = () => slipway.commands.stage({ package: DISCOVERY, version });
    await race(
      stage,
      () => touch(staged),
      stage,
      () => commit(staged),
    );
    const gone = await edited();
    await race(
      () => touch(gone),
      () => slipway.commands.abandon(gone),
      () => slipway.commands.abandon(gone),
      () => slipway.commands.discard({ draft: gone }),
    );
    const name = `again-${rounds}`;
    const starts = await Promise.allSettled([edited({ name }), edited({ name }), edited({ name })]);
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }
});

it('keeps an edit that came while its draft was staged', async () => {
  for (let rounds = 0; rounds < 3; rounds++) {
    const draft = await edited();
    const { version } = await commit(draft);
    const [, save] = await Promise.allSettled([slipway.commands.stage({ package: DISCOVERY, version }), touch(draft)]);
    const { data } = await slipway.gql('query ($id: ID!) { draft(id: $id) { dirty } }', { id: draft });
    expect(data.draft).toEqual(save.status === 'fulfilled' ? { dirty: true } : null);
  }
});

it('answers questions while everything moves', async () => {
  const version = await further(DISCOVERY);
  const questions = Array.from({ length: 20 }, () => async () => {
    const { activeReleases, package: one } = await slipway.ask(
      `{ activeReleases { pointer } package(id: "${DISCOVERY}") { activeRelease { version } releases { nodes { version state } } } }`,
    );
    const active = activeReleases.pointer[DISCOVERY] as string;
    const released = (one.releases.nodes as { version: string; state: string }[]).filter(
      ({ state }) => state === 'RELEASED',
    );
    expect(released).toHaveLength(1);
    expect(['1.4.0', version]).toContain(active);
  });
  await race(
    ...questions,
    ...Array.from({ length: 8 }, () => () => slipway.commands.activate({ [DISCOVERY]: version })),
    ...Array.from({ length: 8 }, () => () => slipway.commands.rollback({ package: DISCOVERY })),
  );
});

it('leaves a repository that Git finds sound, and nothing in the log of faults', async () => {
  await slipway.published();
  expect(slipway.git('fsck', '--full', '--strict', '--no-dangling')).toBe('');
  expect(slipway.logged).toEqual([]);
  const { data } = await slipway.gql('{ drafts(first: 200) { nodes { id head dirty artifacts { path } } } }');
  for (const { id, head } of data.drafts.nodes as { id: string; head: string }[])
    expect(slipway.git('rev-parse', `refs/slipway/drafts/${id}`)).toBe(head);
});
