import { named, type Candidate, type UnfinishedLine } from './offer.js';

/** The documented statuses of the event that the line names. */
export async function statuses({ given }: UnfinishedLine): Promise<Candidate[]> {
  const { catalogue, isEventName, usualEvent } = await import('../event/catalogue.js');
  const event = given['event']?.toLowerCase() ?? usualEvent;
  const documented = isEventName(event) ? catalogue[event].status.documented : [];
  return documented.map(({ name, meaning }) => ({ name, meaning }));
}

export async function fixtures({ packageRoot }: UnfinishedLine): Promise<Candidate[]> {
  const { fixtureNames } = await import('../event/fixtures.js');
  return named(await fixtureNames(packageRoot));
}

/** The cases and groups of `check`. */
export async function cases(): Promise<readonly Candidate[]> {
  const { names } = await import('../conformance/select.js');
  return names;
}

/** Of the configuration file that would be read. */
export async function profiles({ given, ...surroundings }: UnfinishedLine): Promise<Candidate[]> {
  const { profileNames } = await import('../config/profile-names.js');
  return named(await profileNames(given['config'], surroundings));
}
