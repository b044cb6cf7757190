/**
 * Preloaded into a validator's child: a release with a file of one of these names makes the child do what the name says,
 * as a fault of the engine or the machine would.
 */
const faults = {
  'fault-hang': () => {
    for (;;);
  },
  'fault-killed': () => process.kill(process.pid, 'SIGKILL'),
  'fault-abort': () => process.abort(),
  'fault-exit': () => process.exit(0),
  'fault-memory': () => {
    const held = [];
    for (;;) held.push(new Array(10_000).fill(held.length));
  },
};

process.on('message', ({ input }) => {
  for (const { path } of input.files ?? []) faults[path]?.();
});
