import { faultsHarmNoOther } from '../validation/support/child-faults';

const CRASHES = [
  ...['fault-killed', 'fault-abort', 'fault-exit', 'fault-noise', 'fault-flood', 'fault-null', 'fault-deep'],
  ...['fault-prototype', 'fault-ready', 'fault-empty', 'fault-no-counts', 'fault-no-id'],
];
const onLinux = process.platform === 'linux';
const outsideOfHeap = onLinux ? ['fault-buffers'] : [];

describe('a child process of the validation engine', () => {
  faultsHarmNoOther([
    ...CRASHES.map((name) => [name, 'validator-crashed'] as const),
    ...['fault-hang', 'fault-stopped'].map((name) => [name, 'validator-timeout'] as const),
    ...['fault-memory', ...outsideOfHeap].map((name) => [name, 'validator-out-of-memory'] as const),
  ]);
  if (!onLinux)
    it.skip('with fault-buffers (needs Linux, where memory outside of the heap is counted)', () => undefined);
});
