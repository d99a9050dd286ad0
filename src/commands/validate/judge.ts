import { isEventName } from '../../event/catalogue.js';
import type { VersionWatch } from '../../event/customer-status/versions.js';
import type { Glimpse } from '../../event/glance.js';
import { loadInspector } from '../../event/inspect.js';
import { judgeBody, judgeText, type BodyVerdict } from '../../event/judge-body.js';
import { summarise, type EventSummary } from '../../event/summary.js';
import type { CompiledSchema } from '../../schema/compile.js';

/** The schemas to check against: those of events, or the text of the user's own. */
export type Rules =
  | {
      /** The required type of each event; undefined for the type it names. */
      type: string | undefined;
    }
  | { schema: string };

export interface Judge {
  judge: (body: Uint8Array, watch?: VersionWatch) => BodyVerdict;
  /** Loads what passes valid bodies faster than judging them does. */
  glancer: () => Promise<Glancer>;
  /** Returns the parts of a body that may be shown. */
  summarise: (json: unknown) => EventSummary | undefined;
}

/** Finds out which bodies need judging. */
export interface Glancer {
  /** Looks at the text of a body. If that isn't suspicious, the body is valid, without any problem. */
  glance: (text: string) => Glimpse;
  /** Runs glances at bodies of this many bytes. If they take too long, each body is checked on its own. */
  together: <Result>(bytes: number, glances: () => Result) => Result | 'too-slow';
}

export async function loadJudge(rules: Rules): Promise<Judge> {
  if ('schema' in rules) {
    const { compileSchema } = await import('../../schema/compile.js');
    return schemaJudge(compileSchema(rules.schema));
  }
  const inspect = await loadInspector();
  const judge: Judge['judge'] = (body, watch) => judgeBody(inspect(body, rules.type), watch);
  const glancer = async (): Promise<Glancer> => {
    const glance = await (await import('../../event/glance.js')).loadGlance();
    return { glance: text => glance(text, rules.type), together: (_, glances) => glances() };
  };
  return { judge, glancer, summarise };
}

/** Checks bodies against the user's schema. */
export async function schemaJudge(schema: CompiledSchema): Promise<Judge> {
  const { createSchemaInspector } = await import('../../schema/inspector.js');
  const { inspect, glance, together } = createSchemaInspector(schema);
  return {
    judge: body => judgeText(inspect(body)),
    glancer: () => Promise.resolve({ glance: text => ({ isSuspicious: !glance(text) }), together }),
    // In any other body, any value may be personal.
    summarise: json => {
      const summary = summarise(json);
      return isEventName(summary.type) ? summary : undefined;
    },
  };
}
