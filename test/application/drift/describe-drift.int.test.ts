import { createDescribeDrift } from '../../../src/application/drift/describe-drift';
import { type RefDrift } from '../../../src/git';
import { MemoryObjects } from '../../../src/git/memory/memory-objects';

function commitIn(objects: MemoryObjects, tree: string, parents: readonly string[], message: string): Promise<string> {
  const author = { name: 'Ann', email: 'ann@example.com', seconds: 1_700_000_000, timezone: '+0000' };
  return objects.writeCommit({ tree, parents, author, committer: author, message });
}

test('a commit that cannot be read yet is described as soon as it is there', async () => {
  const [objects, elsewhere] = [new MemoryObjects(), new MemoryObjects()];
  const tree = await objects.writeTree([]);
  const expected = await commitIn(objects, tree, [], 'ours\n');
  const found = await commitIn(elsewhere, tree, [expected], 'theirs\n');
  const drift: RefDrift = {
    place: 'local',
    ref: 'refs/heads/main',
    expected,
    found,
    kind: 'FOREIGN_COMMITS',
    since: '2026-01-01T00:00:00.000Z',
    stopsPublishing: true,
  };
  const describeDrift = createDescribeDrift({ repository: { objects } });
  expect((await describeDrift(drift)).commits).toEqual([]);

  expect(await commitIn(objects, tree, [expected], 'theirs\n')).toBe(found);
  expect((await describeDrift(drift)).commits).toMatchObject([{ id: found, subject: 'theirs' }]);
});
