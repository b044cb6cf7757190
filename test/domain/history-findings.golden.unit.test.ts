import { evolveRepository, type HistoryFindings, NOT_ADOPTED, REPOSITORY_STREAM } from '../../src/domain';
import { canonicalJson, EMPTY_STREAM, sealEvents } from '../../src/eventstore';

// Stored for ever: when this test fails, a log that was written yesterday is not read as it was written.
const STORED =
  '{"data":{"commit":"1111111111111111111111111111111111111111","findings":[{"at":"2024-03-10T12:00:00.000Z",' +
  '"commit":"2222222222222222222222222222222222222222","message":"The pointer names gone 9.9.9, which has no directory.",' +
  '"package":"gone","path":null,"rule":"dangling-pointer","severity":"ERROR","until":{"at":"2024-04-01T12:00:00.000Z",' +
  '"commit":"3333333333333333333333333333333333333333"},"version":"9.9.9"}],"since":{"at":"2024-01-10T12:00:00.000Z",' +
  '"commit":"4444444444444444444444444444444444444444"}},"metadata":{"actor":{"id":"slipway","name":"Slipway"},' +
  '"commandDigest":"dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd","commandId":"c","correlationId":"r",' +
  '"eventId":"e","hash":"HASH","occurredAt":"2026-03-01T10:22:31.114Z","previousHash":null,"schemaVersion":1},"revision":0,' +
  '"stream":"repository","type":"HistoryFindings"}';

const event: HistoryFindings = {
  type: 'HistoryFindings',
  data: {
    commit: '1'.repeat(40),
    since: { commit: '4'.repeat(40), at: '2024-01-10T12:00:00.000Z' },
    findings: [
      {
        rule: 'dangling-pointer',
        severity: 'ERROR',
        message: 'The pointer names gone 9.9.9, which has no directory.',
        commit: '2'.repeat(40),
        at: '2024-03-10T12:00:00.000Z',
        until: { commit: '3'.repeat(40), at: '2024-04-01T12:00:00.000Z' },
        package: 'gone',
        version: '9.9.9',
        path: null,
      },
    ],
  },
};

describe('what is stored of a history', () => {
  const [sealed] = sealEvents({
    stream: REPOSITORY_STREAM,
    head: EMPTY_STREAM,
    events: [event],
    context: {
      actor: { id: 'slipway', name: 'Slipway' },
      commandId: 'c',
      commandDigest: 'd'.repeat(64),
      correlationId: 'r',
      now: '2026-03-01T10:22:31.114Z',
      newEventId: () => 'e',
    },
  });

  it('has the shape and the hash that it always had', () => {
    expect(canonicalJson(sealed)).toBe(STORED.replace('HASH', sealed!.metadata.hash));
    expect(sealed!.metadata.hash).toBe('3a459b5efb3dbbdae2205540b716fe93d7279e2bf4e50eaf101eb581b90fdc97');
  });

  it('does not open the repository for commands', () => {
    if (sealed?.type !== 'HistoryFindings') throw new TypeError('One event is sealed into one envelope.');
    expect(evolveRepository(NOT_ADOPTED, sealed)).toEqual({ adoption: null });
  });
});
