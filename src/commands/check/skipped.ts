import { projectFile, type Configuration } from '../../config/configuration.js';
import { partsOf } from '../../config/resolve.js';
import type { SettingFlags } from '../../config/settings.js';
import { groups, type Case } from '../../conformance/case.js';
import { allCases } from '../../conformance/cases/index.js';
import { selectCases, type Supply } from '../../conformance/select.js';
import { UsageError } from '../../errors.js';

/** Cases that the file skips, not the command line. */
export interface Skipped {
  file: string;
  cases: readonly Case[];
}

interface Skipping {
  only: readonly string[] | undefined;
  skip: readonly string[];
  flags: SettingFlags;
  supply: Supply;
}

/**
 * Returns the cases the configuration file removes from a selection. Somebody else may have written the file, so
 * skipped cases are always reported, and it can't skip a whole group. Throws UsageError if it does.
 */
export function skippedByFile(
  { only, skip, flags, supply }: Skipping,
  configuration: Configuration,
): Skipped | undefined {
  const [[, found] = []] = partsOf('skip', flags, configuration);
  const file = projectFile(found?.source, configuration);
  if (file === undefined) return undefined;
  // Groups that don't apply have no cases to skip.
  const { traits } = supply;
  const left = casesIn({ skip }, { traits });
  const applicable = casesIn({}, { traits });
  const lost = groups.find(
    group => applicable.some(one => one.group === group) && !left.some(one => one.group === group),
  );
  if (lost !== undefined) {
    throw new UsageError(`check.skip in ${file} skips every case of the group "${lost}"`, {
      hint: `skip single cases there, or skip the whole group with --skip ${lost}`,
    });
  }
  const skipped = casesIn({ only }, supply).filter(({ id }) => !left.some(one => one.id === id));
  return skipped.length === 0 ? undefined : { file, cases: skipped };
}

function casesIn(...names: Parameters<typeof selectCases>): readonly Case[] {
  const selection = selectCases(...names);
  return 'cases' in selection ? selection.cases : allCases;
}
