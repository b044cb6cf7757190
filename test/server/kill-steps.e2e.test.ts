import { describeKills } from './support/kill-steps';

// One step of each command, each another one; `npm run test:faults` takes all of them (test/faults/kill-steps.fault.ts).
describeKills({ commit: ['appended'], stage: ['objects written'], move: ['ref moved'] });
