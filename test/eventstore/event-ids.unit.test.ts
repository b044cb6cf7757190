import { adoptionEventId, commandIdOf } from '../../src/eventstore';

const random = () => '44444444-4444-4444-8444-444444444444';

describe('event and command ids', () => {
  it('pins the id of an adoption event', () => {
    expect(adoptionEventId('c'.repeat(40), 'pointer-production', 0)).toBe('b69b8895-fed2-5fc1-b61a-b560653ad513');
  });

  it('gives each place and each adopted commit an id of its own', () => {
    const ids = [
      adoptionEventId('a'.repeat(40), 'repository', 0),
      adoptionEventId('b'.repeat(40), 'repository', 0),
      adoptionEventId('a'.repeat(40), 'repository', 1),
      adoptionEventId('a'.repeat(40), 'package-x', 0),
    ];
    expect(new Set(ids).size).toBe(4);
  });

  it('pins the id of a command with a key', () => {
    expect(commandIdOf('tom', 'activateReleases', 'key-1', random)).toBe('fa940499-ab6f-545d-a82c-e9f480b6a930');
  });

  it('keeps actors, operations and keys apart, wherever the border between them lies', () => {
    const ids = [
      commandIdOf('tom', 'activate', 'key', random),
      commandIdOf('tom', 'activatekey', '', random),
      commandIdOf('tom","activate', 'key', '', random),
      commandIdOf('ann', 'activate', 'key', random),
    ];
    expect(new Set(ids).size).toBe(4);
  });

  it('is random without a key', () => {
    expect(commandIdOf('tom', 'activate', null, random)).toBe(random());
  });
});
