import { ExpectedRefs } from '../../../src/git';
import { scratch } from '../real-git';
import { beginStory, type Story, tellStory } from './story';

const { next } = scratch();
let story: Story;
beforeEach(async () => {
  story = await beginStory(next('.git'), next('.db'));
  await tellStory(story);
});
afterEach(() => story.log.store.close());

test('a fold that two share takes in every event once, also when both ask at the same time', async () => {
  const expected = new ExpectedRefs(story.log.store);
  await Promise.all([expected.catchUp(), expected.catchUp()]);
  expect(expected.adoptions).toBe(1);
  expect([...expected.kept]).toEqual([story.draftCommit]);
});

test('a reading that broke off is told to the one who asked, and taken up where it stopped', async () => {
  const { store } = story.log;
  let breaks = true;
  const expected = new ExpectedRefs({
    head: () => store.head(),
    async *readAll(options) {
      for await (const event of store.readAll(options)) {
        yield event;
        if (breaks) throw new Error('It broke off.');
      }
    },
  });
  await expect(expected.catchUp()).rejects.toThrow('It broke off.');
  breaks = false;
  await expected.catchUp();
  expect(expected.adoptions).toBe(1);
  expect(expected.tags.size).toBe(1);
});
