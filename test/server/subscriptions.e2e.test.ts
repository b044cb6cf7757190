import { type MoveView } from './support/commands';
import { type FeedEvent, feedsOf } from './support/feeds';
import { type Following } from './support/follow';
import { furtherReleases } from './support/further-release';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const { further, fresh } = furtherReleases(slipway);
const { moves, changes, events } = feedsOf(slipway);

/** Takes a package out of production and puts it back: two moves. */
async function outAndIn(): Promise<[MoveView, MoveView]> {
  return [
    await slipway.commands.deactivate(['implementation_plan']),
    await slipway.commands.activate({ implementation_plan: '1.0.0' }),
  ];
}
async function position(): Promise<string> {
  const { events: page } = await slipway.ask('{ events(first: 200) { nodes { position } } }');
  return (page.nodes as { position: string }[]).at(-1)!.position;
}

describe('activations', () => {
  it('bring a set whole, once', async () => {
    const [one, two] = [await further('project_discovery'), await further('primary_implementation_plan')];
    const following = await moves();
    const set = await slipway.commands.activate({ project_discovery: one, primary_implementation_plan: two });
    const [move] = await following.take(1);
    expect(move).toMatchObject({ id: set.id, position: set.position, pointer: set.pointer });
    expect(move?.changes).toEqual([
      { packageId: 'primary_implementation_plan', toVersion: two, release: { state: 'RELEASED' } },
      { packageId: 'project_discovery', toVersion: one, release: { state: 'RELEASED' } },
    ]);
    await outAndIn();
    const after = await following.take(2);
    expect(after.map(({ changes: [change] }) => change?.toVersion)).toEqual([null, '1.0.0']);
    await following.stop();
  });

  it('of some packages leave the others out, and bring a set that holds one of them whole', async () => {
    const following = await moves('(packages: ["technical_architecture", "nothing"])');
    await outAndIn();
    const [one, two] = [await further('technical_architecture'), await further('project_discovery')];
    const set = await slipway.commands.activate({ technical_architecture: one, project_discovery: two });
    expect(await following.take(1)).toMatchObject([{ id: set.id, changes: [{}, {}] }]);
    await outAndIn();
    expect(following.pending).toEqual([]);
    await following.stop();
  });

  it('that are published come once their commit exists', async () => {
    const following = await moves('(published: true)');
    const [out, back] = await outAndIn();
    const arrived = await following.take(2);
    expect(arrived.map(({ id }) => id)).toEqual([out.id, back.id]);
    for (const { commit, pointer } of arrived) {
      expect(slipway.git('merge-base', '--is-ancestor', commit ?? '', 'main')).toBe('');
      expect(JSON.parse(slipway.git('show', `${commit ?? ''}:_active/active_releases.json`))).toEqual(pointer);
    }
    await following.stop();
  });
});

it('release changes tell a board everything it needs', async () => {
  const following = await changes('(packages: ["risks", "project_discovery"])');
  const before = (await slipway.ask('{ package(id: "project_discovery") { activeRelease { version } } }')).package
    .activeRelease.version as string;
  await fresh('risks');
  await slipway.commands.activate({ risks: '1.0.0' });
  await further('primary_implementation_plan');
  const next = await further('project_discovery');
  await slipway.commands.activate({ project_discovery: next });
  await slipway.commands.rollback({ package: 'project_discovery' });
  const board = await following.take(9);
  const told = board.map(({ from, to, release }) => `${release.package.id} ${release.version} ${from ?? 'new'} ${to}`);
  expect(told.slice(0, 5)).toEqual([
    'risks 1.0.0 new COMMITTED',
    'risks 1.0.0 COMMITTED STAGED',
    'risks 1.0.0 STAGED RELEASED',
    `project_discovery ${next} new COMMITTED`,
    `project_discovery ${next} COMMITTED STAGED`,
  ]);
  const [superseded, released] = [`${before} RELEASED SUPERSEDED`, `${next} STAGED RELEASED`];
  expect(new Set(told.slice(5, 7))).toEqual(
    new Set([`project_discovery ${superseded}`, `project_discovery ${released}`]),
  );
  const [undone, restored] = [`${next} RELEASED SUPERSEDED`, `${before} SUPERSEDED RELEASED`];
  expect(new Set(told.slice(7, 9))).toEqual(new Set([`project_discovery ${undone}`, `project_discovery ${restored}`]));
  await following.stop();
});

it('events come as they are recorded, by type and package', async () => {
  const [all, some] = [
    await events(),
    await events('(types: ["Committed", "Activated"], package: "technical_architecture")'),
  ];
  await outAndIn();
  const version = await further('technical_architecture');
  await slipway.commands.activate({ technical_architecture: version });
  expect((await all.take(5)).map(({ type }) => type)).toEqual([
    'Deactivated',
    'Activated',
    'Committed',
    'Staged',
    'Activated',
  ]);
  expect((await some.take(2)).map(({ type }) => type)).toEqual(['Committed', 'Activated']);
  expect([...all.pending, ...some.pending]).toEqual([]);
  await all.stop();
  await some.stop();
});

describe('going on', () => {
  it.each([
    ['activations', moves],
    ['releaseChanges', changes],
    ['events', events],
  ])(
    'behind a position brings what was missed of %s and what comes, without a gap or a repetition',
    async (_, subscribe) => {
      const start = await position();
      const whole: Following<{ position: string }> = await subscribe();
      await outAndIn();
      const first = (await whole.take(2)).map(({ position: at }) => at);
      const writing = outAndIn();
      const resumed: Following<{ position: string }> = await subscribe(`(after: "${first[0] ?? ''}")`);
      const again: Following<{ position: string }> = await subscribe(`(after: "${start}")`);
      await writing;
      await outAndIn();
      const rest = (await whole.take(4)).map(({ position: at }) => at);
      expect((await resumed.take(5)).map(({ position: at }) => at)).toEqual([first[1], ...rest]);
      expect((await again.take(6)).map(({ position: at }) => at)).toEqual([...first, ...rest]);
      expect([...resumed.pending, ...again.pending]).toEqual([]);
      for (const following of [whole, resumed, again]) await following.stop();
    },
  );

  it('from the beginning of the log brings all of it, page by page', async () => {
    const { events: page } = await slipway.ask('{ events(first: 200) { totalCount nodes { id position } } }');
    const recorded = page.nodes as FeedEvent[];
    expect(recorded.length).toBeGreaterThan(55);
    const following = await events(`(after: "${recorded[0]!.position}")`);
    const replayed = await following.take(recorded.length - 1);
    expect(replayed.map(({ id }) => id)).toEqual(recorded.slice(1).map(({ id }) => id));
    await following.stop();
  });

  it('goes on after a restart of the server', async () => {
    const seen = await position();
    const [out] = await outAndIn();
    await slipway.restart();
    const following = await moves(`(after: "${seen}")`);
    expect((await following.take(2))[0]?.id).toBe(out.id);
    await following.stop();
  });

  it.each(['activations', 'releaseChanges', 'events'])(
    'of %s from a place of another log, or ahead, is refused',
    async (name) => {
      const here = await position();
      const ahead = here.replace(/.$/, 'f').replace(/^(\w+)-0000/, '$1-0fff');
      for (const after of ['000000000000-0000000000000001', ahead, 'nonsense']) {
        const following = await slipway.subscribe(`subscription { ${name}(after: "${after}") { position } }`);
        expect(await following.ended).toMatchObject([{ extensions: { code: 'POSITION_UNKNOWN' } }]);
      }
    },
  );
});

it('serves fifty at once, each the same', async () => {
  const all = await Promise.all(Array.from({ length: 50 }, () => moves()));
  const [out, back] = await outAndIn();
  for (const following of all) expect((await following.take(2)).map(({ id }) => id)).toEqual([out.id, back.id]);
  await Promise.all(all.map((following) => following.stop()));
});
