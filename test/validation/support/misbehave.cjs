/**
 * Preloaded into a validator's child: a release with a file of one of these names makes the child do what the name says,
 * as a fault of the engine or the machine would.
 */
const { writeSync } = require('node:fs');

const PASS = { findings: [], total: 0, counts: {}, unfinished: [] };
const say = (message) => writeSync(1, `${JSON.stringify(message)}\n`);
const answer = (id, value) => say({ type: 'answer', id, answer: value });
let previous = null;
const rest = () => {
  for (;;);
};

const faults = {
  'fault-hang': rest,
  'fault-killed': () => process.kill(process.pid, 'SIGKILL'),
  'fault-stopped': () => process.kill(process.pid, 'SIGSTOP'),
  'fault-abort': () => process.abort(),
  'fault-exit': () => process.exit(0),
  'fault-memory': () => {
    const held = [];
    for (;;) held.push(new Array(10_000).fill(held.length));
  },
  // Outside of the heap that V8 limits.
  'fault-buffers': () => {
    const held = [];
    for (;;) held.push(Buffer.alloc(1024 * 1024, held.length));
  },
  'fault-noise': () => writeSync(1, Buffer.from([0, 255, 10, 13, 0, 1, 2, 10])),
  'fault-flood': () => {
    for (const noise = Buffer.alloc(1024 * 1024, 'x'); ;) writeSync(1, noise);
  },
  'fault-null': () => say(null),
  'fault-deep': () => writeSync(1, `${'['.repeat(1_000_000)}\n`),
  'fault-prototype': (id) =>
    writeSync(1, `{"__proto__": {"polluted": true}, "type": "answer", "id": "${id}", "answer": {"__proto__": {}}}\n`),
  'fault-ready': () => say({ type: 'ready' }),
  'fault-empty': (id) => answer(id, {}),
  'fault-no-counts': (id) => answer(id, { ...PASS, counts: null }),
  'fault-pin': (id) => answer(id, [{ reference: 'op:a@latest', path: 'a', line: 1, places: 1 }]),
  'fault-no-id': () => say({ type: 'answer', answer: PASS }),
  'fault-stale': () => answer(previous, PASS),
  // Answers rightly, and then once more, before anybody has asked.
  'fault-twice': (id) => setTimeout(() => answer(id, PASS), 5),
};

process.stdin.on('data', (chunk) => {
  const [id] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(chunk.toString('latin1')) ?? [null];
  for (const [name, fault] of Object.entries(faults))
    // As the wire writes a text: its length, then its characters.
    if (chunk.includes(`"${String.fromCharCode(name.length)}${name}`, 'latin1')) fault(id);
  previous = id;
});
