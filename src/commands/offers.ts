import { catalogue, isEventName, usualEvent } from '../event/catalogue.js';
import type { Candidate, UnfinishedLine } from './offer.js';

/** The documented ones of the event that the line names. */
export function statuses({ given }: UnfinishedLine): Candidate[] {
  const event = given['event']?.toLowerCase() ?? usualEvent;
  const documented = isEventName(event) ? catalogue[event].status.documented : [];
  return documented.map(({ name, meaning }) => ({ name, meaning }));
}

export async function fixtures({ packageRoot }: UnfinishedLine): Promise<Candidate[]> {
  const { fixtureNames } = await import('../event/fixtures.js');
  return (await fixtureNames(packageRoot)).map(name => ({ name }));
}

/** The cases and groups of `check`. */
export async function cases(): Promise<Candidate[]> {
  const { groups } = await import('../conformance/case.js');
  const { cases } = await import('../conformance/cases/index.js');
  return [
    ...groups.map(name => ({ name, meaning: 'every case of this group' })),
    ...cases.map(({ id, sends }) => ({ name: id, meaning: sends })),
  ];
}

/** Of the configuration file that would be read. */
export async function profiles({ given, ...surroundings }: UnfinishedLine): Promise<Candidate[]> {
  const { profileNames } = await import('../config/profile-names.js');
  return (await profileNames(given['config'], surroundings)).map(name => ({ name }));
}
