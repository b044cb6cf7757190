import { Retries } from '../../../src/git/publisher/retries';
import { retryDelayMs } from '../../../src/git/publisher/retry';

const at = (place: number) => `log-${place.toString(16).padStart(16, '0')}`;

describe('an event that cannot be published', () => {
  let retries: Retries;
  beforeEach(() => {
    retries = new Retries();
    retries.failed('read-only', at(15));
  });

  it('stays the failure while the events before it are published again with each try', () => {
    retries.found(at(12));
    retries.published(at(14));
    expect(retries.message).toBe('read-only');
    expect(retries.failed('read-only', at(15))).toBe(retryDelayMs(2));
  });

  it('stays the failure when then even the place to go on is not found, and is found again', () => {
    retries.failed('cannot be read', null);
    retries.found(at(12));
    expect(retries.message).toBe('cannot be read');
  });

  it('is no failure any more once it is published, or found in Git', () => {
    retries.published(at(15));
    expect([retries.message, retries.forMs]).toEqual([null, null]);
    retries.failed('read-only', at(16));
    retries.found(at(16));
    expect([retries.message, retries.forMs]).toEqual([null, null]);
  });
});

it('A place to go on that is not found is no failure any more once it is', () => {
  const retries = new Retries();
  retries.failed('cannot be read', null);
  retries.found(null);
  expect(retries.message).toBeNull();
});
