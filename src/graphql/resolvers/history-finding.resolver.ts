import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { BadUserInput, HISTORY_RULES, type HistoryRule } from '../../domain';
import { Reads } from '../access';
import { type GraphqlContext } from '../context';
import { toConnection } from '../mappers/connection.mapper';
import { toHistoryFinding } from '../mappers/history-finding.mapper';
import { type ConnectionShape } from '../types/connection.type';
import { HistoryFindingConnection } from '../types/connections';
import { Severity } from '../types/enums';
import { HistoryFinding } from '../types/history-finding.type';
import { Release } from '../types/release.type';
import { releaseByKey } from './nested';
import { type Optional } from './optional';
import { AFTER, first, pageOf } from './page-args';

@Resolver(() => HistoryFinding)
export class HistoryFindingResolver {
  @Query(() => HistoryFindingConnection, {
    description:
      'What is irregular in the history from before Slipway, in its order; empty where the repository was taken over without its history.',
  })
  @Reads('audit:read')
  historyFindings(
    @Arg('package', () => ID, { nullable: true, description: 'Only about this package.' }) id: Optional<string>,
    @Arg('rules', () => [String], { nullable: true, description: 'Only of these rules.' })
    rules: Optional<readonly string[]>,
    @Arg('severity', () => Severity, { nullable: true, description: 'Only of this severity.' })
    severity: Optional<Severity>,
    @Arg('first', () => Int, first(50)) limit: Optional<number>,
    @Arg('after', () => String, AFTER) after: Optional<string>,
    @Ctx() { projections }: GraphqlContext,
  ): ConnectionShape<HistoryFinding> {
    const filter = { package: id, rules: rulesOf(rules), severity };
    return toConnection(projections.readModel.historyFindings(filter, pageOf(limit, 50, after)), toHistoryFinding);
  }

  @FieldResolver(() => Release, {
    nullable: true,
    description: 'The release; null where it is about none, or about one that is not there any more.',
  })
  release(
    @Root() { packageId, version }: HistoryFinding,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<Release | null> | null {
    return packageId === null ? null : releaseByKey(loaders, packageId, version);
  }
}

/** @throws BadUserInput for a name that is no rule: a typing error would look like a clean history. */
function rulesOf(names: Optional<readonly string[]>): readonly HistoryRule[] | null {
  const unknown = names?.find((name) => !Object.hasOwn(HISTORY_RULES, name));
  if (unknown !== undefined) {
    throw new BadUserInput('rules', `${unknown} is not a rule. There are ${Object.keys(HISTORY_RULES).join(', ')}.`);
  }
  return (names ?? null) as readonly HistoryRule[] | null; // every name was found in the table above
}
