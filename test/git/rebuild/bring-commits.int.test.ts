import { bringCommits } from '../../../src/git/rebuild/bring-commits';
import { TransferFailed } from '../../../src/git';
import { scratch } from '../real-git';
import { beginStory, type Story, tellStory } from '../publisher/story';

const { next } = scratch();
let story: Story;
let asked: (readonly string[])[];
beforeEach(async () => {
  story = await beginStory(next('.git'), next('.db'));
  await tellStory(story);
  asked = [];
});
afterEach(() => story.log.store.close());

const bring = (fail: () => Promise<void> = () => Promise.resolve()): Promise<void> =>
  bringCommits(story.log.store, null, (commits) => {
    asked.push(commits);
    return fail();
  });

it('The adopted commits and the commits of drafts are brought apart, each once', async () => {
  await bring();
  expect(asked).toEqual([[story.root], [story.draftCommit]]);
});

it('What cannot be brought at once is left to the copying of single objects', async () => {
  await bring(() => Promise.reject(new TransferFailed('There is no git program.')));
  expect(asked).toHaveLength(2);
});

it('Any other error ends it', async () => {
  await expect(bring(() => Promise.reject(new Error('no space left')))).rejects.toThrow('no space left');
  expect(asked).toHaveLength(1);
});
