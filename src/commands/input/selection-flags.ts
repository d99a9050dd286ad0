import type { Command as Commander } from 'commander';
import { answers, eventTypes, positions } from '../../contract/selection-values.js';
import { match } from '../../contract/values.js';
import { selectionTopic } from '../index.js';

/** The names of the flags that select requests of a capture, for rules. */
export const selectionNames = ['--only', '--match', '--event', '--answered', '--failed', '--refused'] as const;

/** Adds the flags that select requests of a capture, in their own group; `createSelector` reads them. */
export const selectionFlags = (command: Commander): Commander =>
  command
    .optionsGroup(selectionTopic.group)
    .option('--only <positions>', 'Only requests with these numbers: 2,5,7-9', positions)
    .option('--match <path=value>', 'Only events with this value; repeatable', match)
    .option('--event <type>', 'Only events of this type; repeatable', eventTypes)
    .option('--answered <statuses>', 'Only requests with these responses: 404,5xx,none', answers)
    .option('--failed', 'Only requests without a 2xx response')
    .option('--refused', 'Only requests that the receiver refused');
