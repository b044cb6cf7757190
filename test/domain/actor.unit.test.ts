import { isActorId } from '../../src/domain';

describe('the id of an actor', () => {
  it.each(['tom.moseley', 'ci', 'a', '7', 'release-bot_2', 'a'.repeat(64)])('may be %j', (text) => {
    expect(isActorId(text)).toBe(true);
  });

  it.each([
    '',
    'Tom',
    '.tom',
    'tom.',
    '-tom',
    'tom-',
    'a..b',
    'a b',
    'a@b',
    'a>',
    'a<b',
    'a\n',
    'a\0',
    'ä',
    'a'.repeat(65),
  ])('may not be %j: it stands in an author line', (text) => {
    expect(isActorId(text)).toBe(false);
  });
});
