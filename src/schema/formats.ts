/** Describes the text of each format. */
const formats: Readonly<Record<string, string>> = {
  byte: 'base64',
  date: 'a date like 2026-01-31',
  'date-time': 'an RFC 3339 time',
  duration: 'a duration like P3D',
  email: 'an email address',
  hostname: 'a host name',
  int32: 'a 32-bit integer',
  int64: 'a 64-bit integer',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  'json-pointer': 'a JSON pointer',
  regex: 'a regular expression',
  time: 'a time like 09:30:00Z',
  uri: 'a URI',
  'uri-reference': 'a URI reference',
  'uri-template': 'a URI template',
  url: 'a URL',
  uuid: 'a UUID',
};

export const formatWords = (format: string): string => formats[format] ?? `of the format ${format}`;
