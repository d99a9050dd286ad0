/**
 * The files that editors send requests from (`.http`, `.rest`): the version may be missing, `###` separates requests,
 * and a request without a length ends there.
 */
const separator = /^###/;

/** Comments, and values that the editor fills in. */
const note = /^(?:#|\/\/|@\S+\s*=)/;

const startLine =
  /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE)[ \t]+((?:https?:\/\/|\/|\{\{)\S*)(?:[ \t]+HTTP\/[\d.]+)?[ \t]*(?=[\r\n])/;

/** Returns whether a first line can be one of such a file. */
export const beginsRequestFile = (line: string): boolean => separator.test(line) || startLine.test(`${line}\n`);

/** Returns each request as raw HTTP, or a text that says why it can't be. Undefined for another kind of file. */
export function requestsInFile(bytes: Uint8Array): (Buffer | string)[] | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1').replace(/^\xef\xbb\xbf/, '');
  const [first = '', ...others] = sectionsIn(text).filter(section => section !== '');
  const isOne = /^###/m.test(text) ? [first, ...others].every(beginsRequest) : !hasVersion(first) && beginsRequest(first);
  return isOne ? [first, ...others].map(messageOf) : undefined;
} // prettier-ignore

function sectionsIn(text: string): string[] {
  return text.split(/^###[^\n]*(?:\n|$)/m).map(withoutNotes);
}

/** Leaves out the empty lines and the notes at the beginning. */
function withoutNotes(section: string): string {
  let position = 0;
  while (position < section.length) {
    const end = section.indexOf('\n', position) + 1 || section.length;
    const line = section.slice(position, Math.min(end, position + 256));
    if (line.trim() !== '' && !note.test(line)) break;
    position = end;
  }
  return section.slice(position);
}

/** In characters. */
const longestLine = 64 * 1024;

const lineOf = (section: string): string => /^[^\r\n]*/.exec(section)?.[0] ?? '';

const beginsRequest = (section: string): boolean => startLine.test(section.slice(0, longestLine));

const hasVersion = (section: string): boolean => / HTTP\/[\d.]+[ \t]*$/.test(lineOf(section));

function messageOf(section: string): Buffer | string {
  const [head, body] = divided(section);
  const [first = '', ...lines] = head.split(/\r?\n/);
  const [, method = '', url = ''] = startLine.exec(`${first}\n`) ?? [];
  const query = lines.filter(line => /^[ \t]+[?&]/.test(line)).map(line => line.trim());
  const headers = lines.filter(line => !/^[ \t]+[?&]/.test(line) && !note.test(line));
  if (/^<[@ ]/.test(body)) return 'its body is in another file';
  const message = [`${method} ${url}${query.join('')} HTTP/1.1`, ...headers, '', ''].join('\r\n');
  // The line breaks before a separator, or at the end of the file, aren't sent.
  const isSized = headers.some(header => /^content-length[ \t]*:/i.test(header));
  return Buffer.from(message + (isSized ? body : withoutLineBreaks(body)), 'latin1');
}

/** Splits a request at its first empty line. */
function divided(section: string): [head: string, body: string] {
  const [gap] = /\r?\n[ \t]*\r?\n/.exec(section) ?? [];
  if (gap === undefined) return [section.trimEnd(), ''];
  const end = section.indexOf(gap);
  return [section.slice(0, end), section.slice(end + gap.length)];
}

function withoutLineBreaks(body: string): string {
  let end = body.length;
  while (body[end - 1] === '\n' || body[end - 1] === '\r') end -= 1;
  return body.slice(0, end);
}
