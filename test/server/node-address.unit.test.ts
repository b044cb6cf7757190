import { nodeAddressOf, readNodeAddress } from '../../src/server/node-address';
import { BadConfiguration } from '../../src/server/config';

const LISTENS = { host: '127.0.0.1', port: 4000 };

describe('the address of a node', () => {
  it('is what is given, else where the server listens', () => {
    expect(nodeAddressOf('https://n1.example.com', LISTENS)).toBe('https://n1.example.com');
    expect(nodeAddressOf(null, LISTENS)).toBe('http://127.0.0.1:4000');
    expect(nodeAddressOf(null, { host: '::1', port: 4000 })).toBe('http://[::1]:4000');
  });

  it.each([
    ['any free port', { host: '127.0.0.1', port: 0 }],
    ['every network', { host: '0.0.0.0', port: 4000 }],
  ])('has to be given for %s', (_, listens) => {
    expect(() => nodeAddressOf(null, listens)).toThrow(/--node-address/);
  });

  it.each(['n1.example.com', 'ftp://n1', 'https://n1/graphql', 'https://me:secret@n1', ''])('is not %j', (text) => {
    expect(() => nodeAddressOf(text, LISTENS)).toThrow(BadConfiguration);
  });
});

describe('an event store', () => {
  it('needs a remote, unless there is one node only', () => {
    const alone = { eventStore: {}, remote: null };
    expect(() => readNodeAddress({}, {}, alone)).toThrow(/--remote.*--single-node/);
    expect(readNodeAddress({ singleNode: true }, {}, alone)).toBeNull();
    expect(readNodeAddress({}, { SLIPWAY_SINGLE_NODE: '1' }, alone)).toBeNull();
    expect(readNodeAddress({}, { SLIPWAY_NODE_ADDRESS: 'http://n1:4000' }, { eventStore: {}, remote: {} })).toBe(
      'http://n1:4000',
    );
  });

  it('that is not there needs nothing', () => {
    const variables = { SLIPWAY_NODE_ADDRESS: '', SLIPWAY_SINGLE_NODE: '' };
    expect(readNodeAddress({}, {}, { eventStore: null, remote: null })).toBeNull();
    expect(readNodeAddress({}, variables, { eventStore: null, remote: {} })).toBeNull();
  });

  it.each([
    [{ singleNode: true }, {}, /^--single-node or SLIPWAY_SINGLE_NODE is of .*--event-store/],
    [{}, { SLIPWAY_SINGLE_NODE: '1' }, /^--single-node/],
    [{ nodeAddress: 'https://n1' }, {}, /^--node-address or SLIPWAY_NODE_ADDRESS is of .*--event-store/],
    [{}, { SLIPWAY_NODE_ADDRESS: 'https://n1' }, /^--node-address/],
  ])('that is not there has no nodes: %j %j is refused', (flags, environment, words) => {
    const none = { eventStore: null, remote: {} };
    expect(() => readNodeAddress(flags, environment, none)).toThrow(BadConfiguration);
    expect(() => readNodeAddress(flags, environment, none)).toThrow(words);
  });
});
