import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type GraphqlContext } from '../context';
import { Severity, ValidationCheck } from '../types/enums';
import { Package } from '../types/package.type';
import { Finding, ValidationReport } from '../types/validation-report.type';
import { packageById } from './nested';
import { type Optional } from './optional';

@Resolver(() => ValidationReport)
export class ValidationReportResolver {
  @FieldResolver(() => Package, { nullable: true, description: 'The package that was validated.' })
  package(@Root() { packageId }: ValidationReport, @Ctx() { loaders }: GraphqlContext): Promise<Package | null> {
    return packageById(loaders, packageId);
  }

  @FieldResolver(() => [Finding], { description: 'What was found: errors first, then by check, path and line.' })
  findings(
    @Root() { allFindings }: ValidationReport,
    @Arg('severity', () => Severity, { nullable: true, description: 'Only findings of this severity.' })
    severity: Optional<Severity>,
    @Arg('check', () => ValidationCheck, { nullable: true, description: 'Only findings of this check.' })
    check: Optional<ValidationCheck>,
  ): Finding[] {
    return allFindings.filter(
      (finding) => finding.severity === (severity ?? finding.severity) && finding.check === (check ?? finding.check),
    );
  }
}
