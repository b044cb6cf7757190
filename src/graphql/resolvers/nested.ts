import { type GraphqlContext } from '../context';
import { type Loaders } from '../loaders';
import { toActivation } from '../mappers/activation.mapper';
import { toDomainEvent } from '../mappers/domain-event.mapper';
import { toPackage } from '../mappers/package.mapper';
import { toRelease } from '../mappers/release.mapper';
import { toReport } from '../mappers/validation-report.mapper';
import { type Activation } from '../types/activation.type';
import { type DomainEvent } from '../types/domain-event.type';
import { type Package } from '../types/package.type';
import { type Release } from '../types/release.type';
import { type ValidationReport } from '../types/validation-report.type';

// Things that many types lead to, each through its loader; null for what does not exist.

export async function packageById(loaders: Loaders, id: string | null): Promise<Package | null> {
  const row = id === null ? null : await loaders.package.load(id);
  return row === null ? null : toPackage(row);
}

/** A package that is there by definition; one that no event names yet has only what its id says. */
export async function packageOf({ loaders, application }: GraphqlContext, id: string): Promise<Package> {
  return (await packageById(loaders, id)) ?? { id, ...(await application.splitId(id)), displayName: null };
}

export async function packagesByIds(loaders: Loaders, ids: readonly string[]): Promise<Package[]> {
  const packages = await Promise.all(ids.map((id) => packageById(loaders, id)));
  return packages.filter((found) => found !== null);
}

export async function releaseByKey(
  loaders: Loaders,
  packageId: string,
  version: string | null,
): Promise<Release | null> {
  const row = version === null ? null : await loaders.release.load({ package: packageId, version });
  return row === null ? null : toRelease(row);
}

export async function activationById(loaders: Loaders, id: string | null): Promise<Activation | null> {
  const row = id === null ? null : await loaders.activation.load(id);
  return row === null ? null : toActivation(row);
}

export async function reportById(loaders: Loaders, id: string | null): Promise<ValidationReport | null> {
  const row = id === null ? null : await loaders.report.load(id);
  return row === null ? null : toReport(row);
}

export async function eventById(loaders: Loaders, id: string): Promise<DomainEvent | null> {
  const event = await loaders.event.load(id);
  return event === null ? null : toDomainEvent(event);
}
