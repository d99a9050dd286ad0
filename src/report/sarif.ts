import { createHash } from 'node:crypto';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, Outcome } from './finding.js';
import { oneLine, plainLines } from '../text/visible.js';

/**
 * Problems in files as SARIF 2.1.0, which code scanning shows next to the lines:
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Passed and skipped findings are left out.
 */
export function sarif(findings: readonly Finding[], title: string): string {
  const problems = findings.filter(({ outcome }) => levels[outcome] !== undefined);
  const seen = new Map<string, number>();
  const rules = [...new Set(problems.map(ruleOf))];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'webhook-cli', rules: rules.map(ruleFor) } },
        automationDetails: { id: `${oneLine(title)}/` },
        columnKind: 'unicodeCodePoints',
        results: problems.map(problem => resultOf(problem, seen)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

const levels: Partial<Record<Outcome, 'error' | 'warning'>> = { failed: 'error', warning: 'warning' };

/** Code scanning shows the description as the title of an alert. */
const ruleFor = (id: string) => ({ id, shortDescription: { text: withoutLinks(id.replaceAll('-', ' ')) } });

/** A finding without a rule is about the run itself. */
const ruleOf = ({ rule, name }: Finding): string => oneLine(rule ?? name).replaceAll(' ', '-');

function resultOf(finding: Finding, seen: Map<string, number>) {
  const { outcome, message = finding.name, details, file } = finding;
  const text = [message, ...(details === undefined ? [] : [details])].flatMap(plainLines).join('\n');
  const fingerprint = sha256([ruleOf(finding), file, message].join('\n'));
  const earlier = seen.get(fingerprint) ?? 0;
  seen.set(fingerprint, earlier + 1);
  return {
    ruleId: ruleOf(finding),
    level: levels[outcome],
    message: { text: withoutLinks(text) },
    locations: locationsOf(finding),
    // Without the line: text added above a problem doesn't make it another one.
    partialFingerprints: { 'problem/v1': `${fingerprint}:${earlier + 1}` },
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Even in plain text, `[words](target)` is a link unless it is escaped with a backslash: SARIF 2.1.0, 3.11.6. */
const withoutLinks = (text: string): string => text.replace(/[\\[\]]/g, String.raw`\$&`);

function locationsOf({ file, line, column }: Finding) {
  // Findings in standard input have no file.
  if (file === undefined || file === '-') return [];
  const region = line === undefined ? {} : { region: { startLine: line, ...(column && { startColumn: column }) } };
  return [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } }];
}

/** A relative path stays relative: the repository is its root. */
const uriOf = (file: string): string =>
  path.isAbsolute(file)
    ? pathToFileURL(file).href
    : path.posix.normalize(file).split('/').map(encodeURIComponent).join('/');
