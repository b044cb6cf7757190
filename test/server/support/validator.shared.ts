import { engineFromSource } from '../../validation/support/engine-from-source';

/**
 * The checks of every server that the tests of a worker start. A child process that has to start and warm up for each server
 * costs as much as most of their tests; it keeps nothing between two jobs. It ends with the worker.
 */
export const validator = engineFromSource({ processes: 1, timeoutMs: 20_000 });
