import { readConfiguration } from '../../config/configuration.js';
import type { SecretFlags } from '../../config/secrets.js';
import { resolveSettings, type SettingFlags } from '../../config/settings.js';
import { UsageError } from '../../errors.js';
import { summariseBody } from '../../event/summary.js';
import type { Header } from '../../http/header.js';
import type { Context, Verdict } from '../command.js';
import { createRequestMaker } from '../../sender/request.js';
import { defaultScheme } from '../../scheme/schemes.js';
import { refuseBadHeaders, signingSecret } from '../sending/signing.js';
import { courseOf } from '../payload/course.js';
import type { CourseFlags, ShapeFlags } from '../payload/flags.js';
import { eventsOf, type GeneratedEvent, type Plan } from './events.js';
import { openFolder } from './folder.js';
import { bodyForms, requestForm, type Form } from './forms.js';
import { bodyFormats, isBodyFormat, requestFormats, type Format, type RequestFormat } from './formats.js';
import { framed } from './frame.js';
import type { GeneratedReport } from './reports.js';

export { view } from './reports.js';

export interface GenerateOptions extends CourseFlags, ShapeFlags, SecretFlags, Pick<SettingFlags, 'url' | 'algorithm'> {
  header?: readonly Header[];
  walk?: boolean;
  count?: number;
  signed?: boolean;
  format?: Format;
  out?: string;
}

export async function run(options: GenerateOptions, context: Context<GeneratedReport>): Promise<Verdict> {
  refuseContradictions(options);
  const plan = planOf(options, context);
  const isSeveral = plan.isWalk || plan.count * plan.recipe.statuses.length > 1;
  const format = options.format ?? usualFormat(options, isSeveral);
  if (isSeveral && format === 'http' && options.out === undefined) throw oneRequestAtMost;
  const form = isBodyFormat(format) ? bodyForms[format] : await signedForm(format, options, context);
  const items = itemsOf(eventsOf(plan, context), form);
  const { out } = options;
  return out === undefined
    ? toOutput(items, { form, format, isSeveral }, context)
    : toFolder(items, { form, format, out, plan }, context);
}

/** Throws UsageError for flags of which one makes no sense beside, or without, another. */
function refuseContradictions({ walk, status, ...flags }: GenerateOptions): void {
  if (walk && status) {
    throw new UsageError('--walk and --status were given together', { hint: '--walk chooses the statuses itself' });
  }
  if (!flags.signed) refuseRequestFlags(flags);
  else if (flags.format && isBodyFormat(flags.format)) {
    throw new UsageError(`--format ${flags.format} holds bodies alone, and --signed asks for requests`, {
      hint: `one of ${requestFormats.join(', ')}`,
    });
  }
}

function refuseRequestFlags({ format, url, header, algorithm, secretFile, secretEnv }: GenerateOptions): void {
  if (format && !isBodyFormat(format)) {
    throw new UsageError(`--format ${format} holds requests, and needs --signed`, {
      hint: `without it, one of ${bodyFormats.join(', ')}`,
    });
  }
  const needing = { url, header, algorithm, 'secret-file': secretFile, 'secret-env': secretEnv };
  const [name] = Object.entries(needing).find(([, value]) => value !== undefined) ?? [];
  if (name !== undefined)
    throw new UsageError(`--${name} needs --signed`, { hint: 'without it, bodies alone are written' });
}

function planOf(options: GenerateOptions, context: Context<GeneratedReport>): Plan {
  const { count = 1, walk: isWalk = false, set, unset, invalid } = options;
  return { recipe: courseOf(options, context), count, isWalk, set, unset, invalid };
}

function usualFormat({ signed, out }: GenerateOptions, isSeveral: boolean): Format {
  if (signed) return 'http';
  return isSeveral && out === undefined ? 'ndjson' : 'json';
}

/** The form of requests to the receiver that the settings name. Throws UsageError where no secret may sign them. */
async function signedForm(
  format: RequestFormat,
  options: GenerateOptions,
  context: Context<GeneratedReport>,
): Promise<Form> {
  const configuration = await readConfiguration(context);
  const settings = resolveSettings(
    ['url', 'headers', 'algorithm'],
    { ...options, headers: options.header },
    configuration,
  );
  refuseBadHeaders(settings.headers, { isSigned: true, hint: 'leave it out' });
  const secret = await signingSecret(options, settings.url, { ...context, configuration });
  const { version, clock } = context;
  const { url, headers, algorithm } = settings;
  const maker = createRequestMaker({
    url,
    headers,
    scheme: defaultScheme,
    signing: { secret, algorithm },
    version,
    clock,
  });
  return requestForm(format, { version, requestOf: maker.make });
}

const oneRequestAtMost = new UsageError('--format http holds one request, and there are several', {
  hint: 'pass --out <folder>, for a file each, or another form: --format curl, har, vegeta or k6',
});

type Item = Pick<GeneratedReport, 'type' | 'seq' | 'event' | 'bytes'> &
  Pick<GeneratedEvent, 'status'> & { text: string };

async function* itemsOf(events: AsyncIterable<GeneratedEvent>, form: Form): AsyncGenerator<Item> {
  let seq = 0;
  for await (const event of events) {
    seq += 1;
    const { body, status } = event;
    yield { type: 'generated', seq, event: summariseBody(body), bytes: body.length, status, text: form.text(event) };
  }
}

async function toOutput(
  items: AsyncIterable<Item>,
  { form, format, isSeveral }: { form: Form; format: Format; isSeveral: boolean },
  { report }: Context<GeneratedReport>,
): Promise<Verdict> {
  const frame = isSeveral ? form.several : form.single;
  for await (const { text: document, type, seq, event, bytes } of framed(items, frame)) {
    await report({ type, seq, event, bytes, format, document });
  }
  return 'positive';
}

async function toFolder(
  items: AsyncIterable<Item>,
  { form: { extension, single }, format, out, plan }: { form: Form; format: Format; out: string; plan: Plan },
  { report, cwd }: Context<GeneratedReport>,
): Promise<Verdict> {
  const folder = await openFolder(out, {
    cwd,
    largest: plan.count * Math.max(plan.recipe.statuses.length, longestWalk),
  });
  for await (const { type, seq, event, bytes, status, text } of items) {
    const words = [plan.recipe.event, status];
    const file = await folder.write({ seq, words, extension, text: single.head + text + single.tail });
    await report({ type, seq, event, bytes, format, file });
  }
  return 'positive';
}

/** In events, and rather too much than too little. */
const longestWalk = 10;
