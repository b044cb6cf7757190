import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Reads } from '../access';
import { type GraphqlContext } from '../context';
import { ReleaseInput } from '../inputs/release.inputs';
import { toActivationPlan } from '../mappers/activation-plan.mapper';
import { chargePlan } from '../plan-budget';
import { ActivationPlan } from '../types/activation-plan.type';
import { type Optional } from './optional';

@Resolver()
export class ActivationPlanResolver {
  @Query(() => ActivationPlan, { description: 'What activating these releases together would do. Writes nothing.' })
  @Reads('release:read')
  async activationPlan(
    @Arg('releases', () => [ReleaseInput], { description: 'The releases, one per package.' })
    releases: readonly ReleaseInput[],
    @Ctx() { application, budget }: GraphqlContext,
  ): Promise<ActivationPlan> {
    chargePlan(budget, 'releases', releases.length);
    return toActivationPlan(await application.planActivation(releases));
  }

  @Query(() => ActivationPlan, { description: 'What rolling back one package would do. Writes nothing.' })
  @Reads('release:read')
  async rollbackPlan(
    @Arg('package', () => ID, { description: 'The package.' }) id: string,
    @Arg('toVersion', () => String, {
      nullable: true,
      description: 'A version that was in production before; by default the one before the active one.',
    })
    toVersion: Optional<string>,
    @Ctx() { application, budget }: GraphqlContext,
  ): Promise<ActivationPlan> {
    chargePlan(budget, 'package', 1);
    return toActivationPlan(await application.planRollback({ package: id, toVersion }));
  }

  @Query(() => ActivationPlan, { description: 'What taking back a whole activation would do. Writes nothing.' })
  @Reads('release:read')
  async rollbackActivationPlan(
    @Arg('activation', () => ID, { description: 'The activation.' }) id: string,
    @Ctx() { application, budget, loaders }: GraphqlContext,
  ): Promise<ActivationPlan> {
    chargePlan(budget, 'activation', (await loaders.activation.load(id))?.changes.length ?? 1);
    return toActivationPlan(await application.planRollbackActivation(id));
  }

  @Query(() => ActivationPlan, { description: 'What taking packages out of production would do. Writes nothing.' })
  @Reads('release:read')
  async deactivationPlan(
    @Arg('packages', () => [ID], { description: 'The packages.' }) packages: readonly string[],
    @Ctx() { application, budget }: GraphqlContext,
  ): Promise<ActivationPlan> {
    chargePlan(budget, 'packages', packages.length);
    return toActivationPlan(await application.planDeactivation(packages));
  }
}
