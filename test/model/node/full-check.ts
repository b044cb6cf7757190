import { git } from '../../git/real-git';
import { commitsOnMain, emptyFiles } from '../../server/support/agreement';
import { restart } from '../world/perform';
import { pointerOf } from '../world/pointer';
import { type World } from '../world/world';
import { type TestedNode } from './tested-node';

/** Expects that log, Git, read models and the model of a node say the same, once nothing is under way. */
export async function expectFullAgreement(tested: TestedNode, world: World): Promise<void> {
  await tested.caughtUp();
  expect(await tested.rebuild()).toBe(true);
  restart(world);
  await tested.caughtUp();
  const { gitdir, store } = tested.foundation();
  const events = [];
  for await (const event of store.readAll()) events.push(event);
  const making = events.filter(({ type }) => ['Staged', 'Activated', 'RolledBack', 'Deactivated'].includes(type));
  const ids = making.map((event) => event.metadata.eventId);
  const published = commitsOnMain(gitdir, events);
  expect(published.map(({ eventId }) => eventId)).toEqual(ids);
  expect(tested.node().projections.publications.commitsOf(ids)).toEqual(published.map(({ commit }) => commit));

  expect(JSON.parse(git(gitdir, ['show', 'main:_active/active_releases.json']))).toEqual(pointerOf(world));
  expect(namesBelow(gitdir, 'refs/slipway/drafts')).toEqual([...world.drafts.keys()].sort());
  expect(namesBelow(gitdir, 'refs/heads/draft')).toEqual([...world.drafts.keys()].sort());
  const tags = [...world.releases].flatMap(([id, releases]) =>
    [...releases].flatMap(([version, { tagged }]) => (tagged ? [`${id}/v${version}`] : [])),
  );
  expect(namesBelow(gitdir, 'refs/tags')).toEqual(tags.sort());
  const committed = events.flatMap((event) => (event.type === 'Committed' ? [event.data.commit] : []));
  expect(namesBelow(gitdir, 'refs/slipway/commits')).toEqual(expect.arrayContaining(committed));
  expect(git(gitdir, ['fsck', '--full', '--strict', '--no-dangling'])).toBe('');
  expect(emptyFiles(gitdir)).toEqual([]);
  expect(tested.complaints).toEqual([]);
}

function namesBelow(gitdir: string, prefix: string): readonly string[] {
  const refs = git(gitdir, ['for-each-ref', '--format=%(refname)', prefix]);
  return refs === ''
    ? []
    : refs
        .split('\n')
        .map((ref) => ref.slice(prefix.length + 1))
        .sort();
}
