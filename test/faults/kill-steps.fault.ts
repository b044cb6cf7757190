import { describeKills } from '../server/support/kill-steps';

describeKills({
  commit: ['kept', 'appended', 'ref moved', 'projected'],
  stage: ['validated', 'appended', 'objects written', 'ref moved', 'projected'],
  move: ['appended', 'objects written', 'ref moved', 'projected'],
});
