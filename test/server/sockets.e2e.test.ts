import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();

const open = (origin?: string, path = '/graphql') => {
  const url = new URL(path, slipway.url.replace(/^http/, 'ws'));
  return new WebSocket(url, 'graphql-transport-ws', origin === undefined ? {} : { origin });
};
const outcome = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => {
    socket.once('open', () => resolve('open')).once('close', resolve);
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode)).once('error', resolve);
  });

it.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])('is refused to a page of %s', async (origin) => {
  expect(await outcome(open(origin))).not.toBe('open');
});

it('is open to a page of this server, and to programs', async () => {
  for (const socket of [open(new URL(slipway.url).origin), open()]) {
    expect(await outcome(socket)).toBe('open');
    socket.terminate();
  }
  expect(await outcome(open(undefined, '/elsewhere'))).not.toBe('open');
});

it('that was open answers no new subscription once its token is revoked', async () => {
  const { id, token } = slipway.token('viewer', 'gone.soon');
  const socket = open();
  await outcome(socket);
  const say = (message: object): void => socket.send(JSON.stringify(message));
  say({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } });
  await once(socket, 'message');
  slipway.revoke(id);
  const printed = jest.spyOn(console, 'error').mockImplementation();
  say({ id: '1', type: 'subscribe', payload: { query: 'subscription { activations { id } }' } });
  expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(4403);
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});

it('is closed when a subscription comes before the sign-in', async () => {
  const socket = open();
  await outcome(socket);
  socket.send(
    JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { activations { id } }' } }),
  );
  const code = await new Promise((resolve) => socket.once('close', resolve));
  expect(code).toBe(4401);
});

it.each([
  '{ viewer { roles } }',
  '{ __schema { types { name } } }',
  'mutation { abandonDraft(input: { draft: "x" }) { draftId } }',
  'subscription { __typename }',
  'subscription { activations { id } events { id } }',
  'subscription { nothing }',
  'subscription {',
])('does not answer %s', async (query) => {
  const following = await slipway.subscribe(query);
  expect(await following.ended).toMatchObject([{ extensions: { code: expect.stringMatching(/^(BAD|GRAPHQL)_/) } }]);
  expect(following.pending).toEqual([]);
});

it('lives on through whatever is sent to it', async () => {
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const following = await slipway.subscribe('subscription { activations { id } }');
  const init = JSON.stringify({ type: 'connection_init', payload: { Authorization: `Bearer ${slipway.adminToken}` } });
  const query = 'subscription { activations { id } }';
  const subscribe = JSON.stringify({ id: '1', type: 'subscribe', payload: { query } });
  const messages: [number, ...(string | Buffer)[]][] = [
    [4400, 'no JSON'],
    [4400, Buffer.from([0xff, 0xfe, 0x00])],
    [4400, '{"type": "nothing"}'],
    [4400, init, '{"id": "1", "type": "subscribe", "payload": {"query": 5}}'],
    [4429, init, init],
    [4409, init, subscribe, subscribe],
    [1009, 'x'.repeat(70_000)],
  ];
  for (const [code, ...sent] of messages) {
    const socket = open();
    await outcome(socket);
    socket.on('error', () => undefined);
    for (const [at, message] of sent.entries()) {
      socket.send(message);
      if (at === 0 && message === init) await once(socket, 'message');
    }
    expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(code);
  }
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
  expect(slipway.logged).toEqual([
    { facts: { reason: 'Max payload size exceeded' }, message: 'a socket failed' }, // one line, no stack
  ]);
  await slipway.commands.deactivate(['implementation_plan']);
  expect(await following.take(1)).toHaveLength(1);
});

it('lives on through clients that leave in the middle of the upgrade', async () => {
  const { port, hostname } = new URL(slipway.url);
  const headers = `Host: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n`;
  for (let times = 0; times < 40; times++) {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    await once(socket, 'connect');
    const origin = times % 2 === 0 ? 'Origin: https://evil.example\r\n' : '';
    socket.write(`GET /graphql HTTP/1.1\r\n${headers}${origin}\r\n`);
    if (times % 4 < 2) await new Promise(setImmediate);
    socket.resetAndDestroy();
  }
  expect((await fetch(new URL('/healthz', slipway.url))).status).toBe(200);
});

/** A socket of a token that was answered its sign-in, or the code it was closed with. */
async function signedIn(token: string): Promise<WebSocket | number> {
  const socket = open();
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await outcome(socket);
  const acknowledged = once(socket, 'message').then(() => socket);
  socket.send(JSON.stringify({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } }));
  return Promise.race([acknowledged, closed]);
}

it('carries at most 100 subscriptions, and goes on with those', async () => {
  const socket = (await signedIn(slipway.adminToken)) as WebSocket;
  const answers: { id: string; type: string; payload: unknown }[] = [];
  socket.on('message', (data: Buffer) => answers.push(JSON.parse(data.toString()) as (typeof answers)[number]));
  const query = 'subscription { activations { id } }';
  const subscribe = (id: number): void =>
    socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query } }));
  for (let id = 1; id <= 101; id++) subscribe(id);
  await once(socket, 'message');
  expect(answers).toMatchObject([
    { id: '101', type: 'error', payload: [{ message: expect.stringContaining('at most 100 subscriptions') }] },
  ]);
  socket.send(JSON.stringify({ id: '1', type: 'complete' }));
  subscribe(102);
  socket.ping();
  await once(socket, 'pong');
  await slipway.commands.activate({ implementation_plan: '1.0.0' });
  while (answers.length < 101) await once(socket, 'message');
  const served = answers.slice(1).map(({ id, type }) => `${type} ${id}`);
  expect(served).toHaveLength(100);
  expect(served).toContain('next 102');
  socket.terminate();
});

it('is refused to a token that has 200 open, until it closes one', async () => {
  const { token } = slipway.token('viewer', 'many.sockets');
  const sockets: WebSocket[] = [];
  for (let count = 0; count < 200; count++) sockets.push((await signedIn(token)) as WebSocket);
  expect(await signedIn(token)).toBe(4429);
  expect(typeof (await signedIn(slipway.adminToken))).toBe('object');
  const [first] = sockets;
  first?.close();
  await once(first!, 'close');
  expect(typeof (await signedIn(token))).toBe('object');
  for (const socket of sockets) socket.terminate();
});
