import { valuesOf, type Header } from '../http/header.js';
import { algorithmsOf, type Algorithm, type SchemeDefinition } from './definition.js';
import { readSignatureValue } from './signature-header.js';
import { refersTo, type Signed } from './template.js';

/** What a request says of its own signature: nobody has checked it yet. */
export interface Claim extends Signed {
  /** Each as it is written, without its prefix. */
  signatures: readonly string[];
  algorithm: Algorithm;
}

/** Why a request says nothing that could be checked. */
export type ClaimReason =
  'signature-missing' | 'signature-ambiguous' | 'algorithm-unsupported' | 'timestamp-missing' | 'id-missing';

export interface ClaimReader {
  read: (headers: readonly Header[]) => Claim | ClaimReason;
  /** Reads the time and the id alone, whatever is wrong with the rest. */
  readSigned: (headers: readonly Header[]) => Signed;
}

export function createClaimReader(definition: SchemeDefinition): ClaimReader {
  const signatureHeader = definition.signature.header.toLowerCase();
  const readAlgorithm = createAlgorithmReader(definition);
  const readDetails = hasDetails(definition) ? createDetailsReader(definition) : undefined;
  return {
    read(headers) {
      const values = valuesOf(signatureHeader, headers);
      const algorithm = readAlgorithm(headers);
      if (values.length > 1 || algorithm === 'signature-ambiguous') return 'signature-ambiguous';
      const [value = ''] = values;
      if (value === '') return 'signature-missing';
      if (algorithm === 'algorithm-unsupported') return algorithm;
      if (!readDetails) return { signatures: [value], algorithm, timestamp: '', id: '' };
      const details = readDetails(headers, value);
      return typeof details === 'string' ? details : { ...details, algorithm };
    },
    readSigned(headers) {
      const details = readDetails?.(headers, valuesOf(signatureHeader, headers)[0] ?? '');
      return details === undefined || typeof details === 'string' ? { timestamp: '', id: '' } : details;
    },
  };
}

type AlgorithmReader = (headers: readonly Header[]) => Algorithm | 'signature-ambiguous' | 'algorithm-unsupported';

function createAlgorithmReader(definition: SchemeDefinition): AlgorithmReader {
  const algorithms = algorithmsOf(definition);
  const [usual = 'sha256'] = algorithms;
  const header = definition.algorithmHeader?.name.toLowerCase();
  if (header === undefined) return () => usual;
  return headers => {
    const names = valuesOf(header, headers);
    if (names.length > 1) return 'signature-ambiguous';
    if (names.length === 0) return usual;
    return algorithms.find(known => known === names[0]) ?? 'algorithm-unsupported';
  };
}

/** Whether there is more to read than one value as it is. */
const hasDetails = ({ signature: { list, prefix }, timestamp, id }: SchemeDefinition): boolean =>
  [list, prefix, timestamp, id].some(detail => detail !== undefined);

type Details = Omit<Claim, 'algorithm'>;

function createDetailsReader(
  definition: SchemeDefinition,
): (headers: readonly Header[], value: string) => Details | ClaimReason {
  const { timestamp: time, id: identity, signed = '' } = definition;
  const timestampHeader = time && 'header' in time.in ? time.in.header.toLowerCase() : undefined;
  const idHeader = identity?.header.toLowerCase();
  const isIdSigned = refersTo(signed, 'id');
  return (headers, value) => {
    const { signatures, timestamp: listed = '' } = readSignatureValue(value, definition);
    const timestamp = timestampHeader === undefined ? listed : soleValue(timestampHeader, headers);
    const id = idHeader === undefined ? '' : soleValue(idHeader, headers);
    if (timestamp === undefined || id === undefined) return 'signature-ambiguous';
    if (time && timestamp === '') return 'timestamp-missing';
    return isIdSigned && id === '' ? 'id-missing' : { signatures, timestamp, id };
  };
}

/** Empty where there is none, and undefined where there are several. */
function soleValue(name: string, headers: readonly Header[]): string | undefined {
  const values = valuesOf(name, headers);
  return values.length > 1 ? undefined : (values[0] ?? '');
}
