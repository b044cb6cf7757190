/** The files that take longest begin first, so that no worker is left alone with one; a fresh clone has no timings to know them by. */
const { default: TestSequencer } = require('@jest/test-sequencer');

const SLOW =
  /import-and-rebuild|hostile-content|pool\/|shown-|sequences|races\.int|determinism|usage\.e2e|serve\.e2e|validate\.e2e|inspect\.e2e|pusher\.int|isomorphic-repository\.contract|kurrentdb-event-store|event-store-refusals|verify-export/;

module.exports = class SlowFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isSlow = ({ path }) => SLOW.test(path);
    return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
  }
};
